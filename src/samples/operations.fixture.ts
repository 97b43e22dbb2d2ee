import type { Operation } from './operation';
import type { Where } from './where';

export const AZURE: Where = {
  endpoint: 'https://harborlaneprod.queue.core.windows.net',
  accountName: 'harborlaneprod',
};
export const LOCAL: Where = { endpoint: 'http://127.0.0.1:10001/devstoreaccount1', accountName: 'devstoreaccount1' };
export const SANDBOX: Where = { endpoint: 'https://sandbox.queue.invalid', accountName: 'sandbox' };
export const CUSTOM: Where = { endpoint: 'https://queues.example', accountName: 'harborlaneprod' };

export const text = (value: string, encoding: 'text' | 'base64' = 'text') => ({
  kind: 'text' as const,
  text: value,
  encoding,
});

const queue = 'orders';
const retention = { enabled: true, days: 7 };
const message = { id: '0b1f6c4e-57a1', receipt: 'AgAAAAMAAAAAAAAA+/A=' };

/** Each operation with all of its options, and with as few as there can be. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'List Queues' },
  { name: 'List Queues', prefix: 'or' },
  { name: 'Create Queue', queue, metadata: {} },
  { name: 'Create Queue', queue, metadata: { owner: 'team a', note: 'it’s "ours"' } },
  { name: 'Delete Queue', queue },
  { name: 'Get Queue Metadata', queue },
  { name: 'Set Queue Metadata', queue, metadata: {} },
  { name: 'Set Queue Metadata', queue, metadata: { owner: 'team a' } },
  { name: 'Get Queue ACL', queue },
  { name: 'Set Queue ACL', queue, policies: [] },
  {
    name: 'Set Queue ACL',
    queue,
    policies: [
      {
        id: 'readers',
        startsAt: '2026-11-01T00:00:00.0000000Z',
        expiresAt: '2027-11-01T00:00:00.0000000Z',
        permissions: 'raup',
      },
      { id: 'none' },
    ],
  },
  { name: 'Put Message', queue, body: text('{"order":1042}') },
  { name: 'Put Message', queue, body: text('über', 'base64'), timeToLive: 'never', visibilityDelay: 30 },
  { name: 'Put Message', queue, body: text('a\r\nb'), timeToLive: 60 },
  { name: 'Put Message', queue, body: text('a\r\nb'.repeat(100)), timeToLive: 60 },
  { name: 'Put Message', queue, body: { kind: 'file', name: 'invoice.pdf' } },
  { name: 'Get Messages', queue, count: 32, visibilityTimeout: 300 },
  { name: 'Get Messages', queue, count: 1, visibilityTimeout: 30, encoding: 'base64' },
  { name: 'Peek Messages', queue, count: 32 },
  { name: 'Peek Messages', queue, count: 1, encoding: 'base64' },
  { name: 'Update Message', queue, message, visibilityTimeout: 60 },
  { name: 'Update Message', queue, message, visibilityTimeout: 0, body: text('new') },
  { name: 'Update Message', queue, message, visibilityTimeout: 0, body: text('new', 'base64') },
  { name: 'Update Message', queue, message: {}, visibilityTimeout: 0, body: text('a\rb') },
  { name: 'Delete Message', queue, message },
  { name: 'Delete Message', queue, message: {} },
  { name: 'Clear Messages', queue },
  { name: 'Get Queue Service Properties' },
  { name: 'Set Queue Service Properties', properties: { cors: [] } },
  {
    name: 'Set Queue Service Properties',
    properties: {
      logging: { version: '1.0', read: true, write: true, delete: false, retention },
      hourMetrics: { version: '1.0', enabled: true, includeApis: true, retention },
      minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
      cors: [
        {
          allowedOrigins: ['https://a.example', 'https://b.example'],
          allowedMethods: ['GET', 'PUT'],
          allowedHeaders: ['*'],
          exposedHeaders: ['x-ms-*'],
          maxAge: 60,
        },
      ],
    },
  },
  { name: 'Get Queue Service Stats' },
];
