import { expect, test } from 'vitest';
import { lease, now } from '@/actions/message.fixture';
import { clockTime } from '@/words/times';
import { receivedText, stillHeld } from './received-text';

const received = (ids: string[], asked = ids.length) => ({ ids, asked });

test('what was received is what is held by a receipt that works, and nobody else has', () => {
  const leases = [
    lease('held'),
    lease('ended', { state: 'ended' }),
    lease('unknown', { state: 'unknown' }),
    lease('taken', { isTaken: true }),
    lease('before'),
  ];
  expect(stillHeld(leases, received(['held', 'ended', 'unknown', 'taken'])).map(({ id }) => id)).toEqual(['held']);
});

test('the end is that of the first lease', () => {
  const leases = [lease('a', { endsAt: new Date(now + 300_000) }), lease('b')];
  expect(receivedText(received(['a', 'b']), leases).title).toBe(
    `Received 2 messages, leased until ${clockTime(now + 30_000)}`,
  );
  expect(receivedText(received(['a', 'b', 'c']), leases).title).toMatch(/^Received 3 messages, 2 still leased until/);
});

test('that no more were visible is said only when fewer came than were asked for', () => {
  expect(receivedText(received(['a'], 2), [lease('a')]).detail).toBe('Asked for 2; no more were visible.');
  expect(receivedText(received(['a']), [lease('a')]).detail).toBe('');
  expect(receivedText({ asked: 3, ids: ['a'], hidden: 2 }, [lease('a')]).detail).toBe(
    '2 more messages came without a receipt that can be read, and stay hidden as long.',
  );
});
