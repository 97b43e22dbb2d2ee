import { describe, expect, test } from 'vitest';
import { wrapText } from '@/azure/bodies/encode-layers';
import { createMessageIndex } from './message-index';
import { parseFilter } from './parse-filter';
import type { Entry, Query } from './protocol';
import { createQueryRunner } from './run-query';

const now = Date.parse('2026-11-17T09:41:00Z');
const TEXTS = [
  '{"order":1,"total":120,"tier":"gold"}',
  btoa('{"order":2,"total":80,"tier":"gold"}'),
  '{"order":3,"total":9007199254740993,"tier":"basic"}',
  'plain words',
  '{"order":5,"total":120}',
];

function ask(query: Partial<Query> & { filter?: string }, change: Partial<Entry>[] = []) {
  const messageIndex = createMessageIndex();
  TEXTS.forEach((text, slot) =>
    messageIndex.put({
      slot,
      id: `id-${slot}`,
      text,
      insertedAt: now - slot * 60_000,
      expiresAt: slot === 3 ? null : now + slot * 3_600_000,
      dequeueCount: slot % 2,
      size: text.length,
      leaseEnds: null,
      ...change[slot],
    }),
  );
  const { terms } = parseFilter(query.filter ?? '');
  const whole: Query = { expressions: [], ...query, terms };
  return createQueryRunner(messageIndex).run(
    whole,
    now,
    () => true,
    () => {},
  );
}
const slots = async (...args: Parameters<typeof ask>) => [...((await ask(...args))?.slots ?? [])];

describe('a question', () => {
  test('with a filter looks inside of what is packed', async () => {
    expect(await slots({ filter: 'gold' })).toEqual([0, 1]);
    expect(await slots({ filter: 'format:json -gold' })).toEqual([2, 4]);
  });

  test('is answered in the order asked for; what has no value comes last both ways', async () => {
    expect(await slots({ sort: { column: 'expires', descending: false } })).toEqual([0, 1, 2, 4, 3]);
    expect(await slots({ sort: { column: 'expires', descending: true } })).toEqual([4, 2, 1, 0, 3]);
    expect(await slots({ sort: { column: 'path:total', descending: false } })).toEqual([1, 0, 4, 2, 3]);
    expect(await slots({ sort: { column: 'path:total', descending: true } })).toEqual([2, 0, 4, 1, 3]);
    expect(await slots({ sort: { column: 'path:tier', descending: false } })).toEqual([2, 0, 1, 3, 4]);
  });

  test('leaves our leases on top, but in their own column', async () => {
    const leased = [{}, {}, {}, { leaseEnds: now + 9000 }, { leaseEnds: now + 5000 }];
    expect(await slots({ sort: { column: 'inserted', descending: false } }, leased)).toEqual([3, 4, 2, 1, 0]);
    expect(await slots({ sort: { column: 'lease', descending: false } }, leased)).toEqual([4, 3, 0, 1, 2]);
  });

  test('takes what cannot be read of a message for no value: last in both orders, in no filter by it, and in expressions', async () => {
    const unknown = { insertedAt: Number.NaN, expiresAt: Number.NaN, dequeueCount: Number.NaN };
    const broken = [{}, unknown];
    for (const column of ['inserted', 'expires', 'dequeues'])
      for (const descending of [true, false]) {
        const found = await slots({ sort: { column, descending } }, broken);
        expect(found.indexOf(1)).toBeGreaterThan(2);
      }
    expect(await slots({ filter: 'deq:>=0' }, broken)).toEqual([0, 2, 3, 4]);
    expect(await slots({ filter: 'age:>=0s' }, broken)).not.toContain(1);
    expect(await slots({ expressions: ['$message.size > 0'] }, broken)).toEqual([0, 1, 2, 3, 4]);
    expect((await ask({ group: 'dequeues' }, broken))?.groups?.groups.map(({ label }) => label)).toContain(
      'Cannot be read',
    );
  });

  test('counts what is in a column, and keeps one of its values', async () => {
    const found = await ask({ group: 'path:total', filter: 'order' });
    expect(found?.groups?.groups).toEqual([
      { key: '120', label: '120', count: 2 },
      { key: '"9007199254740993"', label: '9007199254740993', count: 1 },
      { key: '80', label: '80', count: 1 },
    ]);
    expect(await slots({ group: 'path:tier', picked: { column: 'path:tier', key: '' } })).toEqual([3, 4]);
    expect((await ask({ group: 'dequeues' }))?.groups?.groups.map(({ label, count }) => `${label}: ${count}`)).toEqual([
      '0: 3',
      '1: 2',
    ]);
  });
});

describe('an expression', () => {
  test('keeps the messages whose body it holds for, and all of several must', async () => {
    expect(await slots({ expressions: ['tier = "gold"'] })).toEqual([0, 1]);
    expect(await slots({ expressions: ['tier = "gold"', 'total > 100'] })).toEqual([0]);
    expect(await slots({ expressions: ['$message.dequeueCount = 1'] })).toEqual([1, 3]);
  });

  test('never compares a number that JavaScript would round: it is the text of its digits', async () => {
    expect(await slots({ expressions: ['total = "9007199254740993"'] })).toEqual([2]);
    expect(await slots({ expressions: ['total = "9007199254740992"'] })).toEqual([]);
    const found = await ask({ expressions: ['total = 9007199254740993'] });
    expect(found?.problems).toEqual([
      {
        expression: 'total = 9007199254740993',
        at: 8,
        message: expect.stringMatching(/more digits.*"9007199254740993"/),
      },
    ]);
    // The comparison is refused for that one message, and the rest is answered.
    expect(await ask({ expressions: ['total > 100'] })).toMatchObject({
      slots: Uint32Array.of(0, 4),
      problems: [
        {
          slot: 2,
          count: 1,
          at: 6,
          message: expect.stringMatching(/same data type\. A number as long as 9007199254740993 is text here/),
        },
      ],
    });
  });

  test('that cannot be read says where and filters nothing', async () => {
    const found = await ask({ expressions: ['total >', 'tier = "gold"'] });
    expect([...(found?.slots ?? [])]).toEqual([0, 1]);
    expect(found?.problems).toEqual([{ expression: 'total >', message: expect.any(String), at: 7 }]);
    expect(found?.counts).toEqual([{ expression: 'tier = "gold"', count: 2 }]);
  });

  test('says of how many messages it failed, and of the first', async () => {
    const found = await ask({ expressions: ['$sum(tier) > 1'] });
    expect(found?.problems).toMatchObject([{ slot: 0, count: 3, at: 1 }]);
  });
});

describe('what is not known', () => {
  /** 2 MiB of words, of which a search reads the first. */
  const long = `${'a b '.repeat(500_000)}gold`;
  const deep = `${'['.repeat(600)}"gold"${']'.repeat(600)}`;

  test('a message that is not read to its end is counted, when words are looked for', async () => {
    const packed = await wrapText(long, ['base64', 'gzip']);
    const found = await ask({ filter: 'gold' }, [{}, {}, {}, { text: packed }]);
    expect([...(found?.slots ?? [])]).toEqual([0, 1]);
    expect(found?.partlyRead).toEqual({ slot: 3, count: 1, reason: 'only the first 1 MiB are unpacked' });
    expect((await ask({ filter: 'deq:1' }, [{}, {}, {}, { text: packed }]))?.partlyRead).toBeUndefined();
    // What is nested too deep is read all the same.
    const whole = await ask({ filter: 'gold' }, [{}, {}, {}, { text: deep }]);
    expect([...(whole?.slots ?? [])]).toEqual([0, 1, 3]);
    expect(whole?.partlyRead).toBeUndefined();
  });

  test('an expression does not judge what cannot be read, or what it stops at: these stay among the matches', async () => {
    const source = 'tier = "gold" or $pad("", loop * 1000000000) = "x"';
    const found = await ask({ expressions: [source] }, [{}, {}, { text: '{"loop":1}' }, { text: deep }]);
    expect([...(found?.slots ?? [])]).toEqual([0, 1, 2, 3]);
    expect(found?.unjudged).toEqual([
      { expression: source, reason: 'it makes more than one message may have', slots: [2] },
      { expression: source, reason: 'nested more than 500 levels deep', slots: [3] },
    ]);
    expect(found?.counts).toEqual([{ expression: source, count: 2 }]);
  });

  test('a message that the worker was ended at is skipped by that expression, or by all', async () => {
    const expressions = ['tier = "gold"', 'total > 100'];
    const byOne = await ask({ expressions, skipped: [{ slot: 1, expression: 'total > 100' }] });
    expect([...(byOne?.slots ?? [])]).toEqual([0, 1]);
    expect(byOne?.unjudged).toEqual([{ expression: 'total > 100', reason: 'it took too long', slots: [1] }]);
    const byAll = await ask({ filter: 'silver', expressions: [], skipped: [{ slot: 4, expression: undefined }] });
    expect([...(byAll?.slots ?? [])]).toEqual([4]);
    expect(byAll?.unjudged).toEqual([{ expression: undefined, reason: 'it took too long', slots: [4] }]);
  });
});

const untested = async (...[query, change]: Parameters<typeof ask>) =>
  (await ask({ namesUntested: true, ...query }, change))?.untested;

describe('what is not known to match', () => {
  const deep = `${'['.repeat(600)}"gold"${']'.repeat(600)}`;

  test('is named with its reason, unless another condition rules it out', async () => {
    const failing = '$number(tier) > 1';
    const names = await untested({ expressions: [failing] });
    expect(names?.map(({ slot }) => slot)).toEqual([0, 1, 2]);
    expect(await untested({ expressions: [failing, 'total > 100'] })).toHaveLength(2);
    expect(await untested({ expressions: [failing], filter: 'basic' })).toHaveLength(1);
    expect(await untested({ expressions: [failing], picked: { column: 'path:tier', key: '"basic"' } })).toHaveLength(1);
    expect(await untested({ expressions: ['tier = "gold"'] }, [{}, {}, {}, { text: deep }])).toEqual([
      { slot: 3, reason: 'nested more than 500 levels deep' },
    ]);
  });

  test('is one that was read in part, where its body counts, also where what was read does not match', async () => {
    const packed = await wrapText(`${'a b '.repeat(500_000)}gold`, ['base64', 'gzip']);
    const change = [{}, {}, {}, { text: packed }];
    const named = [{ slot: 3, reason: 'only the first 1 MiB are unpacked' }];
    expect(await untested({ filter: 'gold' }, change)).toEqual(named);
    expect(await untested({ filter: '-gold' }, change)).toEqual(named);
    expect(await untested({ filter: 'gold deq:0' }, change)).toEqual([]);
    expect(await untested({ filter: 'deq:1' }, change)).toEqual([]);
  });

  test('is one that the worker was ended at, and is not told without being asked for', async () => {
    const skipped = [{ slot: 1, expression: undefined }];
    expect(await untested({ filter: 'silver', skipped })).toEqual([{ slot: 1, reason: 'it took too long' }]);
    expect((await ask({ filter: 'silver', skipped }))?.untested).toBeUndefined();
  });
});

describe('bodies of XML', () => {
  const bodies = ['EUR', 'EURO', 'EURO'].map((currency, index) => ({
    text: `<payment id="p${index}"><currency>${currency}</currency><sum>${index}</sum></payment>`,
  }));

  test('are counted, picked and sorted by an element, and by an attribute', async () => {
    const found = await ask({ group: 'path:payment.currency' }, bodies);
    expect(found?.groups?.groups.map(({ label, count }) => [label, count])).toEqual([
      ['Not there', 2],
      ['EURO', 2],
      ['EUR', 1],
    ]);
    const picked = await ask({ picked: { column: 'path:payment.currency', key: '"EURO"' } }, bodies);
    expect([...(picked?.slots ?? [])]).toEqual([1, 2]);
    const sorted = await ask({ sort: { column: 'path:payment["@id"]', descending: true } }, bodies);
    expect([...(sorted?.slots ?? [])]).toEqual([2, 1, 0, 3, 4]);
  });

  test('are judged by expressions', async () => {
    const found = await ask({ expressions: ['payment.currency = "EURO" and payment.sum > 1'] }, bodies);
    expect([...(found?.slots ?? [])]).toEqual([2]);
    const byAttribute = await ask({ expressions: ['payment.`@id` = "p0"'] }, bodies);
    expect([...(byAttribute?.slots ?? [])]).toEqual([0]);
  });
});
