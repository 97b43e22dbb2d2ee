import { expect, test } from 'vitest';
import { listenOn } from '../page/serve';
import { allowedHostsOf, parseFlags, portOf, relayHostsOf } from './flags';

const taken = () => Promise.reject(Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' }));

test('reads a port, and none', () => {
  expect(portOf('5190')).toBe(5190);
  expect(portOf(undefined)).toBeUndefined();
});

test.each(['0', '65536', '-1', '80.5', 'http', ''])('refuses "%s" as a port', (text) => {
  expect(() => portOf(text)).toThrow(`--port takes a number from 1 to 65535, and not "${text}".`);
});

test('takes the next free port when the usual one is taken', async () => {
  const port = await listenOn(undefined, (candidate) => (candidate < 5192 ? taken() : Promise.resolve(candidate)));

  expect(port).toBe(5192);
});

const usual = (asked: number | undefined, free: number) =>
  listenOn(asked, (port, usualPort) => (port < free ? taken() : Promise.resolve(usualPort)));

test('and the page is told that what is kept at the usual one is not there', async () => {
  expect(await usual(undefined, 5191)).toBe(5190);
  expect(await usual(undefined, 5190)).toBeUndefined();
  expect(await usual(8080, 8080)).toBeUndefined();
});

test('a port that was asked for is refused when it is taken', async () => {
  await expect(listenOn(8080, taken)).rejects.toThrow('Port 8080 is in use by another program');
});

test('an error that is not about the port is passed on', async () => {
  await expect(listenOn(undefined, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
});

test('hosts for the relay are hosts, and there may be no relay', () => {
  const given = ['queues.example', 'azurite:10001'];
  expect(relayHostsOf({ 'relay-host': given })).toEqual(given);
  expect(relayHostsOf({})).toEqual([]);
  expect(relayHostsOf({ 'relay-host': given, 'no-relay': true })).toBeUndefined();
  for (const host of ['https://queues.example', 'a/b', '', 'a:b', 'a b'])
    expect(() => relayHostsOf({ 'relay-host': [host] })).toThrow('--relay-host takes a host');
});

test('hosts for the page are origins', () => {
  expect(allowedHostsOf({})).toEqual([]);
  expect(allowedHostsOf({ 'allow-host': ['https://queues.example', 'http://127.0.0.1:10005'] })).toHaveLength(2);
  for (const origin of ['queues.example', 'https://queues.example/path', "'self'", 'https://*'])
    expect(() => allowedHostsOf({ 'allow-host': [origin] })).toThrow('--allow-host takes an origin');
});

const KEY = Buffer.from('a planted account key that must never be found in any message!!!').toString('base64');
const IN_BASE64 = btoa(`AccountName=harborlane;AccountKey=${KEY}`);
const SECRETS = [
  `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
  KEY,
  `https://harborlane.queue.core.windows.net/?sv=2024-11-04&sig=${encodeURIComponent(KEY)}`,
  'eyJ0eXAiOiJK.planted.token',
  encodeURIComponent(`AccountName=harborlane;AccountKey=${KEY}`),
  encodeURIComponent(KEY),
  IN_BASE64,
  `azurestoragequeues://:${KEY}@harborlane`,
];

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

test.each(SECRETS)('a secret in place of a flag is refused and not repeated, as %#', (secret) => {
  const before = process.argv;
  process.argv = [...before.slice(0, 2), secret];
  const said = refusalOf(() => parseFlags({ port: { type: 'string' } }, 'See --help.'));
  process.argv = before;
  const refusals = [
    said,
    refusalOf(() => portOf(secret)),
    refusalOf(() => relayHostsOf({ 'relay-host': [secret] })),
    refusalOf(() => allowedHostsOf({ 'allow-host': [secret] })),
  ];
  for (const refusal of refusals) {
    for (const part of ['planted', KEY.slice(0, 20), IN_BASE64.slice(50, 70)]) expect(refusal).not.toContain(part);
  }
  expect(said).toContain('See --help.');
});
