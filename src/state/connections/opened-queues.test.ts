import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { connectionStore } from './connection-store';
import {
  addConnection,
  changeConnection,
  currentConnections,
  forgetAllConnections,
  forgetConnection,
  openWith,
} from './connections';
import { forgetOpenedQueue, MOST_OPENED, openedQueuesOf, rememberQueue } from './opened-queues';

const add = async (account: string) =>
  (
    await addConnection(
      {
        account,
        endpoint: `https://${account}.queue.core.windows.net`,
        credential: { kind: 'key', key: await importKey(EMULATOR.key) },
      },
      'tab',
    )
  ).id;
const openedOn = (id: string) => openedQueuesOf(currentConnections().find((one) => one.id === id));

let id: string;
beforeEach(async () => {
  id = await add('harborlane');
});
afterEach(forgetAllConnections);

test('names are remembered for their connection alone, each once, in the order in which they were opened', async () => {
  const other = await add('cornerfold');
  for (const queue of ['orders', 'audit', 'orders']) await rememberQueue(id, queue);
  expect(openedOn(id)).toEqual(['orders', 'audit']);
  expect(openedOn(other)).toEqual([]);
});

test('a new secret keeps them, and a connection that is forgotten takes them with it', async () => {
  await rememberQueue(id, 'orders');
  await add('harborlane');
  expect(openedOn(id)).toEqual(['orders']);
  await forgetConnection(id);
  await add('harborlane');
  expect(openedOn(id)).toEqual([]);
});

test('a name that is forgotten is gone, and the others stay', async () => {
  for (const queue of ['orders', 'audit', 'stock']) await rememberQueue(id, queue);
  expect(await forgetOpenedQueue(id, 'audit')).toBe(true);
  expect(await forgetOpenedQueue(id, 'audit')).toBe(false);
  expect(openedOn(id)).toEqual(['orders', 'stock']);
});

test('their number is bounded: the one that was opened first is dropped', async () => {
  for (let at = 0; at <= MOST_OPENED; at++) await rememberQueue(id, `queue-${at}`);
  expect(openedOn(id)).toHaveLength(MOST_OPENED);
  expect(openedOn(id)[0]).toBe('queue-1');
  expect(openedOn(id).at(-1)).toBe(`queue-${MOST_OPENED}`);
});

test('a connection that is locked or read-only has them, and takes another', async () => {
  await rememberQueue(id, 'orders');
  await changeConnection(id, { readOnly: true });
  const [connection] = currentConnections();
  if (connection) connectionStore.setState({ connections: [{ ...connection, isProtected: true }] });
  await openWith(undefined);
  await rememberQueue(id, 'audit');
  expect(openedOn(id)).toEqual(['orders', 'audit']);
});

test('nothing is remembered for a connection that is not there', async () => {
  await rememberQueue('nobody', 'orders');
  expect(currentConnections().map((one) => one.id)).toEqual([id]);
});

test.each(['', 'ab', 'Orders', 'a--b', '-orders', 'orders/', '../orders', 'a'.repeat(64), 'orders\n', 'sig=abc%3D'])(
  '%j is no name, and is not remembered',
  async (name) => {
    await rememberQueue(id, name);
    expect(openedOn(id)).toEqual([]);
  },
);

const stored = (openedQueues: unknown) => changeConnection(id, { openedQueues: openedQueues as string[] });

describe('what another program left in the storage', () => {
  test.each([['orders'], { 0: 'orders', length: 1 }, 'orders', 7, null, undefined, new Map([['orders', 1]])])(
    '%j breaks nothing',
    async (value) => {
      await stored(value);
      expect(openedOn(id)).toEqual(Array.isArray(value) ? ['orders'] : []);
      await rememberQueue(id, 'audit');
      expect(openedOn(id).at(-1)).toBe('audit');
    },
  );

  test('only names are taken, each once, and no more than are remembered', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `queue-${at}`);
    await stored([null, {}, ['orders'], '<img>', '__proto__', 'orders', 'orders', ...many]);
    expect(openedOn(id)).toHaveLength(MOST_OPENED);
    expect(openedOn(id).every((name) => name.startsWith('queue-'))).toBe(true);
  });
});
