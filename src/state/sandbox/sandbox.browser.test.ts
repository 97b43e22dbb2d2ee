import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Account } from '@/azure/protocol/model';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { createSandbox } from '@/sandbox/service';
import { deleteSnapshot, loadSnapshot, persistSandbox, snapshotNames } from '@/sandbox/snapshot-persistence';
import { currentConnections, forgetConnection, loadConnections } from '../connections/connections';
import { tabName } from '../tab/tab-identity';
import { nowOf } from '../time/connection-clocks';
import { addSandbox, isSandbox, openSandbox, SANDBOX_ID, sandboxFetch } from './sandbox';

beforeEach(loadConnections);
afterEach(async () => {
  await forgetConnection(SANDBOX_ID);
  // What was begun for the tab ends with its connection.
  await vi.waitUntil(async () => (await snapshotNames()).length === 0);
});

const queuesOf = async (account: Account) => {
  const names: string[] = [];
  for await (const page of account.listQueues()) names.push(...page.map(({ name }) => name));
  return names;
};
const keptQueues = async (name: string) => (await loadSnapshot(name))?.queues.map((queue) => queue.name);

test('opens with the demo queues, on a clock of its own that the connection lives by', async () => {
  const connection = await addSandbox();
  const { account, clock, sandbox } = await openSandbox();

  expect(isSandbox(connection)).toBe(true);
  expect(await queuesOf(account)).toContain('orders-poison');
  clock.advance(3_600_000);
  expect(nowOf(SANDBOX_ID) - Date.now()).toBeGreaterThan(3_590_000);
  expect((await sandboxFetch(`${connection.endpoint}/?comp=list`)).status).toBeGreaterThanOrEqual(400);
  expect((await openSandbox()).sandbox).toBe(sandbox);
});

test('a sandbox is kept for its tab, then between visits, then for its tab again', async () => {
  await addSandbox();
  const session = await openSandbox();
  await session.account.createQueue('mine');
  const tab = `tab/${tabName()}`;
  await expect.poll(() => keptQueues(tab)).toContain('mine');

  await addSandbox('device');
  await expect.poll(snapshotNames).toEqual(['device']);
  expect(await keptQueues('device')).toContain('mine');
  expect(session.isPersistedElsewhere).toBe(false);

  await addSandbox('tab');
  await expect.poll(snapshotNames).toEqual([tab]);
});

test('a tab that finds another one keeping its sandbox lasts as long as itself', async () => {
  const held = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  void navigator.locks.request('queuescope-sandbox', () => {
    held.resolve();
    return letGo.promise;
  });
  await held.promise;
  await addSandbox('device');
  const session = await openSandbox();
  expect(session.isPersistedElsewhere).toBe(true);
  expect(await snapshotNames()).toEqual([`tab/${tabName()}`]);
  letGo.resolve();
});

test('a reset sandbox has the demo queues or none', async () => {
  await addSandbox();
  const session = await openSandbox();
  const { account } = session;
  await account.createQueue('mine');
  await session.sandbox.startOver(false);
  expect(await queuesOf(account)).toEqual([]);
  await session.sandbox.startOver(true);
  expect(await queuesOf(account)).toContain('orders');
  expect(await queuesOf(account)).not.toContain('mine');
});

test('a request over its door ends at once when it is aborted, and breaks as over a network', async () => {
  await addSandbox();
  const { account, sandbox } = await openSandbox();
  sandbox.setFaults({ latency: 60_000 });
  const abort = new AbortController();
  const listing = account.peekMessages('orders', { signal: abort.signal });
  abort.abort();
  await expect(listing).rejects.toMatchObject({ name: 'AbortError' });
  sandbox.setFaults({ latency: 0, lostBefore: 1 });
  await expect(sandbox.fetch(SANDBOX.endpoint)).rejects.toThrow(new TypeError('Failed to fetch'));
});

test('a removed sandbox is deleted, and opening one again creates another', async () => {
  await addSandbox();
  const first = await openSandbox();
  await first.account.createQueue('mine');
  first.clock.advance(86_400_000);
  await forgetConnection(SANDBOX_ID);
  expect(currentConnections()).toEqual([]);
  expect(Math.abs(nowOf(SANDBOX_ID) - Date.now())).toBeLessThan(1000);
  await expect.poll(snapshotNames).toEqual([]);

  await addSandbox();
  const second = await openSandbox();
  expect(second.sandbox).not.toBe(first.sandbox);
  expect(await queuesOf(second.account)).not.toContain('mine');
});

test('sandboxes of closed tabs are removed, those kept between visits are not', async () => {
  await addSandbox('device');
  await openSandbox();
  const { stop } = await persistSandbox(createSandbox(), 'tab/closed-long-ago');
  stop();
  const { forgetClosedTabs } = await import('./sandbox-session');
  await forgetClosedTabs();
  expect(await snapshotNames()).toEqual(['device']);
  await deleteSnapshot('tab/closed-long-ago');
});
