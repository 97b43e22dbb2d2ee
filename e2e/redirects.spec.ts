import { createServer, type RequestListener } from 'node:http';
import { KEY } from '../scripts/testing/emulator';
import { connectionString } from './accounts';
import { connectForm } from './connect-form';
import { expect, test } from './fixtures';

/** A server on a free port of this machine, with the requests that reached it. */
async function listen(answer: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests, [Symbol.dispose]: () => void server.close() };
}

const allowed = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*, authorization',
  'access-control-expose-headers': '*',
};

test('a redirect is told as one, and neither the signature nor the request reaches where it leads', async ({
  page,
  allowHost,
}) => {
  using elsewhere = await listen((_, response) => response.writeHead(200, allowed).end());
  using account = await listen(({ method, url = '' }, response) => {
    if (method === 'OPTIONS') return void response.writeHead(200, allowed).end();
    return void response.writeHead(307, { ...allowed, location: `${elsewhere.url}${url}` }).end();
  });
  allowHost(account.url);
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(connectionString({ name: 'acc', key: KEY, endpoint: `${account.url}/acc` }));
  await submit.click();

  await expect(form.getByRole('alert')).toContainText(`${new URL(account.url).host} answers with a redirect`);
  expect(account.requests.filter((line) => line.startsWith('GET'))).toHaveLength(1);
  expect(elsewhere.requests).toEqual([]);
});

test('a redirect that CORS hides from the page is found by the local server, which does not follow it', async ({
  page,
  allowHost,
}) => {
  using account = await listen(({ method, url }, response) => {
    if (method === 'OPTIONS') return void response.writeHead(200, allowed).end();
    if (url === '/elsewhere') return void response.writeHead(200).end();
    return void response.writeHead(307, { location: '/elsewhere' }).end();
  });
  allowHost(account.url);
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(connectionString({ name: 'acc', key: KEY, endpoint: `${account.url}/acc` }));
  await submit.click();

  await expect(form.getByRole('alert')).toContainText(`${new URL(account.url).host} answers with a redirect`);
  expect(account.requests.filter((line) => line.endsWith('/elsewhere')).length).toBeLessThanOrEqual(1);
});
