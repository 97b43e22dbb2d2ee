import { describe, expect, test } from 'vitest';
import type { Exchange } from '@/azure/protocol/exchange';
import { bodyOf } from '@/azure/wire/signed-request';
import { callOf, urlAt } from './calls';
import { exchangeCurl } from './exchange-curl';
import { type Operation, sentBody } from './operation';
import { AZURE, LOCAL, OPERATIONS, SANDBOX } from './operations.fixture';
import { askedIn } from './read-exchange';
import type { Where } from './where';

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
      ['x-ms-date', 'Tue, 17 Nov 2026 09:41:22 GMT'],
      ['x-ms-version', '2024-11-04'],
    ],
    body: "<QueueMessage><MessageText>it's $HOME </MessageText></QueueMessage>",
  },
};

/** An exchange as the page records it. */
function recorded(operation: Operation, where: Where): Exchange {
  const call = callOf(operation);
  const body = bodyOf(call);
  return {
    ...put,
    operation: operation.name,
    method: call.method,
    url: urlAt(where, call),
    request: {
      headers: [...put.request.headers, ...Object.entries(call.headers ?? {})],
      ...(body !== undefined && { body }),
    },
  };
}

describe('a recorded exchange as curl', () => {
  test('is the same request with every header and the body, and a SAS in the place of the signature', () => {
    expect(exchangeCurl(put)).toBe(
      String.raw`# SAS_TOKEN: a queue SAS with permission a, or an account SAS with permission a on type o,
# without the question mark. The action Create a shared access signature makes one.
curl -X POST 'https://harborlane.queue.core.windows.net/orders/messages?messagettl=-1&note=it'\''s'"&$SAS_TOKEN" \
  -H 'x-ms-version: 2024-11-04' \
  --data-binary '<QueueMessage><MessageText>it'\''s $HOME </MessageText></QueueMessage>'`,
    );
  });

  test('takes another SAS in the place of the one that it was sent with', () => {
    const sas = 'sv=2024-11-04&ss=q&srt=o&sp=a&se=2027-01-01T00%3A00%3A00Z&sig=••••••••';
    const code = exchangeCurl({ ...put, url: `${put.url}&${sas}`, request: { ...put.request, headers: [] } });
    expect(code).toContain(`it'\\''s'"&$SAS_TOKEN"`);
    expect(code).not.toMatch(/sig=|sv=|•/);
  });

  test('takes a token and the time of now where it was sent with a token', () => {
    const headers: [string, string][] = [['authorization', 'Bearer ••••••••'], ...put.request.headers.slice(1)];
    const code = exchangeCurl({ ...put, request: { ...put.request, headers } });
    expect(code).toContain('Bearer $ACCESS_TOKEN');
    expect(code).toContain('x-ms-date: $(');
    expect(code).not.toMatch(/SAS_TOKEN|09:41:22|•/);
  });

  test('is signed anew where no SAS allows it', () => {
    const code = exchangeCurl(recorded({ name: 'Get Queue ACL', queue: 'orders' }, AZURE));
    expect(code).toContain('openssl dgst');
    expect(code).not.toContain('SAS_TOKEN');
  });

  test('of a request without a body sends none, and its length where the service wants it', () => {
    const { body: _, ...request } = put.request;
    expect(exchangeCurl({ ...put, method: 'GET', request })).not.toContain('--data');
    expect(exchangeCurl({ ...put, method: 'PUT', request })).toContain('Content-Length: 0');
  });

  test('has a placeholder for the account of the sandbox', () => {
    for (const operation of OPERATIONS) expect(exchangeCurl(recorded(operation, SANDBOX))).not.toMatch(/invalid|•/);
  });
});

describe('a recorded exchange as an operation', () => {
  test.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
    '%s asks for the same',
    (_, operation) => {
      // What a program does with a text is no part of a request.
      const body = sentBody(operation);
      for (const where of [AZURE, LOCAL]) {
        const asked = askedIn(recorded(operation, where));
        expect(asked?.operation.name).toBe(operation.name);
        expect(asked && callOf(asked.operation)).toEqual(callOf(operation));
        expect(asked?.where).toMatchObject(where);
        expect(asked && urlAt(asked.where, callOf(operation))).toBe(urlAt(where, callOf(operation)));
        const read = asked && sentBody(asked.operation);
        expect(read && 'encoding' in read && read.encoding).toEqual(body && 'text');
      }
    },
  );

  test.each<[string, Partial<Exchange>]>([
    ['an operation that no sample shows', { operation: 'Get User Delegation Key' }],
    ['an operation of no service', { operation: 'constructor' }],
    ['a body that is no XML', { request: { headers: [], body: 'orders' } }],
    ['no body', { request: { headers: [] } }],
    ['an address of another operation', { url: 'https://harborlane.queue.core.windows.net/orders' }],
    ['no address', { url: 'orders' }],
  ])('is not read from %s', (_, change) => expect(askedIn({ ...put, ...change })).toBeUndefined());
});
