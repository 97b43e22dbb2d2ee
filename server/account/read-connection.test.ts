import { expect, test } from 'vitest';
import { EMULATOR } from '../../src/azure/protocol/emulator';
import { readConnection } from './read-connection';

const KEY = EMULATOR.key;

test.each([
  [`AccountName=acc;AccountKey=${KEY}`, 'https://acc.queue.core.windows.net'],
  [
    `"accountkey=${KEY};ACCOUNTNAME=acc;\n endpointsuffix=core.chinacloudapi.cn;"\n`,
    'https://acc.queue.core.chinacloudapi.cn',
  ],
  ['UseDevelopmentStorage=true', EMULATOR.endpoint],
  [`acc ${KEY}`, 'https://acc.queue.core.windows.net'],
  [
    'https://acc.queue.core.windows.net/?sv=2024-11-04&ss=q&srt=s&sp=rw&se=2999-01-01&sig=a%3D',
    'https://acc.queue.core.windows.net',
  ],
])('%#: a connection to %2$s', async (text, endpoint) => {
  expect((await readConnection(text)).connection.endpoint).toBe(endpoint);
});

test('what is worth a look is told', async () => {
  expect((await readConnection('AccountName=acc;AccountKey=YQ==')).notes).toEqual([
    'An account key has 64 bytes. This one has 1, so a part may be missing.',
  ]);
});

test.each([
  ['AccountName=acc', 'neither AccountKey nor SharedAccessSignature'],
  [`AccountKey=${KEY}`, 'account name'],
  ['acc', 'neither its key nor a shared access signature'],
  ['what is this', 'This is not a connection string'],
  ['AccountName=acc;AccountKey=c3VwZXJzZWNyZXQ!', 'is not Base64'],
  [`AccountName=acc;AccountKey=${KEY};QueueEndpoint=ftp://x`, 'starts with http:// or https://'],
  [`{ "a": "AccountName=one;AccountKey=${KEY}", "b": "AccountName=two;AccountKey=${KEY}" }`, 'There are 2 connections'],
])('%#: is refused without being repeated: %2$s', async (text, words) => {
  const read = readConnection(text);
  await expect(read).rejects.toThrow(words);
  await expect(read).rejects.not.toThrow(/c3VwZXJzZWNyZXQ|Eby8vdM02/);
});
