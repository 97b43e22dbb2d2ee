import { expect, test } from 'vitest';
import { message, now } from '@/actions/message.fixture';
import { createRecords } from '@/messages/records';
import { clockTime } from '@/words/times';
import { emptyText, hiddenHere } from './no-rows';

const time = clockTime(now);
const words = (approximate: number | undefined, ours: number) => emptyText({ approximate, at: now, ours });

test('a queue without visible messages says who has hidden them', () => {
  const others = 'leased by other consumers, or waiting for a delay to end.';
  expect(words(7, 0)).toBe(`About 7 messages are in it, none visible at ${time}: ${others}`);
  expect(words(7, 6)).toBe(
    `About 7 messages are in it, none visible at ${time}: 6 hidden by this tab, the others ${others}`,
  );
  expect(words(7, 7)).toBe(`About 7 messages are in it, none visible at ${time}: this tab has hidden all of them.`);
  expect(words(1, 2)).toBe(`About 1 message is in it, none visible at ${time}: this tab has hidden all of them.`);
  for (const empty of [0, undefined]) expect(words(empty, 0)).toMatch(/^No visible messages at /);
});

test('what this tab has hidden for a time counts, and what it showed again does not', () => {
  const records = createRecords();
  records.open('a');
  const queue = records.of({ connectionId: 'a', queue: 'orders' });
  const evidence = () => queue.answeredNow(queue.tick(), now, undefined);
  for (const id of ['hidden', 'shown']) {
    queue.applyTo(id, { kind: 'peeked', message: message(id), evidence: evidence() });
    queue.applyTo(id, { kind: 'givenUp', until: now + 60_000, evidence: evidence() });
  }
  expect(hiddenHere(queue)).toBe(2);
  queue.applyTo('shown', { kind: 'peeked', message: message('shown'), evidence: evidence() });
  expect(hiddenHere(queue)).toBe(1);
});
