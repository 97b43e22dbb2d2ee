import { messageOperations } from './operations/messages';
import { queueOperations } from './operations/queues';
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
  const service = async () => (await import('./operations/service')).serviceOperations(send);
  const policies = async () => (await import('./operations/access-policies')).accessPolicyOperations(send);
  return {
    id: accountId(connection),
    name: connection.account,
    endpoint: connection.endpoint,
    onlyQueue: connection.queue,
    clockSkew,
    ...queueOperations(send),
    ...messageOperations(send),
    // These are loaded on first use: dialogs and screens of their own call them, and no list of queues or messages.
    async getServiceProperties(...args) {
      return (await service()).getServiceProperties(...args);
    },
    async setServiceProperties(...args) {
      return (await service()).setServiceProperties(...args);
    },
    async getServiceStats(...args) {
      return (await service()).getServiceStats(...args);
    },
    async getAccessPolicies(...args) {
      return (await policies()).getAccessPolicies(...args);
    },
    async setAccessPolicies(...args) {
      return (await policies()).setAccessPolicies(...args);
    },
    async getUserDelegationKey(...args) {
      const { userDelegationOperations } = await import('./operations/user-delegation-key');
      return userDelegationOperations(send).getUserDelegationKey(...args);
    },
  };
}
