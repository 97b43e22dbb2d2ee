import type { Exchange } from '@/azure/protocol/exchange';

const RECEIVE = [
  'GET',
  ...Array.from({ length: 11 }, () => ''),
  'x-ms-date:Tue, 17 Nov 2026 09:41:22 GMT',
  'x-ms-version:2024-11-04',
  '/harborlane/orders/messages',
  'numofmessages:4',
].join('\n');

let made = 0;

/** An exchange as the transport reports it. */
export function anExchange(change: Partial<Exchange> = {}): Exchange {
  made += 1;
  return {
    id: `test-${made}`,
    callId: `call-${made}`,
    attempt: 1,
    operation: 'Get Messages',
    method: 'GET',
    url: 'https://harborlane.queue.core.windows.net/orders/messages?numofmessages=4',
    startedAt: new Date('2026-11-17T09:41:22.108Z'),
    duration: 52,
    request: {
      headers: [
        ['authorization', 'SharedKey harborlane:••••••••'],
        ['x-ms-version', '2024-11-04'],
      ],
      stringToSign: RECEIVE,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['content-type', 'application/xml']],
      body: '<?xml version="1.0"?><QueueMessagesList><QueueMessage><MessageId>0b1f6c4e</MessageId><DequeueCount>5</DequeueCount></QueueMessage></QueueMessagesList>',
    },
    ...change,
  };
}

/** A request for a missing queue. */
export const aMissingQueue = () =>
  anExchange({
    operation: 'Peek Messages',
    url: 'https://harborlane.queue.core.windows.net/returns-eu/messages?peekonly=true',
    response: { status: 404, statusText: 'Not Found', headers: [], body: '' },
    failure: { code: 'QueueNotFound', message: 'The specified queue does not exist.' },
  });
