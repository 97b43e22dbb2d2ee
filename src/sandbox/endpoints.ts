import type { Endpoint } from './endpoint';
import * as message from './message-endpoints';
import type { Operation } from './operation';
import * as policy from './policy-endpoints';
import * as queue from './queue-endpoints';
import * as service from './service-endpoints';

export const ENDPOINTS: Readonly<Record<Operation, Endpoint>> = {
  'List Queues': queue.listQueues,
  'Get Queue Service Properties': service.getProperties,
  'Set Queue Service Properties': service.setProperties,
  'Get Queue Service Stats': service.getStats,
  'Get User Delegation Key': service.getUserDelegationKey,
  'Create Queue': queue.createQueue,
  'Delete Queue': queue.deleteQueue,
  'Get Queue Metadata': queue.getQueueMetadata,
  'Set Queue Metadata': queue.setQueueMetadata,
  'Get Queue ACL': policy.getQueueAcl,
  'Set Queue ACL': policy.setQueueAcl,
  'Put Message': message.putMessage,
  'Get Messages': message.getMessages,
  'Peek Messages': message.peekMessages,
  'Update Message': message.updateMessage,
  'Delete Message': message.deleteMessage,
  'Clear Messages': message.clearMessages,
};
