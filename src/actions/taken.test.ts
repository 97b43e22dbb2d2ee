import { describe, expect, test } from 'vitest';
import type { MessageRow } from '@/messages/message-rows';
import type { Claim } from '@/messages/record';
import { lease, now, row } from './message.fixture';
import { choose, inUse, leasesOf, type Need } from './taken';

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
  test.each<[Need, string[]]>([
    ['message', ['free', 'held', 'lost', 'taken', 'elsewhere']],
    ['free', ['free', 'held']],
    ['lease', ['held']],
  ])('%s means those that are so', (need, fit) => {
    expect(ids(choose(need, all).rows)).toEqual(fit);
    expect(choose(need, all).reason).toBeUndefined();
  });

  test.each<[Need, MessageRow[], string]>([
    ['message', [], 'No message is selected or open'],
    ['free', [], 'No message is selected or open'],
    ['lease', [free], 'Needs a lease: lease the message first'],
    ['lease', [free, free], 'Needs a lease: lease the selected messages first'],
    ['free', [taken], 'Move has this message.'],
    ['free', [taken, elsewhere], 'None of them is free: 2 in use'],
    ['free', [taken, taken], 'None of them is free: 2 in use by Move'],
    ['free', [lost], 'The receipt that works now is not known. The message becomes visible when the lease ends.'],
  ])('%s of none says why', (need, rows, reason) => {
    expect(choose(need, rows)).toEqual({ rows: [], reason });
  });

  test('a queue as a whole needs none', () => {
    expect(choose('lease', undefined)).toEqual({ rows: [], reason: undefined });
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
