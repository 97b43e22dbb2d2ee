import { beforeEach, describe, expect, test, vi } from 'vitest';
import { around, failing, numbered } from '@/bulk/bulk.fixture';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { receive } from '@/bulk/work/lease-actions';
import { currentJobs } from '@/state/jobs/job-store';
import { currentLeases } from '@/state/leases/held-leases.fixture';
import { deletions } from '@/state/messages/deleted-messages';
import { jobScene } from '../jobs.fixture';
import { usualPace } from '../shared/pace-options';
import { jobOptions, scopeOf } from '../shared/scope';
import { NO_CHANGE } from '../text/text-changes';
import { beginChangeText, beginDelete, beginMove, beginSetVisibility } from './begin-message-jobs';

vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));
const openDialog = vi.hoisted(() => vi.fn<(open: unknown) => void>());
vi.mock('@/state/navigation/open-dialog', () => ({ openDialog, currentDialog: () => undefined }));

let scene: ReturnType<typeof jobScene>;
beforeEach(() => {
  scene = jobScene();
});

/** The options of a form, with the usual values unless given. */
function form(from: QueueTarget, ids?: readonly string[], { limit = 320, pace = usualPace('nobody') } = {}) {
  const known = { approximate: undefined, threshold: 5 };
  return jobOptions(scopeOf(from.records, { queue: from.queue, ...(ids && { ids }) }, known), pace, limit);
}

const notedIn = (queue: string) =>
  deletions.all().flatMap(({ ref, what, ids }) => (ref.queue === queue ? [{ what, ids: ids.toSorted() }] : []));

const notAllowed = () => Promise.reject(new Error('Not allowed.'));

/** Refuses to delete one message. */
function refusing(from: QueueTarget, refused: string): QueueTarget {
  const deleteMessage: QueueTarget['account']['deleteMessage'] = (queue, message, options) =>
    message.id === refused ? notAllowed() : from.account.deleteMessage(queue, message, options);
  return { ...from, account: { ...from.account, deleteMessage } };
}

describe('delete', () => {
  test('deleted messages leave the screen and are noted; a refused one stays and is not', async () => {
    const { client, fill, idsIn, textsIn, connectionId } = scene;
    const from = await fill('orders', 4);
    const ids = idsIn('orders');
    const [first = '', second = '', third = ''] = ids;
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const chosen = [first, second, third];
    const { job, retry } = beginDelete(client, refusing(from, second), { ...form(from, chosen), ids: chosen });
    await job.finished;
    expect(job.counts).toMatchObject({ done: 2, failed: 1 });
    expect(await textsIn('orders')).toEqual(['message 00001', 'message 00003']);
    expect(currentLeases(connectionId, 'orders').map(({ id }) => id)).toEqual([second]);
    await vi.waitFor(() => expect(notedIn('orders')).toEqual([{ what: 'deleted', ids: [first, third].toSorted() }]));
    retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(notedIn('orders')).toHaveLength(1);
  });

  test('the texts of deleted messages are kept until they can be added again, and no longer', async () => {
    const { client, fill, idsIn } = scene;
    const from = await fill('orders', 3);
    await from.account.peekMessages('orders', { count: 1 });
    const [first = '', second = ''] = idsIn('orders');
    const dropping = around(from, 'deleteMessage', { after: () => from.records.dropText(first) });
    const keep = vi.spyOn(from.records, 'pin');
    const listed = beginDelete(client, dropping, { ...form(from, [first, second]), ids: [first, second] });
    await listed.job.finished;
    await vi.waitFor(() => expect(notedIn('orders')[0]?.ids).toEqual([first, second].toSorted()));
    const [[asked] = []] = keep.mock.calls;
    expect(keep).toHaveBeenCalledWith(asked, undefined);
    const deletion = deletions.all()[0]?.id;
    deletions.note({ ref: from.records.ref, what: 'deleted', ids: [first] });
    listed.after?.run();
    const addAgain = { kind: 'addAgain', connectionId: scene.connectionId, queue: 'orders', deletion };
    expect(openDialog).toHaveBeenLastCalledWith(addAgain);
  });
});

describe('a job follows the options of its form', () => {
  const seconds = 600;
  const change = { ...NO_CHANGE, find: 'message', replacement: 'text' };
  const begin: Record<
    string,
    (from: QueueTarget, options: ReturnType<typeof form>, ids: readonly string[]) => unknown
  > = {
    delete: (from, options, ids) => beginDelete(scene.client, from, { ...options, ids }),
    move: async (from, options) =>
      beginMove(scene.client, { ...options, action: 'move', from, to: await scene.fill('other', 0), isThere: true }),
    'set visibility': (from, options) => beginSetVisibility(scene.client, from, { ...options, seconds }),
    'change text': (from, options) => beginChangeText(scene.client, from, { ...options, change, isDryRun: false }),
  };

  test.each(Object.keys(begin))('%s receives no more messages than its limit', async (name) => {
    const { fill, idsIn, countsIn } = scene;
    const from = await fill('orders', 60);
    const ids = idsIn('orders').slice(-1);
    await begin[name]?.(from, form(from, ids, { limit: 40 }), ids);
    const [listed] = currentJobs();
    await listed?.job.finished;
    expect(listed?.job.leasing).toMatchObject({ received: 40, missing: ids });
    expect(listed?.job.progress.total).toBe(1);
    expect(countsIn('orders').size).toBe(60);
  });

  test.each(Object.keys(begin))('%s begins no more messages per second than its pace, one at a time', async (name) => {
    const { fill, idsIn, clock } = scene;
    const from = await fill('orders', 3);
    const ids = idsIn('orders');
    await receive(from, { count: 3, visibilityTimeout: 60 });
    const began = clock.now();
    let [working, most] = [0, 0];
    const counted = { before: () => (most = Math.max(most, ++working)), after: () => working-- };
    const watched = around(around(from, 'deleteMessage', counted), 'updateMessage', counted);
    await begin[name]?.(watched, form(from, ids, { pace: { concurrency: 1, perSecond: 1 } }), ids);
    const [listed] = currentJobs();
    await listed?.job.finished;
    expect(listed?.job.progress).toMatchObject({ done: 3, total: 3 });
    expect(most).toBe(1);
    expect(clock.now() - began).toBeGreaterThan(300);
  });
});

describe('move', () => {
  test.each([
    ['move', [], numbered(3)],
    ['redrive', [], numbered(3)],
    ['copy', numbered(3), numbered(3)],
  ] as const)('%s leaves %j in its queue and adds %j to the target', async (action, left, brought) => {
    const { client, fill, textsIn, connectionId } = scene;
    const [from, to] = [await fill('orders', 3), await fill('other', 0)];
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const listed = await beginMove(client, { ...form(from), action, from, to, isThere: true });
    expect(listed).toMatchObject({ kind: action, where: 'orders to other', noun: 'message' });
    await listed.job.finished;
    expect(await textsIn('orders')).toEqual(left);
    expect(await textsIn('other')).toEqual(brought);
    expect(currentLeases(connectionId, 'orders')).toHaveLength(action === 'copy' ? 1 : 0);
  });

  test('a move invalidates both queues', async () => {
    const { client, fill } = scene;
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const { job } = await beginMove(client, { ...form(from), action: 'move', from, to, isThere: true });
    await job.finished;
    await vi.waitFor(() =>
      expect(invalidate.mock.calls.map(([filters]) => filters?.queryKey?.at(-1))).toEqual(['orders', 'other']),
    );
  });

  test('a missing target is created first, and no job begins when that fails', async () => {
    const { client, fill, targetOf, textsIn } = scene;
    const from = await fill('orders', 1);
    const to = targetOf('new');
    const refused = { ...to, account: { ...to.account, createQueue: notAllowed } };
    const move = { ...form(from), action: 'move', from, isThere: false } as const;
    await expect(beginMove(client, { ...move, to: refused })).rejects.toThrow('Not allowed.');
    expect(currentJobs()).toEqual([]);
    // Where queues cannot be listed, the target most likely exists.
    await beginMove(client, { ...move, to: refused, isThere: undefined });
    expect(currentJobs()).toHaveLength(1);
    await currentJobs()[0]?.job.finished;
    await (await beginMove(client, { ...move, to })).job.finished;
    expect(await textsIn('orders', 'new')).toEqual(numbered(1));
    expect(await textsIn('new')).toEqual(numbered(1));
  });

  test('a retry of a move takes only what failed', async () => {
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
  test('messages are hidden for the given time, and their leases end', async () => {
    const { client, fill, clock, account, connectionId } = scene;
    const from = await fill('orders', 3);
    await receive(from, { count: 2, visibilityTimeout: 30 });
    const listed = beginSetVisibility(client, from, { ...form(from), seconds: 600 });
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'visibility', where: 'orders' });
    expect(listed.job.counts.done).toBe(3);
    expect(currentLeases(connectionId, 'orders')).toEqual([]);
    clock.advance(599_000);
    expect(await account.peekMessages('orders')).toEqual([]);
    clock.advance(2000);
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });
});

describe('change text', () => {
  const change = { ...NO_CHANGE, find: 'message', replacement: 'text' };

  test('texts are changed, and leased messages stay leased', async () => {
    const { client, fill, textsIn, connectionId } = scene;
    const from = await fill('orders', 2);
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const listed = beginChangeText(client, from, { ...form(from), change, isDryRun: false });
    await listed.job.finished;
    expect(await textsIn('orders')).toEqual(['text 00000', 'text 00001']);
    expect(currentLeases(connectionId, 'orders').map(({ text }) => text)).toEqual(['text 00000']);
    expect(listed).toMatchObject({ kind: 'text', dryRun: false });
  });

  test('a dry run changes no text', async () => {
    const { client, fill, textsIn } = scene;
    const from = await fill('orders', 2);
    const listed = beginChangeText(client, from, { ...form(from), change, isDryRun: true });
    await listed.job.finished;
    expect(listed).toMatchObject({ dryRun: true, job: { counts: { done: 2 } } });
    expect(await textsIn('orders')).toEqual(numbered(2));
  });

  test('the worker of an expression ends with the job', async () => {
    const { client, fill, textsIn } = scene;
    const terminate = vi.fn<() => void>();
    class Doubling extends EventTarget {
      constructor() {
        super();
        queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: '' })));
      }
      postMessage({ text }: { text: string }) {
        queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: text + text })));
      }
      terminate() {
        terminate();
      }
    }
    vi.stubGlobal('Worker', Doubling);
    vi.stubGlobal('location', new URL('http://localhost/'));
    const from = await fill('orders', ['a']);
    const expression = { ...change, find: '.', isRegex: true };
    const { job } = beginChangeText(client, from, { ...form(from), change: expression, isDryRun: false });
    await job.finished;
    expect(await textsIn('orders')).toEqual(['aa']);
    await vi.waitFor(() => expect(terminate).toHaveBeenCalledOnce());
  });
});

const undoOf = () => currentJobs()[0]?.after;

describe('undo', () => {
  test('of a move brings the texts back once, and leaves the target empty', async () => {
    const { client, fill, textsIn, idsIn } = scene;
    const [from, to] = [await fill('orders', 3), await fill('other', 0)];
    const ids = idsIn('orders').slice(0, 2);
    const listed = await beginMove(client, { ...form(from, ids), action: 'redrive', from, to, isThere: true });
    await listed.job.finished;
    expect(undoOf()).toMatchObject({ label: 'Undo' });
    expect(undoOf()?.isOffered?.()).toBe(true);
    undoOf()?.run();
    const undone = currentJobs()[0];
    await undone?.job.finished;
    expect(undone).toMatchObject({ kind: 'undoMove', where: 'other to orders' });
    expect(await textsIn('orders')).toEqual(numbered(3));
    expect(await textsIn('other')).toEqual([]);
    expect(listed.after?.isOffered?.()).toBe(false);
  });

  test('is not offered for a copy and a requeue, which have nothing to go back to', async () => {
    const { client, fill } = scene;
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    for (const [action, target] of [
      ['copy', to],
      ['requeue', from],
    ] as const) {
      const listed = await beginMove(client, { ...form(from), action, from, to: target, isThere: true });
      await listed.job.finished;
      expect(listed.after).toBeUndefined();
    }
  });

  test('of a change of text writes the old one where the message is leased still', async () => {
    const { client, fill, textsIn, idsIn } = scene;
    const from = await fill('orders', 3);
    await receive(from, { count: 2, visibilityTimeout: 600 });
    const change = { ...NO_CHANGE, find: 'message', replacement: 'changed' };
    const listed = beginChangeText(client, from, { ...form(from, idsIn('orders')), change, isDryRun: false });
    await listed.job.finished;
    expect(await textsIn('orders')).toEqual(numbered(3).map((text) => text.replace('message', 'changed')));
    expect(listed.after?.isOffered?.()).toBe(true);
    listed.after?.run();
    await currentJobs()[0]?.job.finished;
    expect(await textsIn('orders')).toEqual(['changed 00002', 'message 00000', 'message 00001']);
  });

  test('of a change and a move brings the old texts back, and what is refused can be tried again', async () => {
    const { client, fill, textsIn } = scene;
    const [from, to] = [await fill('orders', 2), await fill('other', 0)];
    const change = { ...NO_CHANGE, find: 'message', replacement: 'changed' };
    let isRefused = true;
    const mayRefuse = around(from, 'sendMessage', {
      before: () => {
        if (isRefused) throw new Error('Not allowed.');
      },
    });
    const listed = await beginMove(client, {
      ...form(from),
      action: 'move',
      change,
      from: mayRefuse,
      to,
      isThere: true,
    });
    await listed.job.finished;
    expect(await textsIn('other')).toEqual(numbered(2).map((text) => text.replace('message', 'changed')));
    await to.account.peekMessages('other', { count: 32 });
    undoOf()?.run();
    const undone = currentJobs()[0];
    await undone?.job.finished;
    expect(undone?.job.counts).toMatchObject({ failed: 2 });
    isRefused = false;
    undone?.retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(await textsIn('orders')).toEqual(numbered(2));
    expect(await textsIn('other')).toEqual([]);
  });

  test('of an older change of text is offered again once the newer one is undone', async () => {
    const { client, fill, textsIn } = scene;
    const from = await fill('orders', 1);
    await receive(from, { count: 1, visibilityTimeout: 600 });
    const changed = async (find: string, replacement: string) => {
      const listed = beginChangeText(client, from, {
        ...form(from),
        change: { ...NO_CHANGE, find, replacement },
        isDryRun: false,
      });
      await listed.job.finished;
      return listed;
    };
    const older = await changed('message', 'first');
    const newer = await changed('first', 'second');
    older.after?.run();
    await currentJobs()[0]?.job.finished;
    expect(await textsIn('orders')).toEqual(['second 00000']);
    for (const listed of [newer, older]) {
      expect(listed.after?.isOffered?.()).toBe(true);
      listed.after?.run();
      await currentJobs()[0]?.job.finished;
    }
    expect(await textsIn('orders')).toEqual(['message 00000']);
    expect(older.after?.isOffered?.()).toBe(false);
  });

  test('of a dry run is not offered', async () => {
    const { client, fill } = scene;
    const from = await fill('orders', 1);
    const change = { ...NO_CHANGE, find: 'message', replacement: 'changed' };
    const listed = beginChangeText(client, from, { ...form(from), change, isDryRun: true });
    await listed.job.finished;
    expect(listed.after).toBeUndefined();
  });
});

test('a text becomes empty only when that is allowed', async () => {
  const { client, fill, textsIn } = scene;
  const from = await fill('orders', 1);
  const change = { ...NO_CHANGE, find: 'message 00000', replacement: '' };
  await beginChangeText(client, from, { ...form(from), change, isDryRun: false }).job.finished;
  expect(await textsIn('orders')).toEqual(['message 00000']);
  await beginChangeText(client, from, { ...form(from), change: { ...change, mayEmpty: true }, isDryRun: false }).job
    .finished;
  expect(await textsIn('orders')).toEqual(['']);
});
