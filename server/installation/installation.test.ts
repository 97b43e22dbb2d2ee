import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOST_HOSTS, openInstallation } from './installation';

let home: string;
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'queuescope-home-')), 'kept');
});
afterEach(() => rmSync(join(home, '..'), { recursive: true }));

const modeOf = (name: string) => statSync(join(home, name)).mode & 0o777;

test('an installation keeps its secret and the added hosts, for its user alone', () => {
  const first = openInstallation(home);
  first.addHost('https://queues.example');
  first.addHost('https://queues.example');
  const again = openInstallation(home, ['http://127.0.0.1:10005']);

  expect(again.secret).toBe(first.secret);
  expect(Buffer.from(first.secret, 'base64')).toHaveLength(32);
  expect(again.hosts()).toEqual(['http://127.0.0.1:10005', 'https://queues.example']);
  // What is given at start is for that run alone.
  expect(openInstallation(home).hosts()).toEqual(['https://queues.example']);
});

test('a host that is removed is gone at the next start, and the others stay in their order', () => {
  const installation = openInstallation(home, ['http://127.0.0.1:10005']);
  for (const name of ['a', 'b', 'c']) installation.addHost(`https://${name}.example`);
  installation.removeHost('https://b.example');
  expect(installation.hosts()).toEqual(['http://127.0.0.1:10005', 'https://a.example', 'https://c.example']);
  expect(openInstallation(home).hosts()).toEqual(['https://a.example', 'https://c.example']);
  expect(() => installation.removeHost('https://b.example')).toThrow('not among those that were added');
  expect(() => installation.removeHost('http://127.0.0.1:10005')).toThrow('named when the local server was started');
  // It can be added again.
  installation.addHost('https://b.example');
  expect(openInstallation(home).hosts()).toEqual(['https://a.example', 'https://c.example', 'https://b.example']);
});

test('a removal takes out what another start on the same folder has added since', () => {
  const first = openInstallation(home);
  openInstallation(home).addHost('https://a.example');
  openInstallation(home).addHost('https://b.example');
  first.removeHost('https://a.example');
  expect(first.hosts()).toEqual(['https://b.example']);
});

test.runIf(process.platform !== 'win32')(
  'a removal keeps the file for its user, writes it whole, and leaves no draft',
  () => {
    const installation = openInstallation(home);
    installation.addHost('https://a.example');
    installation.addHost('https://b.example');
    const file = join(home, 'allowed-hosts.json');
    const before = statSync(file).ino;
    chmodSync(file, 0o644);
    installation.removeHost('https://a.example');
    expect(modeOf('allowed-hosts.json')).toBe(0o600);
    // Another file took its place: nobody reads a half of it.
    expect(statSync(file).ino).not.toBe(before);
    expect(readdirSync(home).toSorted()).toEqual(['allowed-hosts.json', 'secret']);
  },
);

test('a list that cannot be written is told, and stays as it was', () => {
  const installation = openInstallation(home);
  installation.addHost('https://a.example');
  // A folder at the place of the draft: the file cannot be written, whoever runs this.
  mkdirSync(join(home, `.${process.pid}.draft`));
  expect(() => installation.removeHost('https://a.example')).toThrow('name a writable folder in QUEUESCOPE_HOME');
  expect(installation.hosts()).toEqual(['https://a.example']);
});

test.runIf(process.platform !== 'win32')('its folder and files are for its user', () => {
  openInstallation(home).addHost('https://queues.example');
  expect([modeOf('.'), modeOf('secret'), modeOf('allowed-hosts.json')]).toEqual([0o700, 0o600, 0o600]);
});

test.runIf(process.platform !== 'win32')('a file that others could read is closed at the next start', () => {
  openInstallation(home);
  chmodSync(join(home, 'secret'), 0o644);
  openInstallation(home);
  expect(modeOf('secret')).toBe(0o600);
});

test('two folders have two secrets', () => {
  expect(openInstallation(home).secret).not.toBe(openInstallation(join(home, 'other')).secret);
});

test.each(['https://*', "'self'", 'https://a.example; script-src *', 'https://a.example/x', 'a.example', ''])(
  '%j is not added',
  (origin) => {
    const installation = openInstallation(home);
    expect(() => installation.addHost(origin)).toThrow('not the address of a host');
    expect(installation.hosts()).toEqual([]);
  },
);

test('what is no origin in the file does not get into the policy', () => {
  const installation = openInstallation(home);
  writeFileSync(
    join(home, 'allowed-hosts.json'),
    JSON.stringify(['https://a.example', "'unsafe-inline'", 7, '*; script-src *']),
  );
  expect(installation.hosts()).toEqual(['https://a.example']);
  for (const text of ['{}', 'null', '[', `["https://${'a'.repeat(70_000)}"]`]) {
    writeFileSync(join(home, 'allowed-hosts.json'), text);
    expect(installation.hosts()).toEqual([]);
  }
});

test('the number of hosts is bounded', () => {
  const installation = openInstallation(home);
  const all = Array.from({ length: MOST_HOSTS }, (_, at) => `https://a${at}.example`);
  writeFileSync(join(home, 'allowed-hosts.json'), JSON.stringify(all));
  expect(() => installation.addHost('https://one-more.example')).toThrow('100 hosts were added already');
  expect(readFileSync(join(home, 'allowed-hosts.json'), 'utf8')).not.toContain('one-more');
});

test('a folder that cannot be written is named', () => {
  writeFileSync(join(home, '..', 'file'), '');
  expect(() => openInstallation(join(home, '..', 'file'))).toThrow('name a writable folder in QUEUESCOPE_HOME');
});
