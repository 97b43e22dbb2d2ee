import { describe, expect, test } from 'vitest';
import { BRIEF, WHOLE } from '@/azure/bodies/budget';
import { wrapText } from '@/azure/bodies/encode-layers';
import { compileExpression } from './expression';
import { innerMarks, shownThrough } from './inner-paths';
import { innerTexts } from './inner-values';
import { mayHoldInner } from './may-be-inner';
import { createMessageIndex } from './message-index';
import { parseFilter } from './parse-filter';
import type { Query } from './protocol';
import { createQueryRunner } from './run-query';
import { runTask } from './tasks';

const ORDER = '{"order":41907,"event":"created","customer":{"name":"Ada Lovelace","tier":"gold"}}';
const CELERY = JSON.stringify({
  body: btoa('[[41907],{"retry":false},{"callbacks":null,"errbacks":null,"chain":null,"chord":null}]'),
  'content-encoding': 'utf-8',
  headers: { lang: 'py', task: 'orders.tasks.ship', id: '3f0c1c9e-7f0b-4b3f-8d55-0f5f3b9d7a11' },
  properties: { body_encoding: 'base64', delivery_tag: 'b1c2' },
});
const DURABLE = btoa(
  JSON.stringify({ $type: 'TaskMessage', Event: { Name: 'Ship', Input: JSON.stringify([ORDER]), EventId: 0 } }),
);
const CLOUD_EVENT = JSON.stringify({ specversion: '1.0', id: '7', data_base64: btoa(ORDER) });
const NSERVICEBUS = JSON.stringify({
  Headers: { 'NServiceBus.ContentType': 'text/xml' },
  Body: btoa('<Order><Id>41907</Id></Order>'),
});

/** Name, envelope, path of the inner value, its chain, and a path through it with what a column shows there. */
const ENVELOPES: [string, string | Promise<string>, string, string, string | undefined, string | undefined][] = [
  ['Celery', CELERY, 'body', 'Base64 → JSON', 'body[0][0]', '41907'],
  ['Durable Functions', DURABLE, 'Event.Input', 'JSON', 'Event.Input[0].order', '41907'],
  ['CloudEvents', CLOUD_EVENT, 'data_base64', 'Base64 → JSON', 'data_base64.customer.tier', 'gold'],
  ['NServiceBus', NSERVICEBUS, 'Body', 'Base64 → XML', undefined, undefined],
  ['JSON in a string', JSON.stringify({ payload: ORDER }), 'payload', 'JSON', 'payload.order', '41907'],
  ['XML in a string', JSON.stringify({ payload: '<order id="41907"/>' }), 'payload', 'XML', undefined, undefined],
  [
    'gzip in a string',
    wrapText(ORDER, ['base64', 'gzip']).then((data) => JSON.stringify({ records: [{ data }] })),
    'records[0].data',
    'Base64 → gzip → JSON',
    'records[0].data.order',
    '41907',
  ],
  [
    'zlib in a string',
    wrapText(ORDER, ['base64', 'zlib']).then((data) => JSON.stringify({ data })),
    'data',
    'Base64 → zlib → JSON',
    'data.customer.name',
    'Ada Lovelace',
  ],
  [
    'text in Base64',
    JSON.stringify({ messageText: btoa('order 41907 is late') }),
    'messageText',
    'Base64 → Text',
    undefined,
    undefined,
  ],
  [
    'SNS in SQS',
    JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ detail: JSON.parse(ORDER) as unknown }) }),
    'Message',
    'JSON',
    'Message.detail.order',
    '41907',
  ],
  [
    'Pub/Sub push',
    JSON.stringify({ message: { data: btoa(ORDER), attributes: {} } }),
    'message.data',
    'Base64 → JSON',
    'message.data.order',
    '41907',
  ],
  ['MassTransit in a list', JSON.stringify([{ message: ORDER }]), '[0].message', 'JSON', '[0].message.order', '41907'],
  ['a key of dots', JSON.stringify({ 'a.b': ORDER }), '["a.b"]', 'JSON', '["a.b"].order', '41907'],
];

describe.each(ENVELOPES)('the payload in an envelope: %s', (_name, promised, path, chain) => {
  test('is offered with its chain, opened, and found by the filter', async () => {
    const text = await promised;
    const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE });
    expect(view.inner.map((one) => [one.path, one.chain])).toEqual([[path, chain]]);
    const [mark] = view.inner;
    expect(view.laidOut?.slice(mark?.start, mark?.end)).toMatch(/^".*"$/s);
    const opened = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE, inside: [path] });
    expect(
      opened.stages
        .map(({ label }) => label)
        .slice(chain.includes('Base64') ? 0 : 1)
        .join(' → '),
    ).toBe(chain);
    expect(opened.stages.at(-1)?.text).toContain('41907');
    expect(await found([text, '{"other":1}'], { filter: '41907' })).toEqual([0]);
    expect(await found([text, '{"other":1}'], { filter: '-41907' })).toEqual([1]);
  });
});

test.each(ENVELOPES.filter(([, , , , through]) => through !== undefined))(
  'a path through the payload is a column, sorts and counts: %s',
  async (_name, promised, _path, _chain, through = '', value) => {
    const text = await promised;
    const row = await runTask<'preview'>({ kind: 'preview', text, steps: undefined, paths: [through, 'none'] });
    expect(row.values.get(through)).toBe(value);
    expect(row.values.get('none')).toBeUndefined();
    const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE });
    // A list inside a string is offered by its own keys.
    expect([...view.paths, 'Event.Input[0].order']).toContain(through);
    const column = `path:${through}`;
    const picked = { column, key: JSON.stringify(Number(value) || value) };
    expect(await found(['{"other":1}', text], { picked })).toEqual([1]);
    expect(await found(['{"other":1}', text], { sort: { column, descending: false } })).toEqual([1, 0]);
  },
);

async function found(texts: readonly string[], { filter = '', ...query }: Partial<Query> & { filter?: string }) {
  const index = createMessageIndex();
  for (const [slot, text] of texts.entries())
    index.put({
      slot,
      id: `id-${slot}`,
      text,
      insertedAt: 0,
      expiresAt: null,
      dequeueCount: 0,
      size: 1,
      leaseEnds: null,
    });
  const answer = await createQueryRunner(index).run(
    { expressions: [], ...query, terms: parseFilter(filter).terms },
    0,
    () => true,
    () => {},
  );
  expect(answer?.problems).toEqual([]);
  return [...(answer?.slots ?? [])];
}

test('an expression sees through by $decode, which leaves all else as it is', async () => {
  const texts = [CELERY, CLOUD_EVENT, NSERVICEBUS, ORDER];
  expect(await found(texts, { expressions: ['$decode(body)[0][0] = 41907'] })).toEqual([0]);
  expect(await found(texts, { expressions: ['$decode(data_base64).customer.tier = "gold"'] })).toEqual([1]);
  expect(await found(texts, { expressions: ['data_base64.$decode().order > 41000'] })).toEqual([1]);
  expect(await found(texts, { expressions: ['$contains($decode(Body), "<Id>41907")'] })).toEqual([2]);
  expect(await found(texts, { expressions: ['$decode(event) = "created" and $decode(order) = 41907'] })).toEqual([3]);
  expect(await found(texts, { expressions: ['$exists($decode(none))'] })).toEqual([]);
  expect(
    await found([JSON.stringify({ lines: [{ p: ORDER }, { p: 'x' }] })], {
      expressions: ['$decode(lines.p)[0].order = 41907'],
    }),
  ).toEqual([0]);
});

test.each([
  ['data_base64.customer.tier = "gold"', [1]],
  ['data_base64.order = 41907 and id = "7"', [1]],
  ['$contains(data_base64, "eyJ")', [1]],
  ['$contains(data_base64.customer.name, "Love")', [1]],
  ['data_base64[order > 7]', []],
  ['$exists(data_base64.lines)', []],
  ['Event.Input.order = 41907', [2]],
  ['records.data.order = 41907', [3]],
  ['records[data.order = 41907].at = 3', [3]],
  ['$count(records.data.lines[sku = "B"]) = 1', [3]],
  ['$sum(records.data.lines.qty) = 3', [3]],
  ['records^(data.order).at = 3', [3]],
  ['customer.name = "Ada Lovelace"', [4]],
  ['headers.lang = "py"', [0]],
])('a path of an expression goes on inside a string: %s', async (expression, slots) => {
  const data = btoa('{"order":41907,"lines":[{"sku":"A","qty":1},{"sku":"B","qty":2}]}');
  const texts = [CELERY, CLOUD_EVENT, DURABLE, JSON.stringify({ records: [{ data, at: 3 }] }), ORDER];
  expect(await found(texts, { expressions: [expression] })).toEqual(slots);
});

test('numbers that a double rounds stay exact inside', async () => {
  const text = JSON.stringify({ data: btoa('{"id":9007199254740993}') });
  expect((await shownThrough(text, ['data.id'], { limits: BRIEF })).get('data.id')).toBe('9007199254740993');
  expect(await found([text], { expressions: ['$decode(data).id = "9007199254740993"'] })).toEqual([0]);
});

test('values inside values are opened level by level, and searched', async () => {
  let text = ORDER;
  for (let level = 0; level < 5; level++) text = JSON.stringify({ inner: btoa(text) });
  expect(await found([text], { filter: 'Lovelace' })).toEqual([0]);
  const inside = ['inner', 'inner', 'inner', 'inner', 'inner'];
  const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE, inside });
  expect(view.stages.at(-1)?.text).toBe(ORDER);
  const path = [...inside, 'order'].join('.');
  expect((await shownThrough(text, [path], { limits: BRIEF })).get(path)).toBe('41907');
});

test('ids, tokens, words, links and keys are no inner values', async () => {
  const text = JSON.stringify({
    id: '3f0c1c9e-7f0b-4b3f-8d55-0f5f3b9d7a11',
    hex: 'd41d8cd98f00b204e9800998ecf8427e',
    word: 'Standard',
    sentence: 'Leave at the door',
    url: 'https://example.org/a%20b?c=d',
    number: '41907',
    date: '2026-11-30T10:00:00Z',
    log: '[INFO] started',
    empty: '',
    eyJvcmRlciI6NDE5MDd9: 1,
  });
  expect((await innerMarks(text, { limits: BRIEF }, 40)).marks).toEqual([]);
});

test('the last of two keys with one name is the one that is opened', async () => {
  const text = '{"a":"[1]","a":"[2]"}';
  const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE });
  expect(view.inner.map(({ start }) => view.laidOut?.slice(start, start + 5))).toEqual(['"[2]"']);
  const opened = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE, inside: ['a'] });
  expect(opened.stages.at(-1)?.text).toBe('[2]');
});

test('a way that leads nowhere shows the body as far as it leads', async () => {
  const view = await runTask<'view'>({
    kind: 'view',
    text: CELERY,
    steps: undefined,
    limits: WHOLE,
    inside: ['no', 'x'],
  });
  expect(view.stages.at(-1)?.text).toBe(CELERY);
});

test('work is bounded: so many values, so many packed, so many levels', async () => {
  const many = JSON.stringify(Array.from({ length: 1000 }, (_, at) => `{"n":${at}}`));
  const { texts, stopped } = await innerTexts(many, { limits: BRIEF });
  expect(texts).toHaveLength(200);
  expect(stopped).toBe('more inner values than one message may have');
  expect((await innerMarks(many, { limits: BRIEF }, 40)).marks).toHaveLength(100);
  const bomb = await wrapText('x'.repeat(3_000_000), ['base64', 'gzip']);
  const bombs = JSON.stringify(Array.from({ length: 500 }, () => bomb.slice(0, -4) + bomb.slice(-4)));
  const read = await innerTexts(bombs, { limits: BRIEF });
  expect(read.texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(1024 * 1024 + BRIEF.bytes);
  let deep = '1';
  for (let level = 0; level < 12; level++) deep = JSON.stringify([deep]);
  expect((await innerTexts(deep, { limits: BRIEF })).texts.length).toBeLessThanOrEqual(8);
  const { holds } = compileExpression('$count($map([1..100000], function() { $decode("[1]") })) > 0') as {
    holds: (body: unknown, message: object, limits: object) => Promise<boolean>;
  };
  await expect(holds({}, {}, { steps: 200_000, made: 4_000_000 })).rejects.toThrow(/than one message may have/);
});

test('a look tells which bodies hold none, so that a search passes them by', () => {
  expect(mayHoldInner(ORDER)).toBe(false);
  expect(mayHoldInner('plain "[words]"')).toBe(false);
  expect(mayHoldInner(CELERY)).toBe(true);
  expect(mayHoldInner('{"a": NaN, "b": "{\\"c\\":1}"}')).toBe(true);
  expect(mayHoldInner(`{"a":"${'\\'.repeat(100_000)}`)).toBe(false);
});
