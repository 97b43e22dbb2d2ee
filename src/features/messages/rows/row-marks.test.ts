import { expect, test, vi } from 'vitest';
import { message, now, row } from '@/actions/message.fixture';
import { isHidden } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import { clockTime } from '@/words/times';
import { expiringIn, isExpiring, isPoison, leaseMark } from './row-marks';

const until = now + 60_000;

test.each<[string, Partial<MessageRow>, ReturnType<typeof leaseMark>]>([
  ['a job has', { claim: { kind: 'job', name: 'Move' } }, { word: 'held', words: 'Held by Move' }],
  [
    'a browse has',
    { claim: { kind: 'browse', name: 'Browse all' } },
    { word: 'held', words: 'Held by Browse all until it is returned' },
  ],
  [
    'another tab has',
    { elsewhere: until },
    { word: 'held', words: `Another tab of this browser has leased it until ${clockTime(until)}.` },
  ],
  [
    'this tab has hidden for a time',
    { hidden: until },
    { word: 'hidden', words: `Hidden by this tab until ${clockTime(until)}, without a lease` },
  ],
])('a message that %s is marked as out of sight', (_, change, mark) => {
  expect(leaseMark(row('a', change))).toEqual(mark);
  expect(isHidden(row('a', change))).toBe(true);
});

test('a message that nobody here hides has no such mark', () => {
  expect(leaseMark(row('a', {}))).toBeUndefined();
  expect(isHidden(row('a', {}))).toBe(false);
});

const HOUR = 3_600_000;

const isExpiringAt = (expiresAt: Date | null) => isExpiring(row('a', { message: message('a', { expiresAt }) }), now);

test('a message is expiring within its last hour, and one that never expires is not', () => {
  expect([HOUR, HOUR - 1, 1, 0].map((left) => isExpiringAt(new Date(now + left)))).toEqual([false, true, true, true]);
  expect(isExpiringAt(null)).toBe(false);
});

const isPoisonWith = (dequeueCount: number) => isPoison(row('a', { message: message('a', { dequeueCount }) }), 5);

test('a message is poison from the threshold on', () => {
  expect([4, 5, 6].map(isPoisonWith)).toEqual([false, true, true]);
});

/** A row that expires then. */
const at = (id: string, expiresAt: number | undefined) =>
  row(id, { message: message(id, { expiresAt: expiresAt === undefined ? null : new Date(expiresAt) }) });

test('those that expire soon are counted anew when the next one comes to them, or the clock goes back', () => {
  const hour = 3_600_000;
  const rows = [at('a', now + hour - 1), at('b', now + hour + 1000), at('c', now + 2 * hour), at('d', undefined)];
  const looked = vi.spyOn(rows, Symbol.iterator);
  const counts = (...after: number[]) => after.map((ms) => expiringIn(rows, now + ms));

  expect(counts(0, 500, 999)).toEqual([1, 1, 1]);
  expect(looked).toHaveBeenCalledTimes(1);
  expect(counts(1001, 2000, hour + 1)).toEqual([2, 2, 3]);
  expect(counts(0)).toEqual([1]);
});
