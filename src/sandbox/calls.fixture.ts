import type { Account } from '../azure/protocol/model';
import type { Operation } from './operation';

/** Each operation, asked of a queue `orders` that has one message with that receipt. */
export const CALLS: Record<
  Operation,
  (account: Account, message: { id: string; receipt: string }) => Promise<unknown>
> = {
  'List Queues': (account) => account.listQueues().next(),
  'Get Queue Service Properties': (account) => account.getServiceProperties(),
  'Set Queue Service Properties': (account) => account.setServiceProperties({ cors: [] }),
  'Get Queue Service Stats': (account) => account.getServiceStats(),
  'Get User Delegation Key': () => Promise.resolve(),
  'Create Queue': (account) => account.createQueue('another'),
  'Delete Queue': (account) => account.deleteQueue('orders'),
  'Get Queue Metadata': (account) => account.getQueueProperties('orders'),
  'Set Queue Metadata': (account) => account.setQueueMetadata('orders', { a: 'b' }),
  'Get Queue ACL': (account) => account.getAccessPolicies('orders'),
  'Set Queue ACL': (account) => account.setAccessPolicies('orders', []),
  'Put Message': (account) => account.sendMessage('orders', { text: 'new' }),
  'Get Messages': (account) => account.receiveMessages('orders'),
  'Peek Messages': (account) => account.peekMessages('orders'),
  'Update Message': (account, message) => account.updateMessage('orders', message, { visibilityTimeout: 5 }),
  'Delete Message': (account, message) => account.deleteMessage('orders', message),
  'Clear Messages': (account) => account.clearMessages('orders'),
};
