import { afterEach, expect, test, vi } from 'vitest';
import { numbered } from '@/bulk/bulk.fixture';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { receive } from '@/bulk/work/lease-actions';
import { currentJobs, type ListedJob } from '@/state/jobs/job-store';
import { jobScene } from '../jobs.fixture';
import { firstPart, type JobPart } from '../shared/job-part';
import { jobOptions, type Scope, scopeOf } from '../shared/scope';
import { beginDelete, beginMove } from './begin-message-jobs';

afterEach(() => vi.unstubAllGlobals());

const known = { approximate: undefined, threshold: 5 };
const pace = { concurrency: 1, perSecond: 0 };

type Scene = ReturnType<typeof jobScene>;

/** Begins a redrive of a scope, of its first five; and what its report offers. */
async function tried({ client }: Scene, from: QueueTarget, to: QueueTarget, scope: Scope) {
  const begin = (part: JobPart) =>
    beginMove(client, { ...jobOptions(scope, pace, 1000), ...part, action: 'redrive', from, to, isThere: true });
  const listed = await begin(firstPart(scope, begin));
  await listed.job.finished;
  return {
    listed,
    offers: () => listed.next?.isOffered(listed.job),
    left: () => listed.next?.left(listed.job),
    goOn: async (): Promise<ListedJob | undefined> => {
      listed.next?.run(listed.job);
      await vi.waitFor(() => expect(currentJobs()[0]).not.toBe(listed));
      const [rest] = currentJobs();
      await rest?.job.finished;
      return rest;
    },
  };
}

test('of a selection, the first five as they are shown go first, and one press does the rest, once', async () => {
  const scene = jobScene();
  const [from, to] = [await scene.fill('orders-poison', 12), await scene.fill('orders', 0)];
  const ids = scene.idsIn('orders-poison').toReversed();
  const scope = scopeOf(from.records, { queue: 'orders-poison', ids }, known);
  const { listed, left, offers, goOn } = await tried(scene, from, to, scope);
  expect(await scene.textsIn('orders')).toEqual(numbered(12).slice(7));
  expect([listed.job.counts.done, left(), offers()]).toEqual([5, 7, true]);
  const rest = await goOn();
  expect(rest?.job.counts.done).toBe(7);
  expect(offers()).toBe(false);
  expect(await scene.textsIn('orders')).toEqual(numbered(12));
});

test('of the whole queue, the first five at its front, and what came since is not in the rest', async () => {
  const scene = jobScene();
  const [from, to] = [await scene.fill('orders-poison', 12), await scene.fill('orders', 0)];
  const scope = scopeOf(from.records, { queue: 'orders-poison' }, { ...known, approximate: 12 });
  const { left, goOn } = await tried(scene, from, to, scope);
  expect(await scene.textsIn('orders')).toEqual(numbered(5));
  expect(left()).toBe(7);
  await scene.pass(10);
  await scene.account.sendMessage('orders-poison', { text: 'new' });
  expect((await goOn())?.job.counts.done).toBe(7);
  expect(await scene.textsIn('orders-poison')).toEqual(['new']);
});

test('one that failed is not done a second time by going on; a second try of it is a button of its own', async () => {
  const scene = jobScene();
  const [from, to] = [await scene.fill('orders-poison', 8), await scene.fill('orders', 0)];
  const ids = scene.idsIn('orders-poison');
  await receive(from, { count: 8, visibilityTimeout: 600 });
  const [bad = ''] = ids;
  from.records.claim([bad], { kind: 'job', name: 'Other' });
  const scope = scopeOf(from.records, { queue: 'orders-poison', ids }, known);
  const { listed, left, goOn } = await tried(scene, from, to, scope);
  expect(listed.job.counts).toMatchObject({ done: 4, skipped: 1 });
  expect(left()).toBe(3);
  expect((await goOn())?.job.counts).toMatchObject({ done: 3 });
  expect(await scene.textsIn('orders')).toHaveLength(7);
});

test('nothing is offered where fewer than five were there', async () => {
  const scene = jobScene();
  const [from, to] = [await scene.fill('orders-poison', 3), await scene.fill('orders', 0)];
  const scope = scopeOf(from.records, { queue: 'orders-poison' }, known);
  const { offers } = await tried(scene, from, to, scope);
  expect(offers()).toBe(false);
});

test('a job that cannot be begun again leaves the offer as it is', async () => {
  const scene = jobScene();
  const from = await scene.fill('orders', 10);
  const scope = scopeOf(from.records, { queue: 'orders', ids: scene.idsIn('orders') }, known);
  let isOff = false;
  const begin = (part: JobPart) =>
    isOff ? false : beginDelete(scene.client, from, { ...jobOptions(scope, pace, 1000), ...part, ids: scope.ids });
  const listed = begin(firstPart(scope, begin)) as ListedJob;
  await listed.job.finished;
  isOff = true;
  listed.next?.run(listed.job);
  await vi.waitFor(() => expect(listed.next?.isOffered(listed.job)).toBe(true));
  expect(await scene.textsIn('orders')).toHaveLength(5);
  expect(listed.after?.label).toBe('Add 5 again');
});
