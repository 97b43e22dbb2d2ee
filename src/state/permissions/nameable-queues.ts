import { readSasToken } from '@/azure/credentials/sas-parse';
import { isAccountSas } from '@/azure/credentials/sas-permissions';
import { connectionOf } from '../connections/connections';

/**
 * True when a person may name a queue to open on a connection: always, but for a signature of one queue. An account SAS that may
 * not list is connected to one queue, and may use the others.
 */
export function mayNameQueues(connectionId: string): boolean {
  const connection = connectionOf(connectionId);
  if (!connection) return false;
  const { queue, credential } = connection;
  return queue === undefined || (credential.kind === 'sas' && isAccountSas(readSasToken(credential.token).fields));
}
