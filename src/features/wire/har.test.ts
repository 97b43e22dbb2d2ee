import * as v from 'valibot';
import { expect, test } from 'vitest';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import type { Credential } from '@/azure/protocol/connection';
import type { Exchange } from '@/azure/protocol/exchange';
import { aMissingQueue, anExchange } from './an-exchange.fixture';
import { toHar } from './har';

const KEY = btoa('a planted account key that must never be found in any export!!!!');
const SIGNATURE = 'pl4nted+Signature/OfA5as0123456789abcdefgh0=';
const TOKEN = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJwbGFudGVkIn0.pl4ntedToken';
const CREATOR = { name: 'Queuescope', version: '1.0.0' };

const nameValues = v.array(v.strictObject({ name: v.string(), value: v.string() }));
const size = v.pipe(v.number(), v.integer(), v.minValue(-1));
const ms = v.pipe(v.number(), v.minValue(-1));
/** HAR 1.2, section 3: every required field, and no unknown one. */
const harShape = v.strictObject({
  log: v.strictObject({
    version: v.literal('1.2'),
    creator: v.strictObject({ name: v.string(), version: v.string() }),
    comment: v.string(),
    pages: v.array(v.never()),
    entries: v.array(
      v.strictObject({
        startedDateTime: v.pipe(v.string(), v.isoTimestamp()),
        time: v.pipe(v.number(), v.minValue(0)),
        request: v.strictObject({
          method: v.picklist(['GET', 'PUT', 'POST', 'DELETE']),
          url: v.pipe(v.string(), v.url()),
          httpVersion: v.string(),
          cookies: v.array(v.never()),
          headers: nameValues,
          queryString: nameValues,
          postData: v.optional(v.strictObject({ mimeType: v.string(), params: v.array(v.never()), text: v.string() })),
          headersSize: size,
          bodySize: size,
        }),
        response: v.strictObject({
          status: v.pipe(v.number(), v.integer(), v.minValue(0)),
          statusText: v.string(),
          httpVersion: v.string(),
          cookies: v.array(v.never()),
          headers: nameValues,
          content: v.strictObject({ size, mimeType: v.string(), text: v.string() }),
          redirectURL: v.string(),
          headersSize: size,
          bodySize: size,
        }),
        cache: v.strictObject({}),
        timings: v.strictObject({ send: ms, wait: ms, receive: ms }),
        comment: v.string(),
      }),
    ),
  }),
});

/** A service that refuses every request and quotes all of it in its body and headers. */
const quoting: typeof globalThis.fetch = async (url, init) => {
  const headers = JSON.stringify(init?.headers);
  const body = `<Error><Code>Quoted</Code><Message>${new Request(url).url} ${headers}</Message></Error>`;
  return new Response(body, { status: 403, headers: { 'x-quoted': headers } });
};

/** The log of a put and a receive with this credential, at a service that quotes all it was sent. */
async function exchangesWith(credential: Credential): Promise<Exchange[]> {
  const log = new Map<string, Exchange>();
  const account = connect(
    { account: 'harborlane', endpoint: 'https://harborlane.queue.core.windows.net', credential },
    { fetch: quoting, observe: (exchange) => log.set(exchange.id, exchange) },
  );
  await account.sendMessage('cargo', { text: 'a crate' }).catch(() => {});
  await account.receiveMessages('cargo').catch(() => {});
  return [...log.values()];
}

test('an export has the shape of HAR 1.2, oldest first, failed and running requests included', () => {
  const newest = anExchange({
    startedAt: new Date('2026-11-17T10:00:00Z'),
    response: { status: 0, statusText: '', headers: [], body: '' },
  });
  const { response: _, duration: __, ...underWay } = anExchange();
  const posted = anExchange({
    method: 'POST',
    request: { headers: [['content-type', 'application/xml']], body: '<a>é</a>' },
  });
  const har = toHar([newest, underWay, posted, aMissingQueue()], CREATOR);

  expect(v.parse(harShape, JSON.parse(JSON.stringify(har)))).toEqual(JSON.parse(JSON.stringify(har)));
  expect(har.log.entries.at(-1)?.startedDateTime).toBe('2026-11-17T10:00:00.000Z');
  expect(har.log.entries[1]?.request).toMatchObject({
    postData: { mimeType: 'application/xml', text: '<a>é</a>' },
    bodySize: 9,
  });
  expect(har.log.entries[0]?.response).toMatchObject({ status: 0, statusText: '' });
  expect(har.log.entries[2]?.request.queryString).toEqual([{ name: 'peekonly', value: 'true' }]);
});

test.each([
  ['an account key', async () => ({ kind: 'key' as const, key: await importKey(KEY) }), KEY],
  [
    'a signature',
    async () => ({ kind: 'sas' as const, token: `sv=2024-11-04&ss=q&sp=rap&sig=${encodeURIComponent(SIGNATURE)}` }),
    SIGNATURE,
  ],
  ['a token', async () => ({ kind: 'token' as const, getToken: () => Promise.resolve(TOKEN) }), TOKEN],
])('an export leaves out %s, even when the service quotes it, and says so', async (_, credential, secret) => {
  const exchanges = await exchangesWith(await credential());
  expect(exchanges).toHaveLength(2);
  const har = toHar(exchanges, CREATOR);
  v.assert(harShape, JSON.parse(JSON.stringify(har)));
  const text = JSON.stringify(har);
  for (const form of [secret, encodeURIComponent(secret), secret.slice(4, 30)]) expect(text).not.toContain(form);
  // The string that was signed is left out as well.
  expect(text).not.toMatch(/SharedKey harborlane:[A-Za-z0-9+/]/);
  expect(har.log.comment).toContain('left out');
  expect(text).toContain('a crate');
});
