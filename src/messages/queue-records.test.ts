import { describe, expect, test } from 'vitest';
import type { Evidence } from './evidence';
import type { Fact } from './fact';
import {
  answer,
  asked,
  BROWSE,
  cleared,
  DELETE,
  deleted,
  ID,
  JOB,
  leaseOf,
  message,
  peeked,
  REF,
  received,
  update,
  updated,
} from './facts.fixture';
import { type Change, type Pin, QueueRecords } from './queue-records';

function open() {
  let ticks = 0;
  return new QueueRecords(REF, () => ++ticks);
}

const answerNow = (records: QueueRecords) => records.answeredNow(records.tick(), 0, undefined);

const peek = (records: QueueRecords, ...ids: string[]) => {
  const evidence = answerNow(records);
  records.apply(ids.map((id) => [id, { kind: 'peeked', message: message(id, 0, id), evidence }]));
};

const receive = (records: QueueRecords, ...ids: string[]) => {
  const evidence = answerNow(records);
  records.apply(
    ids.map((id): [string, Fact] => [
      id,
      {
        kind: 'received',
        message: { ...message(id, 1, id), receipt: 'r1', visibleAt: new Date(30_000) },
        lease: leaseOf('r1', evidence),
        claim: undefined,
        evidence,
      },
    ]),
  );
};

const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => `m${from + index}`);
const idsOf = (all: Iterable<{ id: string }>) => [...all].map(({ id }) => id);

describe('what is known', () => {
  test('covers only messages that were seen', () => {
    const records = open();
    const evidence = answer(1);
    for (const fact of [
      asked(DELETE, 1),
      deleted(evidence),
      updated(update(30, 'b'), 'r1', 'r2', evidence),
      { kind: 'claimed', claim: JOB },
      { kind: 'elsewhere', news: { what: 'deleted' }, evidence },
    ] satisfies Fact[]) {
      records.applyTo('m0', fact);
    }
    expect(records.size).toBe(0);
    records.applyTo('m0', { kind: 'restored', lease: leaseOf('r1', evidence) });
    expect(records.size).toBe(1);
  });

  test('of all messages takes in what concerns all', () => {
    const records = open();
    peek(records, 'm0', 'm1');
    records.applyToAll(cleared(answerNow(records)));
    expect([...records.all()].map(({ standing }) => standing.is)).toEqual(['deleted', 'deleted']);
  });

  test.each<[string, (evidence: Evidence) => Fact]>([
    ['peek', (evidence) => peeked('a', evidence)],
    ['receive', (evidence) => received('a', 'r1', evidence)],
  ])('by a %s from before a clear may have been removed by that, until a later one shows it', (_, fact) => {
    const records = open();
    records.applyToAll(cleared(answer(2, 3)));
    for (const answered of [4, 5]) {
      records.applyTo(ID, fact(answer(1, answered)));
      expect(records.get(ID)?.standing).toMatchObject({ is: 'unknown', since: 'clear' });
    }
    records.applyTo(ID, fact(answer(6, 7)));
    expect(records.get(ID)?.standing.is).toBe('there');
  });

  test('by a peek from before a clear whose answer was lost is in doubt, until a later one shows it', () => {
    const records = open();
    const maybe: Fact = { kind: 'maybeCleared', evidence: answer(2, 3) };
    records.applyToAll(maybe);
    records.applyTo(ID, peeked('a', answer(1, 4)));
    expect(records.get(ID)?.standing).toMatchObject({ is: 'unknown', since: 'clear' });
    records.applyTo(ID, peeked('a', answer(5, 6)));
    expect(records.get(ID)?.standing.is).toBe('there');
  });

  test('since a clear whose answer was lost is not in doubt again by a second answer that was under way', () => {
    const records = open();
    records.applyToAll({ kind: 'maybeCleared', evidence: answer(2, 3) });
    records.applyTo(ID, peeked('a', answer(1, 4)));
    records.applyTo(ID, { kind: 'givenUp', until: 1e9, evidence: answer(5, 6) });
    records.applyTo(ID, peeked('a', answer(1, 7)));
    expect(records.get(ID)?.standing.is).toBe('hidden');
  });

  test('is in doubt by the last of two clears, with its answer or without', () => {
    const [maybe, clear]: [Fact, Fact] = [{ kind: 'maybeCleared', evidence: answer(3, 4) }, cleared(answer(5, 6))];
    for (const [all, evidence] of [
      [[maybe, clear], answer(5, 6)],
      [[clear, { ...maybe, evidence: answer(7, 8) }], answer(7, 8)],
    ] as const) {
      const records = open();
      for (const fact of all) records.applyToAll(fact);
      records.applyTo(ID, peeked('a', answer(2, 9)));
      expect(records.get(ID)?.standing).toEqual({ is: 'unknown', since: 'clear', evidence });
    }
  });

  test('after a clear is there by an answer that was asked for later, whichever gives the text', () => {
    const records = open();
    records.applyToAll(cleared(answer(2, 3)));
    records.applyTo(ID, peeked('b', answer(1, 5), 2));
    records.applyTo(ID, peeked('a', answer(4, 6), 1));
    expect(records.get(ID)).toMatchObject({ message: { text: 'b' }, standing: { is: 'there' } });
  });

  test('is dropped with its connection, and listeners are notified', () => {
    const records = open();
    receive(records, 'm0');
    const told: unknown[] = [];
    records.subscribe((changes, origin) => told.push([changes, origin]));
    records.clear();
    expect(told).toMatchObject([[[{ before: { id: 'm0' }, after: undefined }], 'own']]);
    expect([records.size, [...records.leased()].length]).toEqual([0, 0]);
  });
});

describe('those who listen', () => {
  test('are notified once per answer, and not when nothing changed', () => {
    const records = open();
    const told: (readonly Change[])[] = [];
    const stop = records.subscribe((changes) => told.push(changes));
    peek(records, 'm0', 'm1', 'm2');
    expect(told.map(({ length }) => length)).toEqual([3]);
    const { version } = records;
    records.applyTo('m0', { kind: 'time', now: 1e9 });
    records.apply([]);
    expect(told).toHaveLength(1);
    expect(records.version).toBe(version);
    receive(records, 'm1');
    expect(told[1]).toMatchObject([{ before: { lease: undefined }, after: { lease: { receipt: 'r1' } } }]);
    expect(records.version).toBeGreaterThan(version);
    stop();
    receive(records, 'm2');
    expect(told).toHaveLength(2);
  });

  test('are notified whether this tab or another made the change', () => {
    const records = open();
    peek(records, 'm0');
    const origins: string[] = [];
    records.subscribe((_, origin) => origins.push(origin));
    records.applyTo('m0', { kind: 'claimed', claim: JOB });
    records.applyTo('m0', { kind: 'elsewhere', news: { what: 'deleted' }, evidence: answer(9) }, 'elsewhere');
    expect(origins).toEqual(['own', 'elsewhere']);
  });
});

describe('those who listen to a queue of which no message is known', () => {
  test('are notified of a clear, and of no other fact', () => {
    const records = open();
    const told: unknown[] = [];
    records.subscribe((...all) => told.push(all));
    const fact = cleared(answer(1, 2));
    records.applyToAll({ kind: 'time', now: 1e9 });
    records.applyToAll(fact, 'elsewhere');
    expect(told).toEqual([[[], 'elsewhere', fact]]);
  });
});

describe('the index of what is leased', () => {
  test('has leases, running or ended, by whose they are, in the order they were leased, and what we hid or released', () => {
    const records = open();
    peek(records, 'm0', 'm1', 'm2', 'm3', 'm4');
    receive(records, 'm2', 'm0');
    receive(records, 'm1', 'm3');
    expect(idsOf(records.leased())).toEqual(['m2', 'm0', 'm1', 'm3']);
    expect(records.held).toBe(4);
    records.applyTo('m2', { kind: 'time', now: 1e9 });
    records.applyTo('m0', { kind: 'givenUp', until: 1e9, evidence: answer(9) });
    records.applyTo('m3', { kind: 'handed', holder: 'left' });
    const news = { what: 'leased', endsAt: 1e9, total: 9, dequeueCount: 1 } as const;
    records.applyTo('m4', { kind: 'elsewhere', news, evidence: answer(9) });
    expect(idsOf(records.leased('tab'))).toEqual(['m2', 'm1']);
    expect(idsOf(records.leased('left', 'elsewhere'))).toEqual(['m3', 'm4']);
    expect(idsOf(records.leased('nobody'))).toEqual(['m0']);
    expect(idsOf(records.leased()).toSorted()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
    expect(records.held).toBe(2);
    records.applyTo('m0', { kind: 'time', now: 1e9 });
    records.applyTo('m1', deleted(answer(9)));
    expect(idsOf(records.leased()).toSorted()).toEqual(['m2', 'm3', 'm4']);
    expect(records.held).toBe(1);
    records.applyTo('m3', updated(update(0), 'r1', 'r2', answer(10)));
    expect(idsOf(records.leased('nobody'))).toEqual(['m3']);
    records.clear();
    expect([idsOf(records.leased()), records.held]).toEqual([[], 0]);
  });
});

describe('a claim', () => {
  test('covers unclaimed messages only, and is ended by its owner only', () => {
    const records = open();
    receive(records, 'm0', 'm1');
    expect(records.claim(['m0'], JOB)).toEqual(new Set(['m0']));
    expect(records.claim(['m0', 'm1', 'unknown'], BROWSE)).toEqual(new Set(['m1']));
    records.unclaim(['m0', 'm1'], BROWSE);
    expect(records.get('m0')?.claim).toBe(JOB);
    expect(records.get('m1')?.claim).toBeUndefined();
  });
});

describe('calls that use the receipt of one message', () => {
  test('wait for one another, whatever becomes of them, and for no other message', async () => {
    const records = open();
    const log: string[] = [];
    const gates: (() => void)[] = [];
    const call = (name: string, fails = false) => {
      log.push(`${name} begins`);
      return new Promise<string>((resolve, reject) => {
        gates.push(() => {
          log.push(`${name} ends`);
          if (fails) reject(new Error(name));
          else resolve(name);
        });
      });
    };
    const first = records.inTurn('m0', () => call('first', true));
    const second = records.inTurn('m0', () => call('second'));
    const third = records.inTurn('m0', () => call('third'));
    const other = records.inTurn('m1', () => call('other'));
    expect(log).toEqual(['first begins', 'other begins']);
    gates[1]?.();
    await expect(other).resolves.toBe('other');
    gates[0]?.();
    await expect(first).rejects.toThrow('first');
    gates[2]?.();
    await expect(second).resolves.toBe('second');
    gates[3]?.();
    await expect(third).resolves.toBe('third');
    expect(log).toEqual([
      'first begins',
      'other begins',
      'other ends',
      'first ends',
      'second begins',
      'second ends',
      'third begins',
      'third ends',
    ]);
  });
});

describe('what nobody needs', () => {
  test('is dropped, so that memory is bounded by what is needed', () => {
    const records = open();
    let most = 0;
    for (let answers = 0; answers < 2000; answers++) {
      peek(records, ...many(answers * 32, 32));
      most = Math.max(most, records.size);
    }
    expect(most).toBeLessThan(1200);
    expect(records.get('m63999')).toBeDefined();
  });

  test('is every record not in a list, leased, hidden, claimed, pending or queued', async () => {
    const records = open();
    peek(records, 'listed', 'claimed', 'pending', 'inTurn', 'none', 'deleted', 'listed and deleted');
    receive(records, 'leased', 'ended', 'hidden');
    records.pin('a list', { has: (id) => id.startsWith('listed') });
    records.claim(['claimed'], JOB);
    records.applyTo('pending', asked(update(30), 5));
    records.applyTo('ended', { kind: 'time', now: 1e9 });
    records.applyTo('hidden', { kind: 'givenUp', until: 1e9, evidence: answer(9) });
    records.applyTo('deleted', deleted(answer(9)));
    records.applyTo('listed and deleted', deleted(answer(9)));
    records.applyTo('restored', { kind: 'restored', lease: leaseOf('r1', answer(9)) });
    const ends: (() => void)[] = [];
    const turn = records.inTurn('inTurn', () => new Promise<void>((resolve) => ends.push(resolve)));
    peek(records, ...many(0, 2000));
    peek(records, ...many(2000, 2000));
    const all = idsOf(records.all()).filter((id) => !/^m\d/.test(id));
    expect(all).toEqual([
      'listed',
      'claimed',
      'pending',
      'inTurn',
      'listed and deleted',
      'leased',
      'hidden',
      'restored',
    ]);
    for (const end of ends) end();
    await turn;
    records.unclaim(['claimed'], JOB);
    records.pin('a list', undefined);
    peek(records, ...many(4000, 8000));
    const left = idsOf(records.all()).filter((id) => !/^m\d/.test(id));
    expect(left).toEqual(['pending', 'leased', 'hidden', 'restored']);
  });

  test('is swept so seldom that the cost of an answer depends on its own messages only', () => {
    const records = open();
    let looks = 0;
    const keeper: Pin = {
      has(id) {
        looks++;
        return Number(id.slice(1)) < 20_000;
      },
    };
    records.pin('a long browse', keeper);
    const answers = 2000;
    for (let round = 0; round < answers; round++) peek(records, ...many(round * 32, 32));
    expect(records.size).toBeGreaterThanOrEqual(20_000);
    expect(records.size).toBeLessThan(2 * 20_000 + 2 * 1024 + 64);
    // Of 64,000 messages and at most twice as many as are needed: a few looks each.
    expect(looks).toBeLessThan(5 * answers * 32);
  });

  test('is not dropped while an older request is pending that would show the earlier state', () => {
    const records = open();
    const late = records.began();
    receive(records, 'gone', 'likely gone');
    const evidence = answerNow(records);
    records.applyTo('gone', deleted(evidence));
    records.applyTo('likely gone', {
      kind: 'refused',
      asked: DELETE,
      used: 'r1',
      afterLostAnswer: true,
      askedAt: 0,
      evidence,
    });
    peek(records, ...many(0, 5000));
    peek(records, ...many(5000, 15_000));
    const old = records.answeredNow(late, 0, undefined);
    for (const id of ['gone', 'likely gone']) {
      records.applyTo(id, { kind: 'peeked', message: message('a', 0, id), evidence: old });
      expect(records.get(id)?.standing.is).not.toBe('there');
    }
    records.ended(late);
    peek(records, ...many(20_000, 60_000));
    expect(records.get('gone')).toBeUndefined();
  });

  test.each<[string, (records: QueueRecords) => void]>([
    ['shows its text', (records) => peek(records, 'm')],
    ['says that it is deleted', (records) => records.applyTo('m', deleted(answerNow(records)))],
  ])('is not dropped while a request is pending that is older than the one that %s', (_, learn) => {
    const records = open();
    peek(records, 'm');
    const late = records.began();
    learn(records);
    const known = records.get('m');
    peek(records, ...many(0, 5000));
    expect(records.get('m')).toBe(known);
    records.ended(late);
  });

  test('includes texts that no list and no lease of a person shows', () => {
    const records = open();
    peek(records, 'm0', 'm1');
    receive(records, 'm2');
    records.pin('a list', { has: (id) => id === 'm1' });
    for (const id of ['m0', 'm1', 'm2', 'unknown']) records.dropText(id);
    expect(records.get('m0')).toMatchObject({ message: undefined, facts: { dequeueCount: 0 } });
    expect([records.get('m1')?.message?.text, records.get('m2')?.message?.text]).toEqual(['m1', 'm2']);
    expect(records.get('unknown')).toBeUndefined();
  });
});
