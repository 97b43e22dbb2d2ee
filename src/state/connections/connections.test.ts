import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { createDeferred } from '@/bulk/requests/deferred';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { receiveNow } from '../messages/lease.fixture';
import { flushDeletes, scheduleDelete } from '../messages/pending-deletes';
import { recordsOf } from '../messages/records';
import { connectionStore, openedVault } from './connection-store';
import {
  addConnection,
  connectionOf,
  currentConnections,
  forgetAllConnections,
  forgetConnection,
  loadConnections,
  openWith,
} from './connections';

/** What was sent, and whether the connection had its secret when that was answered. */
let sent: { account: string; hadSecret: boolean }[];

/** A connection with a delete that waits for Undo. */
async function withWaitingDelete(account: string): Promise<string> {
  const credential = { kind: 'key' as const, key: await importKey(EMULATOR.key) };
  const endpoint = `https://${account}.queue.core.windows.net`;
  const { id } = await addConnection({ account, endpoint, credential }, 'tab');
  receiveNow({ connectionId: id, queue: 'orders' }, 'a', 300);
  const place = { queue: 'orders', records: recordsOf(id, 'orders') } as QueueTarget;
  const held = scheduleDelete(place, ['a'], async () => {
    await Promise.resolve();
    sent.push({ account, hadSecret: connectionOf(id) !== undefined });
  });
  expect(held).toBeDefined();
  return id;
}

beforeEach(() => void (sent = []));
afterEach(async () => {
  await flushDeletes();
  await forgetAllConnections();
});

const lock = () => openWith(undefined);
/** As another tab does it, of which this one hears. */
const forgetElsewhere = async (id: string) => {
  await (await openedVault()).forget(id);
  await loadConnections();
};

test.each<[string, (id: string) => Promise<unknown>]>([
  ['forgotten', forgetConnection],
  ['forgotten with all others', forgetAllConnections],
  ['forgotten by another tab', forgetElsewhere],
  ['locked', lock],
])('what waits to be deleted is sent before its connection is %s', async (_, letGo) => {
  const id = await withWaitingDelete('harborlane');
  const [connection] = currentConnections();
  if (connection) connectionStore.setState({ connections: [{ ...connection, isProtected: true }] });
  await letGo(id);
  expect(sent).toEqual([{ account: 'harborlane', hadSecret: true }]);
});

test('what waits of other connections goes on waiting', async () => {
  const id = await withWaitingDelete('harborlane');
  await withWaitingDelete('returns');
  await forgetConnection(id);
  expect(sent.map(({ account }) => account)).toEqual(['harborlane']);
});

test('a service that is silent does not keep a key from being forgotten', async () => {
  const id = await withWaitingDelete('harborlane');
  vi.useFakeTimers();
  receiveNow({ connectionId: id, queue: 'orders' }, 'b', 300);
  const silent = createDeferred();
  scheduleDelete({ queue: 'orders', records: recordsOf(id, 'orders') } as QueueTarget, ['b'], () => silent.promise);
  const forgetting = forgetConnection(id);
  await vi.advanceTimersByTimeAsync(4999);
  expect(connectionOf(id)).toBeDefined();
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await forgetting;
  expect(connectionOf(id)).toBeUndefined();
  silent.resolve();
});
