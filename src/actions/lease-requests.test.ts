import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type TestQueue, testQueue } from '@/queries/test-queue.fixture';
import { NO_FAULTS } from '@/sandbox/faults';
import { deletions } from '@/state/messages/deleted-messages';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { deleteWithUndo, extendLeased, releaseLeased } from './lease-requests';

// It draws, and looks at the page.
vi.mock('./waiting-deletes', () => ({ showWaitingDeletes: () => {} }));

let context: TestQueue;
beforeEach(async () => {
  context = await testQueue();
});
afterEach(async () => {
  await flushDeletes();
  for (const { id } of readToasts()) dismissToast(id);
});

const titles = () => readToasts().map(({ title, tone }) => [title, tone]);
const records = () => recordsOf(context.account.id, context.queue);
const noted = () => deletions.all().find(({ ref }) => ref.queue === context.queue)?.ids;
/** Another consumer takes a message away, by the receipt that this tab has. */
const takeAway = (id: string) =>
  context.consumer.deleteMessage(context.queue, { id, receipt: records().get(id)?.lease?.receipt ?? '' });

describe('releasing', () => {
  test('is said once all are released', async () => {
    const ids = await context.leased(2);
    await releaseLeased(context, ids);
    expect(titles()).toEqual([['Released 2 leases', 'success']]);
    expect(context.hidden()).toEqual([]);
  });

  test('of one says so', async () => {
    await releaseLeased(context, await context.leased(1));
    expect(titles()).toEqual([['Lease released', 'success']]);
  });

  test('that failed for one of them is no success', async () => {
    const ids = await context.leased(2);
    await takeAway(ids[0] ?? '');
    await releaseLeased(context, ids);
    expect(titles()).toEqual([['1 released, 1 not', 'danger']]);
  });

  test('that failed for the only one says what was not done', async () => {
    const ids = await context.leased(1);
    await takeAway(ids[0] ?? '');
    await releaseLeased(context, ids);
    expect(titles()).toEqual([['Lease not released', 'danger']]);
  });

  test('leaves what a job has alone, and says who has it', async () => {
    const ids = await context.leased(2);
    records().claim([ids[0] ?? ''], { kind: 'job', name: 'Move' });
    await releaseLeased(context, ids);
    expect(titles()).toEqual([['1 released, 1 not', 'danger']]);
    expect(context.hidden()).toEqual([ids[0]]);
  });
});

describe('extending', () => {
  test('shows by itself', async () => {
    const ids = await context.leased(1, 30);
    await extendLeased(context, ids, 900);
    expect(titles()).toEqual([]);
    // The service tells whole seconds.
    expect(records().get(ids[0] ?? '')?.lease?.endsAt).toBeGreaterThan(context.clock.now() + 899_000);
  });

  test('that failed says what was not done', async () => {
    const ids = await context.leased(2, 30);
    for (const id of ids) await takeAway(id);
    await extendLeased(context, ids.slice(0, 1), 900);
    expect(titles()).toEqual([['Lease not extended', 'danger']]);
    await extendLeased(context, ids, 900);
    expect(titles()[1]).toEqual(['0 extended, 2 not', 'danger']);
  });
});

describe('deleting', () => {
  test('takes what was deleted for what can be added again, with its text', async () => {
    const ids = await context.leased(3);
    await takeAway(ids[1] ?? '');
    expect(deleteWithUndo(context, ids)).toBe(true);
    expect(context.ids()).toHaveLength(2);
    await flushDeletes();
    expect(context.ids()).toEqual([]);
    expect(titles()).toEqual([['2 deleted, 1 not', 'danger']]);
    expect(noted()).toEqual([ids[0], ids[2]]);
    expect(records().get(ids[0] ?? '')?.message?.text).toBe('message 0');
  });

  test('whose answer was lost is not said to have failed, and cannot be added again', async () => {
    const ids = await context.leased(2);
    deleteWithUndo(context, ids);
    context.sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    await flushDeletes();
    expect(titles()).toEqual([['0 deleted, 2 perhaps', 'warn']]);
    expect(noted()).toBeUndefined();
  });

  test.each(['@/state/messages/deleted-messages', '@/bulk/work/lease-actions'])(
    'deletes nothing where %s does not arrive, says so, and lets go of the messages',
    async (part) => {
      const ids = await context.leased(1);
      vi.doMock(part, () => {
        throw new Error('not here');
      });
      onTestFinished(() => vi.doUnmock(part));
      expect(deleteWithUndo(context, ids)).toBe(true);
      await flushDeletes();
      expect(titles()).toEqual([['Message not deleted', 'danger']]);
      expect(context.ids()).toEqual(ids);
      // Nothing holds it: it can be deleted again.
      expect(records().get(ids[0] ?? '')?.claim).toBeUndefined();
      vi.doUnmock(part);
      expect(deleteWithUndo(context, ids)).toBe(true);
      await flushDeletes();
      expect(context.ids()).toEqual([]);
      expect(noted()).toEqual(ids);
    },
  );

  test('is not held back with less than eight seconds left, nor of what a job has', async () => {
    const ids = await context.leased(1, 30);
    const claim = { kind: 'job', name: 'Move' } as const;
    records().claim(ids, claim);
    expect(deleteWithUndo(context, ids)).toBe(false);
    records().unclaim(ids, claim);
    context.clock.advance(22_000);
    expect(deleteWithUndo(context, ids)).toBe(false);
    await flushDeletes();
    expect(context.ids()).toEqual(ids);
  });
});
