import { describe, expect, test } from 'vitest';
import { lease, message, now } from '@/actions/message.fixture';
import { describeError } from '@/azure/diagnosis/failure-text';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { NotReturned } from '@/bulk/leasing/leasing-report';
import type { MessageRow } from '@/messages/message-rows';
import type { Browse } from '@/state/messages/queue-browses';
import { shortSpan } from '../leases/lease-strip';
import { notReceivedTitle } from '../leases/receive-bar';
import { pausedRows } from '../rows/use-queue-rows';
import { capProblem, roughly } from './browse-bar';
import { reportAfter, saidOf } from './browse-queue';
import { browsedTitle } from './browse-result';

const hidden = (id: string, reason = 'Before.'): NotReturned => ({ id, receipt: 'r', until: new Date(now), reason });
const report = (change: Partial<Browse['report']> = {}): Browse['report'] => ({
  received: 0,
  returned: 0,
  lost: [],
  gone: 0,
  notReturned: [],
  maybeHidden: [],
  ended: undefined,
  ...change,
});

describe('before a browse', () => {
  test('its number is a whole one from 1', () => {
    expect([1, 1000].map(capProblem)).toEqual([undefined, undefined]);
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(capProblem(wrong)).toMatch(/a whole number from 1/);
  });

  test('its time is told no finer than it is known', () => {
    expect([0.2, 1, 99.4, 100, 5999, 6000, 86_400].map(roughly)).toEqual([
      '1 s',
      '1 s',
      '99 s',
      '2 min',
      '100 min',
      '2 hours',
      '24 hours',
    ]);
  });
});

const on = (received: number, change: Partial<Parameters<typeof saidOf>[1]> = {}) => ({
  queue: 'orders',
  phase: 'leasing' as const,
  expected: 100,
  kept: 0,
  listed: received,
  failure: undefined,
  report: report({ received }),
  ...change,
});

const endOf = (change: Partial<Parameters<typeof saidOf>[1]>) => saidOf(on(32), on(40, { phase: 'ended', ...change }));

describe('on the way of a browse', () => {
  test('each quarter is said once, also when more come than were expected', () => {
    expect(saidOf(on(0), on(24))).toBeUndefined();
    expect(saidOf(on(24), on(25))).toBe('Browsed 25% of orders');
    expect(saidOf(on(25), on(49))).toBeUndefined();
    expect(saidOf(on(32), on(96))).toBe('Browsed 75% of orders');
    expect(saidOf(on(96), on(500))).toBeUndefined();
    expect(saidOf(on(0), on(32, { expected: undefined }))).toBeUndefined();
  });

  test('its end is said with what became of the messages', () => {
    expect(endOf({})).toBe('Browsed 40 messages of orders, all returned');
    expect(endOf({ kept: 40 })).toBe('Browsed 40 messages of orders, leases kept');
    expect(endOf({ kept: 39, report: report({ notReturned: [hidden('a')] }) })).toBe('Browsed 40 messages of orders');
    expect(endOf({ report: report({ ended: 'aborted', returned: 40 }) })).toBe(
      'Cancelled after 40 messages of orders, all returned',
    );
    const failure = new StorageError('Azure is busy.', { status: 503 });
    expect(endOf({ failure, report: report({ ended: 'failed' }) })).toBe(
      `Stopped after 40 messages of orders, all returned. ${describeError(failure).reason}`,
    );
    const gone = new StorageError('Gone.', { status: 404, code: 'QueueNotFound' });
    expect(endOf({ failure: gone, report: report({ ended: 'failed' }) })).toBe(
      'Stopped after 40 messages of orders. The queue was deleted.',
    );
  });
});

const titleOf = (change: Partial<Browse['report']>, kept = 0, wasDeleted = false) =>
  browsedTitle(
    { queue: 'orders', kept, report: report({ received: 40, returned: 40, ended: 'empty', ...change }) },
    wasDeleted,
  );

describe('after a browse', () => {
  test('its title says how it ended, and whether all were returned', () => {
    expect(titleOf({})).toBe('Browsed 40 messages, all returned');
    expect(titleOf({ returned: 39 })).toBe('Browsed 40 messages, 39 returned');
    expect(titleOf({ ended: 'aborted' })).toBe('Cancelled after 40 messages, all returned');
    expect(titleOf({ ended: 'failed', returned: 8 })).toBe('Stopped after 40 messages, 8 returned');
    expect(titleOf({ returned: 0 }, 40)).toBe('Browsed 40 messages, leases kept');
    expect(titleOf({ returned: 12 }, 28)).toBe('Browsed 40 messages, 12 returned, 28 kept');
    expect(titleOf({ ended: 'failed' }, 0, true)).toBe('orders was deleted after 40 messages');
  });

  test('what was tried again is returned, over, or hidden still with the newest reason', () => {
    const before = report({
      received: 5,
      returned: 1,
      notReturned: [hidden('back'), hidden('lost'), hidden('gone'), hidden('still'), hidden('untried')],
    });
    const after = reportAfter(
      before,
      new Map([
        ['back', 'returned'],
        ['lost', 'lost'],
        ['gone', 'gone'],
        ['still', 'held'],
      ]),
      new Map([
        ['still', 'Now.'],
        ['lost', 'Void.'],
      ]),
    );
    expect(after.notReturned).toEqual([hidden('still', 'Now.'), hidden('untried')]);
    expect(after.returned).toBe(2);
    expect(after.lost).toEqual(['lost', 'gone']);
  });
});

test('a receive without an answer is not said to have brought nothing', () => {
  expect(notReceivedTitle(new UnreachableError('Lost.', { ambiguous: true }))).toBe('The receive got no answer');
  expect(notReceivedTitle(new StorageError('Gone.', { status: 404 }))).toBe('Nothing received');
  expect(notReceivedTitle(new StorageError('No receipt.', { status: 200 }))).toBe('What was received cannot be read');
  expect(notReceivedTitle(new StorageError('', { status: 500, operation: 'Get Messages' }))).toBe(
    'The receive failed at a message',
  );
});

const row = (id: string, isLeased = false) =>
  ({ id, message: message(id), lease: isLeased ? lease(id) : undefined }) as MessageRow;

test('while somebody reads, new rows wait, and what was leased does not', () => {
  const rows = [row('leased', true), row('new'), row('seen')];
  const { waiting, visible } = pausedRows(rows, new Set(['seen']));
  expect(waiting.map(({ id }) => id)).toEqual(['new']);
  expect(visible.map(({ id }) => id)).toEqual(['leased', 'seen']);
});

test('what is left of a lease fits in a ring', () => {
  expect([0, 99, 100, 5999, 6000, 172_799, 172_800, 604_800].map(shortSpan)).toEqual([
    0,
    99,
    '1m',
    '99m',
    '1h',
    '47h',
    '2d',
    '7d',
  ]);
});
