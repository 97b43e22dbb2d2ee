import { type MutationOptions, QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { connect, type Message } from '@/azure/account';
import { EMULATOR } from '@/azure/emulator';
import { importKey } from '@/azure/shared-key';
import { currentLease, dropConnectionLeases, type Lease } from '@/state/leases';
import { searchLeases } from './lease-messages';
import { deleteMessages, peekedMessages, receiveMessages, releaseLeases, updateMessage } from './messages';

const key = await importKey(EMULATOR.key);
const { url } = inject('azurite');
const connection = { account: EMULATOR.account, endpoint: url, credential: { kind: 'key', key } } as const;
const account = connect(connection);
const client = new QueryClient();
function run<Data, Failure, Variables, Result>(
  options: MutationOptions<Data, Failure, Variables, Result>,
  variables: Variables,
): Promise<Data> {
  return client.getMutationCache().build(client, options).execute(variables);
}

let number = 0;
let queue: string;
beforeEach(async () => {
  dropConnectionLeases(account.id);
  queue = `mutations-${Date.now()}-${++number}`;
  await account.createQueue(queue);
});
const send = (...texts: string[]) => Promise.all(texts.map((text) => account.sendMessage(queue, { text })));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);
const receive = async (count: number, visibilityTimeout = 60): Promise<Lease[]> =>
  run(receiveMessages(account, queue), { count, visibilityTimeout });
const held = (lease: Lease | undefined) => lease && currentLease(lease);

describe('a lease', () => {
  test('is kept by receive, with the time that the service gave', async () => {
    await send('a');
    const [lease] = await receive(1, 60);
    expect(held(lease)).toMatchObject({ text: 'a', state: 'held', total: 60, queue });
    const left = (lease?.endsAt.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(57_000);
    expect(left).toBeLessThan(61_500);
  });

  test('has the new text and the new receipt after an edit', async () => {
    await send('a');
    const [lease] = await receive(1);
    if (!lease) throw new Error('Nothing received');
    await run(updateMessage(account, queue), { lease, text: 'b', visibilityTimeout: 120 });
    expect(held(lease)).toMatchObject({ text: 'b', state: 'held', total: 120 });
    expect(held(lease)?.receipt).not.toBe(lease.receipt);
    // An edit that starts from what was received first works all the same.
    await run(updateMessage(account, queue), { lease, text: 'c', visibilityTimeout: 0 });
    expect(held(lease)).toBeUndefined();
    expect((await account.peekMessages(queue))[0]?.text).toBe('c');
  });

  test('can be extended, then edited, then its message deleted: each with the receipt of the one before', async () => {
    await send('a');
    const [lease] = await receive(1, 30);
    if (!lease) throw new Error('Nothing received');
    const extended = await run(updateMessage(account, queue), { lease, visibilityTimeout: 300 });
    const edited = await run(updateMessage(account, queue), { lease, visibilityTimeout: 300, text: 'b' });
    expect(new Set([lease.receipt, extended?.receipt, edited?.receipt]).size).toBe(3);
    expect(held(lease)).toMatchObject({ id: lease.id, text: 'b', state: 'held', total: 300 });
    const outcomes = await run(deleteMessages(account, queue), [lease]);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined]);
    expect(held(lease)).toBeUndefined();
    expect((await account.getQueueProperties(queue)).approximateMessageCount).toBe(0);
  });

  test('shows an edit before the answer is there', async () => {
    await send('a');
    const [lease] = await receive(1);
    if (!lease) throw new Error('Nothing received');
    const gate = new EventTarget();
    const slow = connect(connection, {
      fetch: async (...request) => {
        await new Promise((resolve) => gate.addEventListener('open', resolve));
        return fetch(...request);
      },
    });
    const edited = run(updateMessage(slow, queue), { lease, text: 'b', visibilityTimeout: 120 });
    await expect.poll(() => held(lease)).toMatchObject({ text: 'b', receipt: lease.receipt });
    gate.dispatchEvent(new Event('open'));
    await edited;
    expect(held(lease)?.receipt).not.toBe(lease.receipt);
  });

  test('takes a refused edit back, and is over when somebody else has the message', async () => {
    await send('a');
    const [lease] = await receive(1);
    if (!lease) throw new Error('Nothing received');
    await account.updateMessage(queue, lease, { visibilityTimeout: 60 });
    const edit = run(updateMessage(account, queue), { lease, text: 'b', visibilityTimeout: 120 });
    await expect(edit).rejects.toMatchObject({ code: 'PopReceiptMismatch' });
    expect(held(lease)).toMatchObject({ text: 'a', state: 'ended' });
  });

  test('is gone when its message is released or deleted', async () => {
    await send('a', 'b');
    const [first, second] = await receive(2);
    if (!first || !second) throw new Error('Too few received');
    await run(releaseLeases(account, queue), [first]);
    await run(deleteMessages(account, queue), [second]);
    expect([held(first), held(second)]).toEqual([undefined, undefined]);
    expect((await account.peekMessages(queue)).map(({ id }) => id)).toEqual([first.id]);
  });
});

test('deleting many tells which failed and why', async () => {
  await send('a', 'b', 'c');
  const leases = await receive(3);
  const [first] = leases;
  if (!first) throw new Error('Nothing received');
  await account.deleteMessage(queue, first);
  const outcomes = await run(deleteMessages(account, queue), leases);
  expect(outcomes.map(({ error }) => (error as { code?: string } | undefined)?.code)).toEqual([
    'MessageNotFound',
    undefined,
    undefined,
  ]);
});

test('a peeked row keeps its identity as long as it does not change', async () => {
  await send('a', 'b');
  const options = peekedMessages(account, queue, 32);
  async function peek(): Promise<Message[]> {
    await client.fetchQuery({ ...options, staleTime: 0 });
    return client.getQueryData(options.queryKey) ?? [];
  }
  const before = await peek();
  expect(await peek()).toBe(before);
  const [lease] = await account.receiveMessages(queue);
  if (!lease) throw new Error('Nothing received');
  await account.updateMessage(queue, lease, { visibilityTimeout: 0 });
  const after = await peek();
  expect(after).toContain(before.find(({ id }) => id !== lease.id));
  expect(after.find(({ id }) => id === lease.id)?.dequeueCount).toBe(1);
});

describe('leasing messages by their ids', () => {
  test('passes those ahead, releases them, and touches none behind when it knows how many are ahead', async () => {
    await send('a');
    const [wanted] = await send('b');
    await send('c');
    const ids = new Set([wanted?.id ?? '']);
    const result = await searchLeases(account, queue, { ids, visibilityTimeout: 60, ahead: 1 });
    expect(result).toMatchObject({ leases: [{ text: 'b', state: 'held' }], missing: [], passed: 1, stuck: 0 });
    expect(held(result.leases[0])).toBeDefined();
    const left = (await account.peekMessages(queue)).map(({ text, dequeueCount }) => `${text} ${dequeueCount}`);
    expect(left.toSorted((a, b) => a.localeCompare(b))).toEqual(['a 1', 'c 0']);
  });

  test('finds several wherever they are, with receipts that work', async () => {
    const sent = await send(...numbered(70));
    const ids = new Set([sent[3], sent[40], sent[65]].map((message) => message?.id ?? ''));
    const { leases, missing, passed } = await searchLeases(account, queue, { ids, visibilityTimeout: 60 });
    expect(new Set(leases.map(({ id }) => id))).toEqual(ids);
    expect(missing).toEqual([]);
    expect(passed).toBeGreaterThanOrEqual(62);
    const outcomes = await run(deleteMessages(account, queue), leases);
    expect(outcomes.every(({ error }) => error === undefined)).toBe(true);
    expect((await account.getQueueProperties(queue)).approximateMessageCount).toBe(67);
  });

  test('that are not there gives everything back', async () => {
    await send('a', 'b', 'c');
    const result = await searchLeases(account, queue, { ids: new Set(['nobody']), visibilityTimeout: 60 });
    expect(result).toEqual({ leases: [], missing: ['nobody'], passed: 3, stuck: 0 });
    expect(await account.peekMessages(queue)).toHaveLength(3);
  });

  test('goes no further than the limit', async () => {
    await send(...numbered(40));
    const result = await searchLeases(account, queue, { ids: new Set(['nobody']), visibilityTimeout: 60, limit: 33 });
    expect(result).toMatchObject({ leases: [], passed: 33, stuck: 0 });
    expect(await account.peekMessages(queue, { count: 32 })).toHaveLength(32);
  });

  test('that is cancelled stops after the batch under way and gives back what it holds', async () => {
    await send(...numbered(40));
    const control = new AbortController();
    const result = await searchLeases(account, queue, {
      ids: new Set(['nobody']),
      visibilityTimeout: 60,
      signal: control.signal,
      onProgress: () => control.abort(),
    });
    expect(result).toMatchObject({ leases: [], passed: 32, stuck: 0 });
    expect((await account.peekMessages(queue, { count: 32 })).length).toBe(32);
  });

  test('shows how far it is', async () => {
    await send(...numbered(40));
    const progress: number[] = [];
    await searchLeases(account, queue, {
      ids: new Set(['nobody']),
      visibilityTimeout: 60,
      onProgress: ({ passed }) => progress.push(passed),
    });
    expect(progress.slice(0, 2)).toEqual([32, 40]);
  });
});
