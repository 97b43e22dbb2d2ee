import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestQueue, testQueue } from '@/queries/test-queue.fixture';
import { recordsOf } from '@/state/messages/records';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { releaseRestored } from './release-restored';

let context: TestQueue;
beforeEach(async () => {
  context = await testQueue();
});
afterEach(() => {
  for (const { id } of readToasts()) dismissToast(id);
});

const titles = () => readToasts().map(({ title, tone }) => [title, tone]);
/** Another consumer takes a message away, by the receipt that this tab has. */
const takeAway = (id: string) =>
  context.consumer.deleteMessage(context.queue, {
    id,
    receipt: recordsOf(context.account.id, context.queue).get(id)?.lease?.receipt ?? '',
  });

describe('releasing what outlived what leased it', () => {
  const progress: number[] = [];
  const release = (ids: readonly string[], signal = new AbortController().signal) =>
    releaseRestored(
      context,
      ids.map((id) => ({ connectionId: context.account.id, queue: context.queue, id, receipt: 'r', endsAt: Infinity })),
      { signal, onProgress: (released) => progress.push(released) },
    );
  beforeEach(() => {
    progress.length = 0;
  });

  test('counts as it goes, and says how many', async () => {
    expect(await release(await context.leased(2))).toEqual([]);
    expect(progress).toEqual([1, 2]);
    expect(titles()).toEqual([['Released 2 leases', 'success']]);
    expect(context.hidden()).toEqual([]);
  });

  test('tells those that had ended apart, and calls them no failure', async () => {
    const ids = await context.leased(2);
    await takeAway(ids[0] ?? '');
    expect(await release(ids)).toEqual([]);
    expect(titles()).toEqual([['Released 1 lease', 'success']]);
    expect(readToasts()[0]?.detail).toMatch(/^1 other had ended: another consumer received the message/);
  });

  test('says so when none was left', async () => {
    const ids = await context.leased(1);
    await takeAway(ids[0] ?? '');
    expect(await release(ids)).toEqual([]);
    expect(titles()).toEqual([['No lease was left to release', 'warn']]);
    expect(readToasts()[0]?.detail).toMatch(/^1 lease had ended/);
  });

  test('that is stopped leaves the others as they are', async () => {
    const ids = await context.leased(2);
    const stopped = new AbortController();
    stopped.abort();
    await release(ids, stopped.signal);
    expect(context.hidden()).toEqual(ids);
    expect(titles()).toEqual([]);
  });
});
