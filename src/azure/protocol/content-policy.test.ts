import { expect, test } from 'vitest';
import { addableOrigin, isAddableOrigin } from './addable-origin';
import { connectSources, isCovered } from './content-policy';
import { KNOWN_HOSTS, sourcesFor } from './known-hosts';

test.each([
  'https://harborlane.queue.core.windows.net/orders',
  'https://harborlane-secondary.queue.core.windows.net',
  'https://harborlane.queue.core.chinacloudapi.cn',
  'https://harborlane.queue.core.usgovcloudapi.net',
  'https://harborlane.z01.queue.storage.azure.net',
  'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
  'https://login.microsoftonline.us',
  'https://login.chinacloudapi.cn',
  'https://login.partner.microsoftonline.cn',
  'http://127.0.0.1:10001/devstoreaccount1',
  'https://127.0.0.1:10001/devstoreaccount1',
  'http://localhost:10001/devstoreaccount1',
  'http://devstoreaccount1.queue.localhost:10001',
])('%s is known', (address) => expect(isCovered(KNOWN_HOSTS, address)).toBe(true));

test.each([
  'http://harborlane.queue.core.windows.net',
  'https://harborlane.queue.core.windows.net:8443',
  'https://harborlane.queue.core.windows.net.attacker.example',
  'https://attackerqueue.core.windows.net',
  'https://harborlane.blob.core.windows.net',
  'https://queue.core.windows.net',
  'https://attacker.example',
  'http://127.0.0.1:10002',
  'http://127.0.0.1',
  'http://[::1]:10001',
  'not an address',
])('%s is not', (address) => expect(isCovered(KNOWN_HOSTS, address)).toBe(false));

test('a source without a port is for the usual one, and http covers https', () => {
  expect(isCovered(['https://a.example'], 'https://a.example:443/x')).toBe(true);
  expect(isCovered(['https://a.example'], 'http://a.example')).toBe(false);
  expect(isCovered(['http://a.example'], 'https://a.example')).toBe(true);
  expect(isCovered(['http://a.example:80'], 'http://a.example')).toBe(true);
  expect(isCovered(['http://a.example:80'], 'https://a.example')).toBe(true);
  // As Chromium has it.
  expect(isCovered(['http://a.example:99'], 'https://a.example:99')).toBe(false);
  expect(isCovered(['http://a.example:*'], 'http://a.example:99')).toBe(true);
  expect(isCovered(["'self'", 'data:', '*'], 'https://a.example')).toBe(false);
});

test('an origin on this machine may be reached by both schemes, another by https beside http', () => {
  for (const origin of ['http://127.0.0.1:10005', 'https://localhost:10005', 'http://azurite:10005']) {
    expect(isCovered(sourcesFor(origin), origin)).toBe(true);
    expect(isCovered(sourcesFor(origin), origin.replace(/^https?/, 'https'))).toBe(true);
  }
  expect(isCovered(sourcesFor('https://localhost:10005'), 'http://localhost:10005')).toBe(true);
  expect(sourcesFor('https://a.example')).toEqual(['https://a.example']);
  expect(sourcesFor('https://localhost.attacker.example:1')).toEqual(['https://localhost.attacker.example:1']);
});

test('the origin of an address can be added when a policy can name it', () => {
  expect(addableOrigin('https://queues.example/orders?sv=1')).toBe('https://queues.example');
  expect(addableOrigin('HTTP://Azurite:10005/devstoreaccount1')).toBe('http://azurite:10005');
  expect(addableOrigin('https://münchen.example')).toBe('https://xn--mnchen-3ya.example');
  for (const address of ['http://[::1]:10001', 'ftp://a.example', 'file:///etc', 'data:,', 'queues.example', ''])
    expect(addableOrigin(address)).toBeUndefined();
});

test.each([
  '*',
  'https://*',
  'https://*.example',
  'https:',
  "'self'",
  'https://a.example/',
  'https://a.example/path',
  'https://a.example?x',
  'https://a.example:443',
  'https://a.example:99999',
  'https://A.example',
  'https://user@a.example',
  'https://a.example;script-src *',
  'https://a.example https://b.example',
  'https://a.example,b',
  'https://a.example\r\nx: y',
  'https://a.example"',
  `https://${'a.'.repeat(200)}example`,
])('%j is no origin that can be added', (text) => expect(isAddableOrigin(text)).toBe(false));

test('the sources of a policy are those of its connect-src', () => {
  expect(connectSources("default-src 'none'; connect-src 'self' https://a.example; img-src x")).toEqual([
    "'self'",
    'https://a.example',
  ]);
  expect(connectSources("default-src 'none'")).toBeUndefined();
});
