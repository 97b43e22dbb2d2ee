import { describe, expect, test } from 'vitest';
import type { MessageRow } from '@/messages/message-rows';
import type { Claim } from '@/messages/record';
import { lease, now, row } from '../message.fixture';
import { choose, inUse, leasesOf, type RowVerb } from './taken';

const move: Claim = { kind: 'job', name: 'Move' };
const search: Claim = { kind: 'job', name: 'A search' };
const free = row('free');
const held = row('held', { lease: lease('held') });
const lost = row('lost', { lease: lease('lost', { state: 'unknown', because: 'lostAnswer' }) });
const taken = row('taken', { lease: lease('taken'), claim: move });
const elsewhere = row('elsewhere', { elsewhere: now + 60_000 });
const all = [free, held, lost, taken, elsewhere];
const ids = (rows: readonly MessageRow[]) => rows.map(({ id }) => id);

describe('of chosen rows', () => {
  test.each<[RowVerb, string[]]>([
    ['edit', ['held']],
    ['extend', ['held']],
    ['release', ['held']],
    ['delete', ['free', 'held']],
    ['move', ['free', 'held']],
    ['copy', ['free', 'held']],
    ['changeMany', ['free', 'held']],
  ])('%s means those that nobody else has, by a receipt that works', (verb, able) => {
    expect(ids(choose(verb, all).rows)).toEqual(able);
    expect(choose(verb, all).reason).toBeUndefined();
  });

  test.each<[RowVerb, MessageRow[], string]>([
    ['delete', [], 'No message is selected or open'],
    ['release', [free], 'Needs a lease: lease the message first'],
    ['release', [free, free], 'Needs a lease: lease the selected messages first'],
    ['delete', [taken], 'Move has this message.'],
    ['delete', [taken, elsewhere], 'None of them is free: 2 in use'],
    ['move', [taken, taken], 'None of them is free: 2 in use by Move'],
    ['delete', [lost], 'The receipt that works now is not known. The message becomes visible when the lease ends.'],
  ])('%s of none says why', (verb, rows, reason) => {
    expect(choose(verb, rows)).toEqual({ rows: [], reason });
  });

  test('those in use are counted, and whose they are is said when it is one', () => {
    expect(inUse([free, held, lost])).toBeUndefined();
    expect(inUse(all)).toBe('2 in use');
    expect(inUse([held, taken])).toBe('1 in use by Move');
    expect(inUse([elsewhere])).toBe('1 in use by another tab');
    expect(inUse([row('a', { claim: search })])).toBe('1 in use by a search');
  });

  test('their leases are all or none', () => {
    expect(leasesOf([held, held])).toHaveLength(2);
    expect(leasesOf([held, taken])).toEqual([]);
  });
});
