import type { Endpoint } from './endpoint';
import {
  clearMessages,
  deleteMessage,
  getMessages,
  peekMessages,
  putMessage,
  updateMessage,
} from './message-endpoints';
import type { Operation } from './operation';
import { getQueueAcl, setQueueAcl } from './policy-endpoints';
import { createQueue, deleteQueue, getQueueMetadata, listQueues, setQueueMetadata } from './queue-endpoints';
import { getProperties, getStats, getUserDelegationKey, setProperties } from './service-endpoints';

export const ENDPOINTS: Readonly<Record<Operation, Endpoint>> = {
  'List Queues': listQueues,
  'Get Queue Service Properties': getProperties,
  'Set Queue Service Properties': setProperties,
  'Get Queue Service Stats': getStats,
  'Get User Delegation Key': getUserDelegationKey,
  'Create Queue': createQueue,
  'Delete Queue': deleteQueue,
  'Get Queue Metadata': getQueueMetadata,
  'Set Queue Metadata': setQueueMetadata,
  'Get Queue ACL': getQueueAcl,
  'Set Queue ACL': setQueueAcl,
  'Put Message': putMessage,
  'Get Messages': getMessages,
  'Peek Messages': peekMessages,
  'Update Message': updateMessage,
  'Delete Message': deleteMessage,
  'Clear Messages': clearMessages,
};
