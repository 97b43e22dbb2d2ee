import { accessPolicyOperations } from './access-policy-operations';
import { accountId, type Connection } from './connection';
import { messageOperations } from './message-operations';
import type { Account } from './model';
import { queueOperations } from './queue-operations';
import { serviceOperations } from './service-operations';
import { createTransport, type Wire } from './transport';
import { userDelegationOperations } from './user-delegation-operations';

export type { Wire };

/**
 * One account and the way to it. Opens nothing by itself: requests go out when a method is called.
 * Methods throw `StorageError` when the service refuses, `UnreachableError` when no answer can be read and
 * `InvalidInputError` before sending what its rules forbid; aborts pass untouched.
 */
export function connect(connection: Connection, wire: Wire = {}): Account {
  const { send, clockSkew } = createTransport(connection, wire);
  return {
    id: accountId(connection),
    name: connection.account,
    endpoint: connection.endpoint,
    onlyQueue: connection.queue,
    clockSkew,
    ...serviceOperations(send),
    ...queueOperations(send),
    ...accessPolicyOperations(send),
    ...messageOperations(send),
    ...userDelegationOperations(send),
  };
}
