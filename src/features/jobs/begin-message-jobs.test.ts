import { beforeEach, describe, expect, test, vi } from 'vitest';
import { around, failing, numbered } from '@/bulk/bulk.fixture';
import { receive } from '@/bulk/lease-actions';
import type { Place } from '@/bulk/place';
import { deletions } from '@/state/deletions';
import { currentJobs } from '@/state/jobs';
import { currentLeases } from '@/state/leases';
import { beginChangeText, beginSetVisibility } from './begin-change';
import { beginDelete } from './begin-delete';
import { beginMove } from './begin-move';
import { jobScene } from './jobs.fixture';
import { USUAL_PACE } from './pace-options';
import { jobOptions, scopeOf } from './scope';
import { NO_CHANGE } from './text-changes';

vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));

let scene: ReturnType<typeof jobScene>;
beforeEach(() => {
  scene = jobScene();
});

/** What a form says, left as it is but for what is given. */
function form(from: Place, ids?: readonly string[], { limit = 320, pace = USUAL_PACE } = {}) {
  const known = { approximate: undefined, threshold: 5 };
  return jobOptions(scopeOf(from.records, { queue: from.queue, ...(ids && { ids }) }, known), pace, limit);
}

const notedIn = (queue: string) =>
  deletions.all().flatMap(({ ref, what, ids }) => (ref.queue === queue ? [{ what, ids: ids.toSorted() }] : []));

const notAllowed = () => Promise.reject(new Error('Not allowed.'));

/** Refuses to delete one message. */
function refusing(from: Place, refused: string): Place {
  const deleteMessage: Place['account']['deleteMessage'] = (queue, message, options) =>
    message.id === refused ? notAllowed() : from.account.deleteMessage(queue, message, options);
  return { ...from, account: { ...from.account, deleteMessage } };
}

describe('delete', () => {
  test('takes what was chosen off the screen, and notes what was deleted and nothing else', async () => {
    const { client, fill, idsIn, textsIn, connection } = scene;
    const from = await fill('orders', 4);
    const ids = idsIn('orders');
    const [first = '', second = '', third = ''] = ids;
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const chosen = [first, second, third];
    const { job, retry } = beginDelete(client, refusing(from, second), { ...form(from, chosen), ids: chosen });
    await job.finished;
    expect(job.counts).toMatchObject({ done: 2, failed: 1 });
    expect(await textsIn('orders')).toEqual(['message 00001', 'message 00003']);
    expect(currentLeases(connection, 'orders').map(({ id }) => id)).toEqual([second]);
    await vi.waitFor(() => expect(notedIn('orders')).toEqual([{ what: 'deleted', ids: [first, third].toSorted() }]));
    retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(notedIn('orders')).toHaveLength(1);
  });

  test('goes no further than it may, and as fast', async () => {
    const { client, fill, idsIn, textsIn, clock } = scene;
    const from = await fill('orders', 60);
    const ids = idsIn('orders').slice(-1);
    const { job } = beginDelete(client, from, { ...form(from, ids, { limit: 40 }), ids });
    await job.finished;
    expect(job.leasing).toMatchObject({ received: 40, missing: ids });
    expect(await textsIn('orders')).toHaveLength(60);
    const front = idsIn('orders').slice(0, 3);
    const began = clock.now();
    let [working, most] = [0, 0];
    const watched = around(from, 'deleteMessage', {
      before: () => (most = Math.max(most, ++working)),
      after: () => working--,
    });
    const slow = beginDelete(client, watched, {
      ...form(from, front, { pace: { concurrency: 1, perSecond: 1 } }),
      ids: front,
    });
    await slow.job.finished;
    expect(slow.job.progress).toMatchObject({ done: 3, total: 3 });
    expect(most).toBe(1);
    expect(clock.now() - began).toBeGreaterThan(300);
  });
});

describe('move', () => {
  test.each([
    ['move', [], numbered(3)],
    ['redrive', [], numbered(3)],
    ['copy', numbered(3), numbered(3)],
  ] as const)('%s leaves %j and brings %j', async (action, left, brought) => {
    const { client, fill, textsIn, connection } = scene;
    const [from, to] = [await fill('orders', 3), await fill('other', 0)];
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const listed = await beginMove(client, { ...form(from), action, from, to, isThere: true });
    expect(listed).toMatchObject({ kind: action, where: 'orders to other', noun: 'message' });
    await listed.job.finished;
    expect(await textsIn('orders')).toEqual(left);
    expect(await textsIn('other')).toEqual(brought);
    expect(currentLeases(connection, 'orders')).toHaveLength(action === 'copy' ? 1 : 0);
  });

  test('has everybody who looks at one of both queues ask anew', async () => {
    const { client, fill } = scene;
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const { job } = await beginMove(client, { ...form(from), action: 'move', from, to, isThere: true });
    await job.finished;
    await vi.waitFor(() =>
      expect(invalidate.mock.calls.map(([filters]) => filters?.queryKey?.at(-1))).toEqual(['orders', 'other']),
    );
  });

  test('makes a target that is not there, and begins nothing when that cannot be made', async () => {
    const { client, fill, place, textsIn } = scene;
    const from = await fill('orders', 1);
    const to = place('new');
    const refused = { ...to, account: { ...to.account, createQueue: notAllowed } };
    const move = { ...form(from), action: 'move', from, isThere: false } as const;
    await expect(beginMove(client, { ...move, to: refused })).rejects.toThrow('Not allowed.');
    expect(currentJobs()).toEqual([]);
    await (await beginMove(client, { ...move, to })).job.finished;
    expect(await textsIn('orders', 'new')).toEqual(numbered(1));
    expect(await textsIn('new')).toEqual(numbered(1));
  });

  test('tries again only what failed, and does not copy twice what may be there', async () => {
    const { client, fill, textsIn } = scene;
    const [from, to] = [await fill('orders', 2), await fill('other', 0)];
    const target = failing(to, 'sendMessage', new Error('Not allowed.'));
    const listed = await beginMove(client, { ...form(from), action: 'move', from, to: target, isThere: true });
    await listed.job.finished;
    expect(listed.job.counts.failed).toBe(2);
    expect(await textsIn('orders')).toEqual(numbered(2));
    listed.retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(currentJobs()[0]?.job.progress).toMatchObject({ failed: 2, total: 2 });
  });
});

describe('set visibility', () => {
  test('hides for so long, and gives up the leases', async () => {
    const { client, fill, clock, account, connection } = scene;
    const from = await fill('orders', 3);
    await receive(from, { count: 2, visibilityTimeout: 30 });
    const listed = beginSetVisibility(client, from, { ...form(from), seconds: 600 });
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'visibility', where: 'orders' });
    expect(listed.job.counts.done).toBe(3);
    expect(currentLeases(connection, 'orders')).toEqual([]);
    clock.advance(599_000);
    expect(await account.peekMessages('orders')).toEqual([]);
    clock.advance(2000);
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });
});

describe('change text', () => {
  const change = { ...NO_CHANGE, find: 'message', replacement: 'text' };

  test('changes it, and keeps leased what was', async () => {
    const { client, fill, textsIn, connection } = scene;
    const from = await fill('orders', 2);
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const listed = beginChangeText(client, from, { ...form(from), change, isDryRun: false });
    await listed.job.finished;
    expect(await textsIn('orders')).toEqual(['text 00000', 'text 00001']);
    expect(currentLeases(connection, 'orders').map(({ text }) => text)).toEqual(['text 00000']);
    expect(listed).toMatchObject({ kind: 'text', dryRun: false });
  });

  test('only tries it when told', async () => {
    const { client, fill, textsIn } = scene;
    const from = await fill('orders', 2);
    const listed = beginChangeText(client, from, { ...form(from), change, isDryRun: true });
    await listed.job.finished;
    expect(listed).toMatchObject({ dryRun: true, job: { counts: { done: 2 } } });
    expect(await textsIn('orders')).toEqual(numbered(2));
  });
});
