import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metaPolicyWith, policyWith } from './csp';
import { isOwnHost } from './own-host';
import { type PageServer, serve } from './serve';

const folder = mkdtempSync(join(tmpdir(), 'queuescope-static-'));
let server: PageServer;

beforeAll(async () => {
  const site = join(folder, 'site');
  mkdirSync(join(site, 'assets'), { recursive: true });
  mkdirSync(join(site, '.vite'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(site, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(site, 'index.html'), '<!doctype html>');
  writeFileSync(join(site, 'assets', 'a-1.js'), 'let a;');
  writeFileSync(join(site, 'assets', 'a-1.js.br'), 'BR');
  server = await serve({ folder: site });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** A request whose target is sent as it stands. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const asked = request({ port: server.port, host: '127.0.0.1', path, method, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

test('serves the page at the root, in the form that the browser takes, and says when it is unchanged', async () => {
  const page = await get('/?from=link');
  expect(page).toMatchObject({ status: 200, body: '<!doctype html>' });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html;charset=utf-8', 'cache-control': 'no-cache' });
  expect((await get('/', { 'if-none-match': page.headers.etag ?? '' })).status).toBe(304);

  const script = await get('/assets/a-1.js', { 'accept-encoding': 'gzip, br' });
  expect(script.body).toBe('BR');
  expect(script.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/javascript;charset=utf-8' });
  expect((await get('/assets/a-1.js')).body).toBe('let a;');
  expect(await get('/assets/a-1.js', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/%252e%252e/secret.txt',
  '/.vite/manifest.json',
  '/assets',
  '/%00',
  '/%',
  '//index.html',
  '/index.html/below',
  `/${'long'.repeat(100)}`,
])('%s is not found', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test.each(['/', '/assets/a-1.js', '/local.json', '/queuescope.json', '/missing'])(
  '%s is for this machine alone, by the name that its browsers use',
  async (path) => {
    const { port } = server;
    const statusFor = async (host: string) => (await get(path, { host })).status;
    const here = await statusFor(`127.0.0.1:${port}`);
    expect(here).not.toBe(421);
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) expect(await statusFor(host)).toBe(here);
    const foreign = [
      'attacker.example',
      `attacker.example:${port}`,
      'localhost',
      'localhost:1',
      `127.0.0.1:${port}.evil`,
    ];
    for (const host of foreign) expect(await statusFor(host)).toBe(421);
    expect((await get(path, { host: 'attacker.example' })).body).toBe(
      `This server answers at http://127.0.0.1:${port} alone.`,
    );
  },
);

test('the usual port of http needs no naming', () => {
  expect(isOwnHost({ rawHeaders: ['Host', 'localhost'] }, 80)).toBe(true);
  expect(isOwnHost({ rawHeaders: ['Host', 'localhost', 'host', 'attacker.example'] }, 80)).toBe(false);
  expect(isOwnHost({ rawHeaders: [] }, 80)).toBe(false);
});

test('the policy for static hosts is the one of the header but for what only a header can say', () => {
  const hosts = ['https://queues.example'];
  expect(`${metaPolicyWith(hosts)}; frame-ancestors 'none'`.split('; ').toSorted()).toEqual(
    policyWith(hosts).split('; ').toSorted(),
  );
});
