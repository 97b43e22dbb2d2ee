import { expect, test } from 'vitest';
import type { StoredConnection } from '@/state/connections/connections';
import { readSecretAgain } from './secret-again';

const KEY = btoa('k'.repeat(64));
const SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=c2ln';

const known = (kind: StoredConnection['kind'], more: Partial<StoredConnection> = {}): StoredConnection => ({
  id: 'harborlane',
  account: 'harborlane',
  endpoint: 'https://harborlane.queue.core.windows.net',
  kind,
  keep: 'tab',
  local: false,
  addedAt: 0,
  ...more,
});

test.each([
  ['the key alone', KEY],
  ['a connection string', `AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`],
])('a key is read from %s', async (_, text) => {
  const read = await readSecretAgain(known('key'), text);
  expect(read).toMatchObject({ credential: { kind: 'key', key: { extractable: false } } });
  expect(text).toContain(read.key);
});

test.each([
  ['the signature alone', SAS],
  ['an address', `https://harborlane.queue.core.windows.net/?${SAS}`],
])('a SAS is read from %s', async (_, text) => {
  expect(await readSecretAgain(known('sas'), text)).toEqual({ credential: { kind: 'sas', token: SAS } });
});

test.each([
  ['nothing', known('key'), '', 'This is not an account key.'],
  ['a SAS for a key', known('key'), SAS, 'This is not an account key.'],
  ['a key for a SAS', known('sas'), KEY, 'This is not a shared access signature.'],
  ['no token', known('token'), KEY, 'This is not an access token.'],
  [
    'another account',
    known('key'),
    `AccountName=other;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
    'This is for https://other.queue.core.windows.net, and not for this connection.',
  ],
  [
    'another address of the account',
    known('key', { endpoint: 'http://127.0.0.1:9/harborlane' }),
    `AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
    'and not for this connection.',
  ],
  ['a SAS that has ended', known('sas'), SAS.replace('2099', '2020'), 'expired'],
])('%s is told', async (_, connection, text, told) => {
  await expect(readSecretAgain(connection, text)).rejects.toThrow(told);
});
