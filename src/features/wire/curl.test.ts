import { expect, test } from 'vitest';
import type { Exchange } from '@/azure/protocol/exchange';
import { toCurl } from './curl';

const put: Exchange = {
  id: '1',
  callId: '1',
  attempt: 1,
  operation: 'Put Message',
  method: 'POST',
  url: "https://harborlane.queue.core.windows.net/orders/messages?messagettl=-1&note=it's",
  startedAt: new Date('2026-11-17T09:41:22Z'),
  request: {
    headers: [
      ['authorization', 'SharedKey harborlane:••••••••'],
      ['x-ms-version', '2024-11-04'],
    ],
    body: "<QueueMessage><MessageText>it's $HOME </MessageText></QueueMessage>",
  },
};

test('an exchange becomes one curl command with every header and the body, quoted for a shell', () => {
  expect(toCurl(put)).toBe(
    String.raw`curl -X POST 'https://harborlane.queue.core.windows.net/orders/messages?messagettl=-1&note=it'\''s' \
  -H 'authorization: SharedKey <key left out>' \
  -H 'x-ms-version: 2024-11-04' \
  --data-binary '<QueueMessage><MessageText>it'\''s $HOME </MessageText></QueueMessage>'`,
  );
});

test('a curl command holds no credential', () => {
  expect(toCurl(put)).not.toMatch(/harborlane:/);
});

test('a curl command of a request without a body sends none', () => {
  const { body: _, ...request } = put.request;
  expect(toCurl({ ...put, method: 'GET', request })).not.toContain('--data');
});
