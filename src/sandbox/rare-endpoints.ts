import type { Endpoint } from './endpoint';
import type { Operation } from './operation';
import * as policy from './policy-endpoints';
import * as service from './service-endpoints';

export { policiesIn } from './policy-endpoints';

/** Operations on access policies and on the service, which a run of the lab never has: their code comes with the first of them. */
export const RARE_ENDPOINTS: Readonly<Partial<Record<Operation, Endpoint>>> = {
  'Get Queue Service Properties': service.getProperties,
  'Set Queue Service Properties': service.setProperties,
  'Get Queue Service Stats': service.getStats,
  'Get User Delegation Key': service.getUserDelegationKey,
  'Get Queue ACL': policy.getQueueAcl,
  'Set Queue ACL': policy.setQueueAcl,
};
