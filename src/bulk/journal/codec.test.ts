import { describe, expect, test } from 'vitest';
import { decodeHead, decodeJournal, encodeEvents, encodeHead } from './codec';
import type { JournalEvent, JournalHead } from './journal';

const head: JournalHead = {
  version: 1,
  id: 'a',
  kind: 'redrive',
  steps: ['send', 'delete'],
  noun: 'message',
  where: 'orders-poison to orders',
  from: { connectionId: 'c', queue: 'orders-poison' },
  to: { connectionId: 'c', queue: 'orders' },
  total: 2000,
  concurrency: 8,
  startedAt: 5,
};
const events: JournalEvent[] = [
  ['continued', 1],
  ['insertedBefore', 2],
  ['receiving', 1, 32, 9],
  ['received', 1, [['m', 'receipt', 9]]],
  ['notReceived', 2],
  ['passed', ['m']],
  ['updating', 'm', 9, ''],
  ['updated', 'm', 'receipt', 9],
  ['notUpdated', 'm', true],
  ['sending', 'm', 'print'],
  ['sent', 'm', 'copy', 'receipt', 9],
  ['notSent', 'm'],
  ['takingBack', 'm'],
  ['takenBack', 'm'],
  ['notTakenBack', 'm'],
  ['deleting', 'm'],
  ['deleted', 'm'],
  ['notDeleted', 'm', false],
  ['ended', 'm', 'failed', 'ServerBusy'],
];

test('a journal is read as it was written, event by event', () => {
  const parts = [encodeEvents(10, events.slice(0, 5)), encodeEvents(11, events.slice(5))];
  expect(decodeJournal(encodeHead(head), parts)).toEqual({ head, events, writtenAt: 11 });
});

describe('a journal that is not one is told, and not read', () => {
  test.each([
    ['nothing', undefined],
    ['no JSON', '{"version":1'],
    ['a list', '[]'],
    ['another version', JSON.stringify({ ...head, version: 2 })],
    ['an unknown kind', JSON.stringify({ ...head, kind: 'explode' })],
    ['an unknown step', JSON.stringify({ ...head, steps: ['send', 'explode'] })],
    ['a number as a queue', JSON.stringify({ ...head, from: 5 })],
    ['a queue with more in it', JSON.stringify({ ...head, from: { ...head.from, key: 'secret' } })],
    ['a count below zero', JSON.stringify({ ...head, total: -1 })],
    ['no beginning', JSON.stringify({ ...head, startedAt: undefined })],
    ['a time that is none', JSON.stringify({ ...head, startedAt: '5' })],
    ['what no version has', JSON.stringify({ ...head, text: 'a text' })],
    ['ids that are objects', JSON.stringify({ ...head, ids: [{}] })],
  ])('%s in the head', (_, text) => {
    expect(() => decodeHead(text)).toThrow(/journal of a job/);
  });

  test.each([
    ['nothing', undefined],
    ['no JSON', '[5,'],
    ['no time', JSON.stringify([['deleted', 'm']])],
    ['no list', JSON.stringify({ 0: 5 })],
    ['an unknown event', JSON.stringify([5, ['exploded', 'm']])],
    ['a name of every object', JSON.stringify([5, ['constructor', 'm']])],
    ['too little', JSON.stringify([5, ['sent', 'm']])],
    ['too much', JSON.stringify([5, ['deleted', 'm', 'n']])],
    ['a number as a receipt', JSON.stringify([5, ['updated', 'm', 5, 9]])],
    ['an endless time', '[5,["updating","m",1e999,""]]'],
    ['leases that are none', JSON.stringify([5, ['received', 1, [['m']]]])],
    ['a code with a text in it', JSON.stringify([5, ['ended', 'm', 'failed', 'a text of a message']])],
    ['a key without end', JSON.stringify([5, ['deleted', 'm'.repeat(2000)]])],
  ])('%s in a part', (_, part) => {
    expect(() => decodeJournal(encodeHead(head), [part])).toThrow('The journal of a job is damaged.');
  });
});
