import { isForOneQueue } from '../credentials/sas-permissions';
import { onlyQueueOf, type ParsedConnection } from './parsed-connection';

/** Fields that a person has to add to a parsed input before it makes a connection. */
export type Needs = { account: boolean; key: boolean; queue: boolean };

/** The missing fields: a custom domain does not name the account, and a SAS without address names nothing else. */
export const needsOf = (parsed: ParsedConnection): Needs => ({
  account: parsed.account === '',
  key: parsed.kind === 'account' || parsed.kind === 'endpoint',
  queue: parsed.kind === 'sas' && isForOneQueue(parsed.sas.fields) && onlyQueueOf(parsed) === undefined,
});
