import { accessPoliciesProblem, check, checkQueueName } from '../protocol/input-rules';
import type { AccessPolicy, Account } from '../protocol/model';
import { readAnswer } from '../wire/error-response';
import { type Call, repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childOf, childrenOf, textElement, textOf, unknownXml, type XmlElement, xmlDocument } from '../wire/xml';

type AccessPolicyOperations = Pick<Account, 'getAccessPolicies' | 'setAccessPolicies'>;

/** These calls are as they are sent and shown, and check nothing: the operations do. */
export const getQueueAclCall = (queue: string): Call =>
  repeatableCall('Get Queue ACL', 'GET', `/${queue}`, { comp: 'acl' });

export const setQueueAclCall = (queue: string, policies: readonly AccessPolicy[]): Call => ({
  ...repeatableCall('Set Queue ACL', 'PUT', `/${queue}`, { comp: 'acl' }),
  body: xmlDocument(`<SignedIdentifiers>${policies.map(toXml).join('')}</SignedIdentifiers>`),
});

/** Get and Set Queue ACL. */
export const accessPolicyOperations = (send: Send): AccessPolicyOperations => ({
  async getAccessPolicies(queue, { signal } = {}) {
    checkQueueName(queue);
    const answer = await send({ ...getQueueAclCall(queue), signal });
    return readAccessPolicies(readAnswer(answer, 'SignedIdentifiers'));
  },

  async setAccessPolicies(queue, policies, { signal } = {}) {
    checkQueueName(queue);
    check('accessPolicies', accessPoliciesProblem(policies));
    await send({ ...setQueueAclCall(queue, policies), signal });
  },
});

/** The policies of a `SignedIdentifiers` element. */
export const readAccessPolicies = (root: XmlElement): AccessPolicy[] =>
  childrenOf(root, 'SignedIdentifier').map(toPolicy);

function toPolicy(element: XmlElement): AccessPolicy {
  const policy = childOf(element, 'AccessPolicy');
  const startsAt = textOf(policy, 'Start');
  const expiresAt = textOf(policy, 'Expiry');
  const permissions = textOf(policy, 'Permission');
  // Absent and empty mean the same: the signature that refers to the policy must have the field.
  return {
    id: textOf(element, 'Id') ?? '',
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
    ...(permissions && { permissions: inOrder(permissions) }),
    ...(policy && unknownXml(policy, ['Start', 'Expiry', 'Permission'])),
  };
}

/**
 * The letters of a policy in the order in which the service takes them, others behind: `rpau` → `raup`. The service gave
 * them in another order until 2017, and their order has no meaning.
 */
export const inOrder = (letters: string): string =>
  [...new Set('raup' + letters)].filter((letter) => letters.includes(letter)).join('');

const toXml = ({ id, startsAt, expiresAt, permissions, unknown = '' }: AccessPolicy): string => {
  const times = textElement('Start', startsAt) + textElement('Expiry', expiresAt);
  const policy = times + textElement('Permission', permissions) + unknown;
  return `<SignedIdentifier>${textElement('Id', id)}<AccessPolicy>${policy}</AccessPolicy></SignedIdentifier>`;
};
