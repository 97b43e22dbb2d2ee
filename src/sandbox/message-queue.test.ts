import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageQueue, NEVER_MS } from './message-queue';

/** The rules as one would write them without a thought for speed. */
class NaiveQueue {
  messages: { id: string; expiresAt: number; visibleAt: number; dequeueCount: number; receiptNumber: number }[] = [];

  living(now: number) {
    this.messages = this.messages.filter(({ expiresAt }) => expiresAt > now);
    return this.messages;
  }

  /** Sorting keeps the order of insertion where the times are the same. */
  visible(count: number, now: number) {
    return this.living(now)
      .filter(({ visibleAt }) => visibleAt <= now)
      .toSorted((a, b) => a.visibleAt - b.visibleAt)
      .slice(0, count);
  }

  nextLeaseEnd(now: number) {
    const loans = this.living(now).filter(({ visibleAt, dequeueCount }) => visibleAt > now && dequeueCount > 0);
    return loans.length === 0 ? undefined : Math.min(...loans.map(({ visibleAt }) => visibleAt));
  }
}

const span = fc.nat(40);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), lives: fc.option(fc.nat(60)), hidden: span }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('receive' as const), count: fc.nat(5), timeout: span }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('update' as const), pick: fc.nat(), timeout: span }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(25) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
);

describe('the messages of a queue', () => {
  test('are those of the naive queue after any history', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new MessageQueue();
        const naive = new NaiveQueue();
        let now = 1000;
        let receipts = 0;
        let ids = 0;
        for (const change of steps) {
          const living = naive.living(now);
          let got: unknown[] = [];
          let expected: object[] = [];
          const chosen = 'pick' in change ? living[change.pick % Math.max(1, living.length)] : undefined;
          if (change.kind === 'wait') now += change.ms;
          if (change.kind === 'clear') {
            queue.clear();
            naive.messages = [];
          }
          if (change.kind === 'add') {
            const message = {
              id: String(ids++),
              expiresAt: change.lives === null ? NEVER_MS : now + change.lives + 1,
              visibleAt: now + change.hidden,
              receiptNumber: receipts++,
            };
            queue.add({ ...message, text: '', insertedAt: now }, now);
            naive.messages.push({ ...message, dequeueCount: 0 });
          }
          if (change.kind === 'receive') {
            const before = receipts;
            got = queue.receive(change.count, now + change.timeout, now, () => receipts++);
            const front = naive.visible(change.count, now);
            for (const [n, message] of front.entries()) {
              message.visibleAt = now + change.timeout;
              message.dequeueCount++;
              message.receiptNumber = before + n;
            }
            expected = front;
          }
          if (change.kind === 'update' && chosen) {
            const message = queue.get(chosen.id, now);
            if (!message) throw new Error('Gone');
            chosen.visibleAt = now + change.timeout;
            chosen.receiptNumber = receipts;
            queue.update(message, now + change.timeout, now, receipts++);
          }
          if (change.kind === 'remove' && chosen) {
            const message = queue.get(chosen.id, now);
            if (!message) throw new Error('Gone');
            queue.remove(message);
            naive.messages = naive.messages.filter((one) => one !== chosen);
          }
          expect(got).toMatchObject(expected);
          expect(queue.count(now)).toBe(naive.living(now).length);
          expect(queue.peek(32, now)).toMatchObject(naive.visible(32, now));
          expect(queue.nextLeaseEnd(now)).toBe(naive.nextLeaseEnd(now));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('fall due by the thousand when the clock is moved, those that live on stay in order', () => {
    const queue = new MessageQueue();
    for (let n = 0; n < 2000; n++) {
      const lives = n % 10 === 0 ? NEVER_MS : 1000 + n;
      queue.add({ id: String(n), text: '', insertedAt: 0, expiresAt: lives, visibleAt: n, receiptNumber: n }, 0);
    }
    queue.receive(1, 9000, 5, () => 1);
    expect(queue.count(8000)).toBe(200);
    expect(queue.peek(3, 8000).map(({ id }) => id)).toEqual(['10', '20', '30']);
    expect(queue.nextLeaseEnd(8000)).toBe(9000);
    expect(queue.get('1', 8000)).toBeUndefined();
  });

  test('keep a place in the order that was kept elsewhere', () => {
    const queue = new MessageQueue(7);
    const kept = { text: '', insertedAt: 0, expiresAt: NEVER_MS, visibleAt: 3, dequeueCount: 1, receiptNumber: 1 };
    queue.restore({ ...kept, id: 'b', sequence: 2 }, 0);
    queue.restore({ ...kept, id: 'a', sequence: 1 }, 0);
    queue.add({ id: 'c', text: '', insertedAt: 0, expiresAt: NEVER_MS, visibleAt: 3, receiptNumber: 2 }, 0);
    expect(queue.nextLeaseEnd(0)).toBe(3);
    expect(queue.peek(9, 3).map(({ id, sequence }) => [id, sequence])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 7],
    ]);
  });
});
