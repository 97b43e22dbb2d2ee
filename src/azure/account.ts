import { accessPolicyOperations } from './operations/access-policies';
import { messageOperations } from './operations/messages';
import { queueOperations } from './operations/queues';
import { serviceOperations } from './operations/service';
import { accountId, type Connection } from './protocol/connection';
import type { Account } from './protocol/model';
import { createTransport, type Wire } from './wire/transport';

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
    // Loaded on first use: it brings along the code that signs shared access signatures.
    async getUserDelegationKey(...args) {
      const { userDelegationOperations } = await import('./operations/user-delegation-key');
      return userDelegationOperations(send).getUserDelegationKey(...args);
    },
  };
}
