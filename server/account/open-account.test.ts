import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { Connection } from '../../src/azure/protocol/connection';
import { callRefusal } from './call-refusal';
import { openAccount } from './open-account';

let close = () => {};
afterEach(() => close());

/** What reading the rules of a service comes to that answers like this. */
async function read(status: number, body: string, headers: Record<string, string> = {}): Promise<unknown> {
  const service = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  close = () => void service.close();
  const address = service.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const connection: Connection = {
    account: 'acc',
    endpoint: `http://127.0.0.1:${port}/acc`,
    credential: { kind: 'sas', token: 'sv=2024-11-04&sig=c2lnbmF0dXJl' },
  };
  try {
    return await openAccount(connection).getServiceProperties();
  } catch (error) {
    const refusal = callRefusal(error, connection);
    return refusal instanceof Error ? refusal.message.replace(`:${port}`, '') : refusal;
  }
}

const properties = (inside: string) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties>${inside}</StorageServiceProperties>`;

test('reads what the service writes', async () => {
  expect(await read(200, properties('<Cors />'))).toEqual({ cors: [] });
});

test.each(['<!-- a comment -->', '<![CDATA[text]]>', '<Cors>', '<Cors a="1" b="2" />'])(
  'XML that the strict reader does not take is told in a sentence: %s',
  async (inside) => {
    expect(await read(200, properties(inside))).toBe(
      'The service answered 200 with no XML that can be read as StorageServiceProperties.',
    );
  },
);

test('so is other XML, and a refusal that is none', async () => {
  expect(await read(200, '<html></html>')).toBe(
    'The service answered 200 without the StorageServiceProperties that this operation gives.',
  );
  expect(await read(404, '<!doctype html><p>Not here')).toMatch(/^127\.0\.0\.1 is not a queue service \(404\)\./);
});

test('a redirect is not followed', async () => {
  expect(await read(307, '', { location: 'http://127.0.0.1:9/' })).toMatch(/^127\.0\.0\.1 answers with a redirect\./);
});

test('a refusal is told in the words of the page, with its code', async () => {
  const error = '<Error><Code>AuthorizationResourceTypeMismatch</Code><Message>No.</Message></Error>';
  expect(await read(403, error)).toMatch(
    /^The account does not allow this \(403 AuthorizationResourceTypeMismatch\)\. Get Queue Service Properties needs s \(service\)/,
  );
});
