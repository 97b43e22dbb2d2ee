import { expect, test } from 'vitest';
import { addressWith } from './endpoint';

test.each<[string, string | undefined, string]>([
  ['https://harborlane.queue.core.windows.net', 'orders', 'https://harborlane.queue.core.windows.net/orders'],
  ['https://harborlane.z01.queue.storage.azure.net', 'orders', 'https://harborlane.z01.queue.storage.azure.net/orders'],
  ['http://127.0.0.1:10001/devstoreaccount1', 'orders', 'http://127.0.0.1:10001/devstoreaccount1/orders'],
  ['http://127.0.0.1:10001/devstoreaccount1', undefined, 'http://127.0.0.1:10001/devstoreaccount1'],
  // A path of a custom domain may be a part of the endpoint.
  ['https://queues.example', 'orders', 'https://queues.example'],
  ['https://queues.example/harborlane', 'orders', 'https://queues.example/harborlane'],
  // Whatever is no part of a path by itself.
  ['https://harborlane.queue.core.windows.net', 'orders?x=1', 'https://harborlane.queue.core.windows.net'],
  ['https://harborlane.queue.core.windows.net', '../orders', 'https://harborlane.queue.core.windows.net'],
  ['https://harborlane.queue.core.windows.net', 'a/b', 'https://harborlane.queue.core.windows.net'],
  ['https://harborlane.queue.core.windows.net', '', 'https://harborlane.queue.core.windows.net'],
])('%s with the queue %j is %s', (endpoint, queue, address) => expect(addressWith(endpoint, queue)).toBe(address));
