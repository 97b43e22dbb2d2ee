import { isForOneQueue } from '../credentials/sas-permissions';
import { onlyQueueOf, type ParsedConnection } from './parsed-connection';

/** What a person has to add before a connection can be made of what was recognised. */
export type Needs = { account: boolean; key: boolean; queue: boolean };

/** Says what is left out: a custom domain does not tell the account, and a bare signature tells nothing else. */
export const needsOf = (found: ParsedConnection): Needs => ({
  account: found.account === '',
  key: found.kind === 'account' || found.kind === 'endpoint',
  queue: found.kind === 'sas' && isForOneQueue(found.sas.fields) && onlyQueueOf(found) === undefined,
});
