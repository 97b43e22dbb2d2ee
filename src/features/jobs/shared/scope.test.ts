import { beforeEach, describe, expect, test } from 'vitest';
import { dropConnectionLeases } from '@/state/leases/leases';
import { receiveNow } from '@/state/messages/lease.fixture';
import { recordsOf } from '@/state/messages/records';
import { orderText, paceOptions, usualPace } from './pace-options';
import {
  jobOptions,
  leasingConsequences,
  needsSearch,
  renewalConsequence,
  scopeOf,
  scopeText,
  usualLimit,
  usualOrder,
} from './scope';

const orders = { connectionId: 'harborlane@local', queue: 'orders' };
const own = () => recordsOf(orders.connectionId, orders.queue);
type Known = { reach?: number; approximate?: number | undefined };
const scope = (ids?: string[], { reach, ...known }: Known = {}) =>
  scopeOf(
    own(),
    { queue: 'orders', ...(ids && { ids }), ...(reach !== undefined && { reach }) },
    { approximate: 40, threshold: 5, ...known },
  );
const ORDER = / go back /;
const all = (...args: Parameters<typeof leasingConsequences>) =>
  leasingConsequences(...args).flatMap((one) => (typeof one === 'object' ? (one.warning as string) : one || []));
/** Without what is said of the order, and that alone. */
const texts = (...args: Parameters<typeof leasingConsequences>) => all(...args).filter((one) => !ORDER.test(one));
const order = (...args: Parameters<typeof leasingConsequences>) => all(...args).filter((one) => ORDER.test(one));

beforeEach(() => dropConnectionLeases(orders.connectionId));

describe('the scope of a job', () => {
  test('a scope is the chosen messages, with what this tab has leased of them, or the whole queue', () => {
    receiveNow(orders, 'b', 60);
    receiveNow(orders, 'a', 300);
    receiveNow(orders, 'c', 20);
    own().claim(['c'], { kind: 'job', name: 'Move' });
    const chosen = scope(['a', 'b', 'c', 'd', 'e']);
    expect(chosen).toMatchObject({ isWhole: false, total: 5, leasedHere: 2, claimed: new Map([['Move', 1]]) });
    expect(chosen.unleased.map(({ id }) => id)).toEqual(['d', 'e']);
    expect(chosen.firstEnd).toBe(own().get('b')?.lease?.endsAt);
    expect(chosen.wanted).toEqual(new Set(['a', 'b', 'c', 'd', 'e']));
    expect(scope()).toMatchObject({ isWhole: true, wanted: 'all', total: 40, leasedHere: 2, unleased: [] });
    expect(scope(['d'])).toMatchObject({ leasedHere: 0, firstEnd: undefined });
  });

  test('a scope counts leases that a job left behind only when they were chosen', () => {
    receiveNow(orders, 'a');
    own().applyTo('a', { kind: 'handed', holder: 'left' });
    expect(scope(['a']).leasedHere).toBe(1);
    expect(scope().leasedHere).toBe(0);
  });

  test('a scope reads as a number of messages, about as many, or all', () => {
    expect(scopeText(scope(['a', 'b']))).toBe('2 messages');
    expect(scopeText(scope())).toBe('about 40 messages');
    expect(scopeText({ ids: undefined, total: undefined })).toBe('all messages');
  });
});

const some = (count: number) => Array.from({ length: count }, (_, index) => `id ${index}`);

describe('the usual limit of a search', () => {
  test.each([
    ['ten batches', scope(['a'], { approximate: 40 }), 320],
    ['twice as many as are searched for', scope(some(200)), 400],
    ['a tenth further than they are known to be', scope(['a'], { reach: 301 }), 332],
    ['the whole of a queue of up to a thousand', scope(['a'], { approximate: 900 }), 900],
    ['a thousand of a longer queue', scope(['a'], { approximate: 90_000 }), 1000],
    ['ten batches of a queue that cannot be counted', scope(['a'], { approximate: undefined }), 320],
  ])('a search receives at most %s', (_, chosen, limit) => expect(usualLimit(chosen)).toBe(limit));
});

describe('the options of a job', () => {
  test('the options are the chosen messages, pace, limit and total of the form', () => {
    receiveNow(orders, 'a');
    const pace = { concurrency: 3, perSecond: 7 };
    expect(jobOptions(scope(['a', 'b']), pace, 50)).toEqual({
      wanted: new Set(['a', 'b']),
      concurrency: 3,
      perSecond: 7,
      cap: 50,
      total: 2,
      foreseen: { inHand: 1, toFind: 1, reach: undefined, visible: 39 },
    });
    expect(jobOptions(scope(), pace, 50)).toEqual({
      wanted: 'all',
      concurrency: 3,
      perSecond: 7,
      total: 40,
      foreseen: { inHand: 1, toFind: 39, reach: undefined, visible: 39 },
    });
  });

  test('the options have no limit where nothing is searched for', () => {
    receiveNow(orders, 'a');
    expect(needsSearch(scope(['a']))).toBe(false);
    expect(jobOptions(scope(['a']), usualPace('nobody'), 1)).toMatchObject({
      wanted: new Set(['a']),
      concurrency: 8,
      total: 1,
    });
    expect(jobOptions(scope(['a']), usualPace('nobody'), 1)).not.toHaveProperty('cap');
    expect(needsSearch(scope(['a', 'b']))).toBe(true);
    expect(needsSearch(scope())).toBe(false);
  });

  test('0 messages per second means no limit', () => {
    expect(paceOptions({ concurrency: 1, perSecond: 0 })).toEqual({ concurrency: 1 });
    expect(paceOptions({ concurrency: 1, perSecond: 0.5 })).toEqual({ concurrency: 1, perSecond: 0.5 });
  });
});

const many = (approximate: number) => texts(scope(undefined, { approximate }), 0, true).join(' ');

describe('what leasing does to others', () => {
  test('chosen messages that are not leased yet are warned about', () => {
    receiveNow(orders, 'a');
    const [search, raised, ...more] = texts(scope(['a', 'b', 'c']), 64, true);
    expect(search).toMatch(/^2 messages are not leased yet: .*at most 64 messages\. /);
    expect(raised).toBe('Raises the dequeue count of 2 messages by 1.');
    expect(more).toEqual([]);
    expect(texts(scope(['a', 'b', 'c']), 64, false)).toHaveLength(1);
    expect(texts(scope(['a']), 64, true)).toEqual([]);
  });

  test('a whole queue is warned about, less the messages that are leased here; an empty one is not', () => {
    const [takes, raised] = texts(scope(), 0, true);
    expect(takes).toMatch(/when it begins, from the front\./);
    expect(raised).toBe('Raises the dequeue count of about 40 messages by 1.');
    receiveNow(orders, 'a');
    expect(texts(scope(), 0, false)[0]).toContain('and the 1 that you hold');
    expect(texts(scope(), 0, true)[1]).toBe('Raises the dequeue count of about 39 messages by 1.');
    expect(texts(scope(undefined, { approximate: 1 }), 0, true)).toHaveLength(1);
    expect(texts(scope(undefined, { approximate: undefined }), 0, true)[1]).toContain('of all messages by 1');
    expect(texts(scope(undefined, { approximate: 0 }), 0, true)).toHaveLength(1);
  });

  test('messages that another claim works on are left out, by its name', () => {
    for (const id of ['a', 'b']) receiveNow(orders, id);
    own().claim(['a', 'b'], { kind: 'job', name: 'Move' });
    expect(texts(scope(['a', 'b']), 1, true)).toEqual(['2 messages are left out: move has them.']);
    expect(texts(scope(['a']), 1, true)).toEqual(['1 message is left out: move has it.']);
    const whole = texts(scope(undefined, { approximate: 5 }), 0, true);
    expect(whole.at(-1)).toBe('Raises the dequeue count of about 3 messages by 1.');
  });

  test('messages that reach the poison threshold are counted', () => {
    for (const [id, dequeueCount] of [
      ['a', 3],
      ['b', 4],
    ] as const) {
      receiveNow(orders, id, 30, { dequeueCount });
      own().applyTo(id, { kind: 'time', now: Infinity });
    }
    expect(texts(scope(['a', 'b']), 1, true)[1]).toBe(
      'Raises the dequeue count of 2 messages by 1; 1 of them come to 5, the poison threshold.',
    );
  });

  test('the order in which messages are returned is said beforehand, once, and of Azure that it promises none', () => {
    const inOrder =
      'The messages go back one by one in their order, behind those that it did not receive. Azure promises no order.';
    const split =
      'Up to 1,000 messages go back one by one in their order, behind those that it did not receive; more go back 24 at a time, so that neighbours may change places. Azure promises no order.';
    expect(order(scope(), 0, true)).toEqual([inOrder]);
    expect(order(scope(['a']), 320, false)).toEqual([inOrder]);
    expect(order(scope(['a']), 5000, true)).toEqual([split]);
    expect(order(scope(undefined, { approximate: 1000 }), 0, true)).toEqual([split]);
    expect(order(scope(undefined, { approximate: undefined }), 0, true)).toEqual([split]);
    expect(order(scope(), 0, true, 'fast')).toEqual([
      'The messages go back 24 at a time, so that neighbours may change places.',
    ]);
    expect(order(scope(undefined, { approximate: 5000 }), 0, true, 'kept')).toEqual([inOrder]);
    // Nothing is returned but what could not be used up.
    expect(order(scope(), 0, false)).toEqual([]);
    receiveNow(orders, 'a');
    expect(order(scope(['a']), 320, true)).toEqual([]);
  });

  test('a whole queue is returned in its order unless it is long', () => {
    expect(usualOrder({ total: 1000 }, 0)).toBe('kept');
    expect(usualOrder({ total: 1001 }, 0)).toBe('fast');
    expect(usualOrder({ total: 1001 }, 50)).toBe('kept');
    expect(usualOrder({ total: undefined }, 0)).toBe('fast');
  });

  test('beyond 50,000 messages a reload is warned about', () => {
    expect(many(50_001)).toContain('All of them stay leased to the end');
    expect(many(50_000)).not.toContain('All of them stay leased to the end');
  });
});

test('the order of requests is said by how many are sent at a time', () => {
  expect(orderText('They are added', 'in their order', 1)).toBe(
    'They are added one after another, in their order. Azure promises no order.',
  );
  expect(orderText('They are added', 'in their order', 8)).toBe(
    'They are added 8 at a time, so that neighbours may change places.',
  );
});

test('a lease that ends too soon for a copy is extended first, with a warning', () => {
  receiveNow(orders, 'a', 60);
  const chosen = scope(['a']);
  const end = chosen.firstEnd ?? 0;
  expect(renewalConsequence(chosen, end - 30_000)).toBe(false);
  expect(renewalConsequence(chosen, end - 29_999)).toMatchObject({ warning: expect.stringContaining('15 s left') });
  expect(renewalConsequence(scope(['b']), end)).toBe(false);
});
