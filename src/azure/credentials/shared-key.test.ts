import {
  newPipeline,
  type QueueClient,
  QueueServiceClient,
  StorageSharedKeyCredential,
  type WebResource,
} from '@azure/storage-queue';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { EMULATOR } from '../protocol/emulator';
import { InvalidInputError } from '../protocol/errors';
import {
  canonicalizedHeaders,
  canonicalizedResource,
  compareHeaderNames,
  importKey,
  keyBytes,
  keyLength,
  sign,
  stringToSign,
} from './shared-key';
import vectors from './signing-vectors.json';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

describe.each(vectors)('$name', ({ method, url, headers, account, key, ...vector }) => {
  const body = 'body' in vector ? vector.body : '';
  const sent = Object.fromEntries(Object.entries(headers));

  test('has the published string to sign', () => {
    const text = stringToSign({ method, url, headers: sent, bodyLength: bytesOf(body), account });
    expect(text).toBe(vector.stringToSign);
  });

  test('is made of the published headers and resource, in that order at the end', () => {
    const end = canonicalizedHeaders(sent) + canonicalizedResource(url, account);
    expect(vector.stringToSign.endsWith(`\n${end}`)).toBe(true);
    expect(vector.stringToSign.slice(0, -end.length).split('\n')).toHaveLength(13);
  });

  test('has the published signature', async () => {
    const signature = await sign(await importKey(key), vector.stringToSign);
    expect(`SharedKey ${account}:${signature}`).toBe(vector.authorization);
  });
});

test('orders header names as the service does: underscore, digits, letters, hyphens not counted', () => {
  const names = ['x-ms-meta-ab', 'x-ms-meta-a1', 'x-ms-version', 'x-ms-meta-a_b', 'x-ms-date', 'x-ms-meta-a'];
  expect(names.toSorted(compareHeaderNames)).toEqual([
    'x-ms-date',
    'x-ms-meta-a',
    'x-ms-meta-a_b',
    'x-ms-meta-a1',
    'x-ms-meta-ab',
    'x-ms-version',
  ]);
});

test('does not follow the order of any one language: y after j, z after t, aa before b', () => {
  const names = ['you', 'job', 'z', 't', 'aa', 'b', 'ch', 'cz'];
  expect(names.toSorted(compareHeaderNames)).toEqual(['aa', 'b', 'ch', 'cz', 'job', 't', 'you', 'z']);
});

test('orders any header names the same way whichever comes first', () => {
  const name = fc.stringMatching(/^x-ms-[a-z0-9_-]{1,12}$/);
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(compareHeaderNames(a, b) < 0).toBe(a !== b && compareHeaderNames(b, a) > 0);
    }),
  );
});

test('names the resource as the browser sends it, whatever the address is made of', () => {
  const part = fc.oneof(
    fc.constantFrom('orders', '..', '.', '%2E', '', "it's", 'a b', 'é', '%C3%A9', '~x-1_', '\\', '\t', '@', ';', '*'),
    fc.string({ maxLength: 4 }).map((text) => text.replaceAll(/[?#%]/g, '')),
  );
  const query = fc.array(fc.tuple(fc.constantFrom('popreceipt', 'b', 'A', ''), part.map(encodeURIComponent)));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), query, (path, pairs) => {
      const search = pairs.map((pair) => pair.join('=')).join('&');
      const url = `https://contosoq.queue.core.windows.net/${path.join('/')}${search && `?${search}`}`;
      const [resource, ...parameters] = canonicalizedResource(url, 'contosoq').split(/\n(?=[^\n:]*:)/);
      expect(resource).toBe(`/contosoq${new URL(url).pathname}`);
      expect(parameters).toHaveLength(search.split('&').filter((pair) => pair !== '').length);
    }),
  );
});

describe('an account key', () => {
  test('cannot be read back once imported', async () => {
    const key = await importKey(EMULATOR.key);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  test.each(['', 'not base64', 'abc', 'ab=c', 'ab==cd==', 'YWJj=', 'YWJ%2B'])(
    'is refused when it is not Base64: %j',
    async (text) => {
      expect(keyBytes(text)).toBeUndefined();
      await expect(importKey(text)).rejects.toThrow(
        new InvalidInputError('accountKey', 'The account key is not Base64.'),
      );
    },
  );
});

/** The request that the official client would send, signed. */
async function requestOf(call: (service: QueueServiceClient) => Promise<unknown>, account: string, endpoint: string) {
  let sent: WebResource | undefined;
  const httpClient = {
    sendRequest(request: WebResource) {
      sent = request;
      return Promise.reject(new Error('Not sent'));
    },
  };
  const credential = new StorageSharedKeyCredential(account, EMULATOR.key);
  const pipeline = newPipeline(credential, { httpClient, retryOptions: { maxTries: 1 } });
  await call(new QueueServiceClient(endpoint, pipeline)).catch(() => undefined);
  if (!sent) throw new Error('The official client sent nothing.');
  return sent;
}

describe('the official client signs the same', () => {
  const metadata = fc.dictionary(
    fc.stringMatching(/^[a-z_][a-z0-9_]{0,10}$/),
    fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/).filter((value) => !value.includes('  ')),
    { maxKeys: 6 },
  );
  const queue = fc.stringMatching(/^[a-z0-9]{3,20}$/);
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => /^[^\p{C}]*$/u.test(value));
  const receipt = fc.base64String({ minLength: 4, maxLength: 40 });
  const seconds = fc.integer({ min: 1, max: 604_800 });

  const calls: fc.Arbitrary<(service: QueueServiceClient, client: QueueClient) => Promise<unknown>> = fc.oneof(
    metadata.map((pairs) => (_: QueueServiceClient, client: QueueClient) => client.create({ metadata: pairs })),
    metadata.map((pairs) => (_: QueueServiceClient, client: QueueClient) => client.setMetadata(pairs)),
    fc.tuple(text, seconds).map(
      ([body, messageTimeToLive]) =>
        (_: QueueServiceClient, client: QueueClient) =>
          client.sendMessage(body, { messageTimeToLive }),
    ),
    fc.tuple(fc.uuid(), receipt, text, seconds).map(
      ([id, pop, body, hidden]) =>
        (_: QueueServiceClient, client: QueueClient) =>
          client.updateMessage(id, pop, body, hidden),
    ),
    fc.tuple(fc.uuid(), receipt).map(
      ([id, pop]) =>
        (_: QueueServiceClient, client: QueueClient) =>
          client.deleteMessage(id, pop),
    ),
    text.map((prefix) => (service: QueueServiceClient) => service.listQueues({ prefix, includeMetadata: true }).next()),
    fc
      .integer({ min: 1, max: 32 })
      .map(
        (numberOfMessages) => (_: QueueServiceClient, client: QueueClient) => client.peekMessages({ numberOfMessages }),
      ),
    fc.constant((service: QueueServiceClient) => service.getStatistics()),
  );

  test.each([
    ['contosoq', 'https://contosoq.queue.core.windows.net'],
    ['contosoq', 'https://contosoq-secondary.queue.core.windows.net'],
    [EMULATOR.account, EMULATOR.endpoint],
    [EMULATOR.account, `${EMULATOR.endpoint}-secondary`],
  ])('as %s at %s', async (account, endpoint) => {
    const key = await importKey(EMULATOR.key);
    await fc.assert(
      fc.asyncProperty(queue, calls, async (name, call) => {
        const request = await requestOf((service) => call(service, service.getQueueClient(name)), account, endpoint);
        const headers = Object.fromEntries(
          request.headers.headersArray().map((header) => [header.name.toLowerCase(), header.value]),
        );
        const body = typeof request.body === 'string' ? request.body : '';
        const signable = { method: request.method, url: request.url, headers, bodyLength: bytesOf(body), account };
        expect(`SharedKey ${account}:${await sign(key, stringToSign(signable))}`).toBe(headers['authorization']);
      }),
      { numRuns: 60 },
    );
  });
});

test('the length of a key is told without decoding it', () => {
  const decode = vi.spyOn(globalThis, 'atob');
  expect([EMULATOR.key, 'c2ln', 'c2k=', 'cw=='].map(keyLength)).toEqual([64, 3, 2, 1]);
  expect(['', 'not*base64', 'abc'].map(keyLength)).toEqual([undefined, undefined, undefined]);
  expect(decode).not.toHaveBeenCalled();
  decode.mockRestore();
});

test('the bytes of an account key are overwritten once they are imported, and when that fails', async () => {
  const handed: Uint8Array[] = [];
  const original = crypto.subtle.importKey.bind(crypto.subtle);
  const spy = vi.spyOn(crypto.subtle, 'importKey').mockImplementation(async (...args: unknown[]) => {
    handed.push(args[1] as Uint8Array);
    if (handed.length > 1) throw new Error('refused');
    expect(new Set(handed[0])).not.toEqual(new Set([0]));
    return original(...(args as Parameters<typeof original>));
  });
  const key = await importKey(EMULATOR.key);
  await expect(importKey(EMULATOR.key)).rejects.toThrow('refused');
  spy.mockRestore();
  for (const bytes of handed) expect([...bytes]).toEqual(Array.from({ length: 64 }, () => 0));
  // The imported key still signs as before.
  expect(await sign(key, 'a')).toBe(await sign(await importKey(EMULATOR.key), 'a'));
});
