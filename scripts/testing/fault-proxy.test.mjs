import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startFaultProxy } from './fault-proxy.mjs';

/** @type {(() => unknown)[]} */
let undo = [];
afterEach(async () => {
  for (const step of undo.toReversed()) await step();
  undo = [];
});

const BODY = '<QueueMessagesList>four score</QueueMessagesList>';

/** A service that counts what it was asked, and a proxy before it. @param {number} [seed] */
async function behindProxy(seed = 1) {
  let acted = 0;
  const service = createServer((request, response) => {
    acted++;
    request.resume();
    response.writeHead(request.method === 'DELETE' ? 204 : 200, { 'access-control-allow-origin': '*' });
    response.end(request.method === 'DELETE' ? undefined : BODY);
  });
  await new Promise((resolve) => service.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (service.address());
  undo.push(() => new Promise((resolve) => service.close(resolve)));
  const proxy = await startFaultProxy({ target: `http://127.0.0.1:${port}`, seed });
  undo.push(proxy.stop);
  return {
    proxy,
    ask: (/** @type {RequestInit} */ init = {}) => fetch(`${proxy.origin}/a/q/messages`, init),
    acted: () => acted,
  };
}

test('passes requests and answers on untouched', async () => {
  const { ask, acted } = await behindProxy();
  const answer = await ask({ method: 'POST', body: 'a body' });
  expect([answer.status, await answer.text(), acted()]).toEqual([200, BODY, 1]);
  expect((await ask({ method: 'DELETE' })).status).toBe(204);
});

test.each([
  ['lostBefore', 0],
  ['lostAfter', 1],
])('breaks the connection: %s, and the service has acted %i times', async (kind, times) => {
  const { proxy, ask, acted } = await behindProxy();
  proxy.setFaults({ [kind]: 1 });
  await expect(ask()).rejects.toThrow('fetch failed');
  expect(acted()).toBe(times);
});

test('breaks the answer off in its middle, after the service has acted', async () => {
  const { proxy, ask, acted } = await behindProxy();
  proxy.setFaults({ truncated: 1 });
  const answer = await ask();
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(acted()).toBe(1);
  await expect(ask({ method: 'DELETE' })).rejects.toThrow('fetch failed');
});

test('makes answers up: 503 before the service has acted, 500 before and after, some that no page can read', async () => {
  const { proxy, ask, acted } = await behindProxy();
  proxy.setFaults({ busy: 1 });
  const busy = [await ask(), await ask()];
  expect(busy.map(({ status }) => status)).toEqual([503, 503]);
  expect(busy.map(({ headers }) => headers.get('retry-after'))).toEqual([null, '1']);
  expect(await busy[0]?.text()).toContain('<Code>ServerBusy</Code>');
  expect(acted()).toBe(0);
  proxy.setFaults({ serverErrors: 1, hidden: 1 });
  const broken = [await ask(), await ask()];
  expect(broken.map(({ status }) => status)).toEqual([500, 500]);
  expect(broken.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null]);
  expect(acted()).toBe(1);
});

test('does the same for the same seed, and as often as it is told', async () => {
  const first = await statuses(7);
  expect(await statuses(7)).toEqual(first);
  expect(await statuses(8)).not.toEqual(first);
  const share = first.filter((status) => status === 503).length / 100;
  expect(share).toBeGreaterThan(0.08);
  expect(share).toBeLessThan(0.35);
});

/** What a hundred requests are answered. @param {number} seed */
async function statuses(seed) {
  const { proxy, ask } = await behindProxy(seed);
  proxy.setFaults({ busy: 0.2 });
  const all = [];
  for (let number = 0; number < 100; number++) all.push((await ask()).status);
  return all;
}
