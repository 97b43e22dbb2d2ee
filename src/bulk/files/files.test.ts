import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBody } from '@/azure/bodies/decode-body';
import { legalText } from '@/azure/protocol/message-text.fixture';
import { bulkScene, gather } from '../bulk.fixture';
import { readMessages, startImport } from '../jobs/import-messages';
import type { QueueTarget } from '../requests/queue-target';
import { guardedCell } from './csv';
import { exportMessages, type RowWriter, toStream } from './export-messages';
import type { FileFormat } from './file-format';
import { EXPORT_FIELDS, type ExportedMessage, writeRow } from './write-row';

const FORMATS: readonly FileFormat[] = ['jsonl', 'json', 'csv'];
const INSERTED = new Date('2026-01-02T03:04:05Z');
const { targetOf } = bulkScene();
const orders = targetOf('orders');
const at = orders.now?.() ?? 0;

const message = (text: string, expiresAt: Date | null = null): ExportedMessage => ({
  id: 'a1b2',
  insertedAt: INSERTED,
  expiresAt,
  dequeueCount: 3,
  text,
});

/** A file cut into pieces of so many bytes, wherever that falls. */
const cut = (text: string, size: number): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(text);
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(from, (from += size)));
    },
  });
};

/** Writes a row with its decoded body, as a worker does for the page. */
const rowOf: RowWriter = async (one, form, isFirst) =>
  writeRow(one, form, isFirst, (await decodeBody(one.text)).stages.at(-1)?.text);

const written = async (messages: ExportedMessage[], options: Parameters<typeof exportMessages>[1] = {}) =>
  (await gather(exportMessages(messages, { rowOf, ...options }))).join('');

const rowsOf = (file: string, options: Parameters<typeof readMessages>[2] = {}, to: QueueTarget = orders) =>
  gather(readMessages(new Blob([file]), to, options));
const problemsOf = async (file: string, options: Parameters<typeof readMessages>[2] = {}) =>
  (await rowsOf(file, options)).map((row) => ('problem' in row ? `${row.row}: ${row.problem}` : row.draft.text));

describe('every legal text comes back exactly', () => {
  test.each(FORMATS)('as %s, cut anywhere', async (format) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(legalText(20), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (texts, size) => {
          const file = await written(
            texts.map((text) => message(text)),
            { format },
          );
          const rows = await gather(readMessages(cut(file, size), orders, texts.length === 0 ? { format } : {}));
          expect(rows.map((row) => ('draft' in row ? row.draft : row))).toEqual(
            texts.map((text) => ({ text, timeToLive: 'never' })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(FORMATS)('as %s with the text alone, which may look like anything', async (format) => {
    const texts = [
      '',
      '"',
      '""',
      ',',
      '\r\n',
      '\n',
      '\r',
      ' a ',
      '\uFEFF',
      '\uFEFF"',
      '[1]',
      '{"a":1}',
      'a;b',
      '\u2028',
      '\t',
    ];
    const file = await written(
      texts.map((text) => message(text)),
      { format, fields: ['text'] },
    );
    expect(await problemsOf(file)).toEqual(texts);
  });
});

describe('an export', () => {
  test('a JSON Lines export has one line per message with all its properties', async () => {
    const nextVisible = new Date('2026-01-02T04:00:00Z');
    expect(await written([{ ...message('{"n":1.0}', new Date('2026-01-09T03:04:05Z')), nextVisible }])).toBe(
      '{"id":"a1b2","insertedAt":"2026-01-02T03:04:05.000Z","expiresAt":"2026-01-09T03:04:05.000Z","nextVisible":"2026-01-02T04:00:00.000Z","dequeueCount":3,"text":"{\\"n\\":1.0}"}\n',
    );
  });

  test('notes what is Base64', async () => {
    expect(await written([message('eyJuIjoxfQ==')])).toContain('"encoding":"base64","text":"eyJuIjoxfQ=="');
  });

  test('as an array is one JSON value, also when it is empty', async () => {
    expect(JSON.parse(await written([message('a'), message('b')], { format: 'json' }))).toHaveLength(2);
    expect(JSON.parse(await written([], { format: 'json' }))).toEqual([]);
  });

  test('as CSV has the chosen fields, with the body as it came or decoded', async () => {
    const fields = ['dequeueCount', 'expiresAt', 'nextVisible', 'text', 'body'] as const;
    expect(await written([message('eyJuIjoxLjB9')], { format: 'csv', fields })).toBe(
      'dequeueCount,expiresAt,nextVisible,text,body\r\n3,never,"",eyJuIjoxLjB9,"{""n"":1.0}"\r\n',
    );
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    [' =1', " '=1"],
    ['\uff1d1', "'\uff1d1"],
    // Where another separator is usual, the cell ends within the quotes.
    ['a;=1', "a;'=1"],
    ['a;"=1', `a;"'=1`],
    ['a\n=1', "a\n'=1"],
    ['{"a": -1, "b": "=1", "c": [1,-2]}', '{"a": -1, "b": "=1", "c": [1,-2]}'],
    ['a = b', 'a = b'],
    ['', ''],
  ])('for spreadsheets has no formula in %j, and is exact without that', async (text, cell) => {
    const read = async (guarded: boolean) =>
      problemsOf(await written([message(text)], { format: 'csv', fields: ['id', 'text'], guarded }));
    expect(await read(true)).toEqual([cell]);
    expect(await read(false)).toEqual([text]);
  });

  test('for spreadsheets takes time by the length of a text', () => {
    const blanks = '\t'.repeat(1_000_000);
    expect(guardedCell(`${blanks}=`)).toBe(`'${blanks}'=`);
  });

  test('is produced as fast as it is read, and no faster', async () => {
    let made = 0;
    function* many() {
      for (; made < 100_000; made++) yield message('x'.repeat(1000));
    }
    const reader = toStream(exportMessages(many())).getReader();
    await reader.read();
    await reader.read();
    expect(made).toBeLessThan(500);
    await reader.cancel();
  });
});

describe('an import says which row breaks which rule', () => {
  test('of the text', async () => {
    const rows = await problemsOf(
      `{"text":"good"}\n\n{"text":"a\\u0001"}\n{"text":5}\n{"body":"x"}\n[1]\nnonsense\n${JSON.stringify({ text: 'x'.repeat(65_537) })}\n{"text":"\\ud800"}`,
    );
    expect(rows).toEqual([
      'good',
      expect.stringMatching(/^2: U\+0001 at line 1, column 2 cannot be written in XML/),
      '3: The field "text" is not a text. A number or a word has to be a JSON string.',
      '4: No field named "text". Choose the field with the message text.',
      '5: The row is neither an object nor a text.',
      '6: The row is not JSON.',
      '7: The text has 65,537 bytes of UTF-8. A message holds at most 65,536.',
      expect.stringMatching(/^8: U\+D800 at line 1/),
    ]);
  });

  test('of the times', async () => {
    const rows = await problemsOf(
      [
        '{"text":"a","timeToLive":0}',
        '{"text":"b","timeToLive":60,"visibilityDelay":60}',
        '{"text":"c","expiresAt":"yesterday"}',
        '{"text":"d","expiresAt":"2020-01-01T00:00:00Z"}',
        '{"text":"e","visibilityDelay":"soon"}',
        '{"text":"f","visibilityDelay":604801}',
      ].join('\n'),
    );
    expect(rows).toEqual([
      expect.stringMatching(/^1: The time to live/),
      '2: The visibility delay must be shorter than the time to live.',
      '3: The field "expiresAt" is not a time in ISO 8601.',
      '4: The message expired at 2020-01-01T00:00:00.000Z.',
      '5: The field "visibilityDelay" is not a number of seconds.',
      expect.stringMatching(/^6: The visibility delay is a whole number/),
    ]);
  });

  test('of the file, with the line where the row begins', async () => {
    const csv = 'text,timeToLive\r\n"two\r\nlines",60\r\nonly one\r\n"a"b,1\r\nlast,5';
    expect(await rowsOf(csv)).toEqual([
      { row: 1, line: 2, draft: { text: 'two\r\nlines', timeToLive: 60 } },
      { row: 2, line: 4, problem: 'The row has 1 field, and the first row 2.' },
      { row: 3, line: 5, problem: 'Something stands between the closing quote of a field and its end.' },
      { row: 4, line: 6, draft: { text: 'last', timeToLive: 5 } },
    ]);
    expect(await rowsOf('[\n{"text":"a"},\n  nonsense,\n{"text":\n"b"}]')).toEqual([
      { row: 1, line: 2, draft: { text: 'a' } },
      { row: 2, line: 3, problem: 'The row is not JSON.' },
      { row: 3, line: 4, draft: { text: 'b' } },
    ]);
  });

  test.each([
    ['[{"text":"a"}', 'The file ends in the middle of its array.'],
    ['[{"text":"a"}] and more', 'Line 1: this is not one JSON array.'],
    [`[${'1'.repeat(5_000_000)}`, 'What begins in line 1 does not end within 4 MiB.'],
    [`text\n${','.repeat(5_000_000)}`, 'The row that begins in line 2 does not end within 4 MiB.'],
    ['text,id,text\na,b,c', 'The first row names the field "text" twice.'],
    [`text\n"${'a'.repeat(10_000_000)}`, 'The row that begins in line 2 does not end within 4 MiB.'],
  ])('and where it cannot be read further: %.20s', async (file, problem) => {
    await expect(rowsOf(file)).rejects.toThrow(problem);
  });

  test('of a name that is there twice, of which a parser would keep one', async () => {
    expect(
      await problemsOf(
        [
          '{"text":"a","text":"b"}',
          String.raw`{"text":"c","\u0074ext":"d"}`,
          '{"text":"e","timeToLive":60,"timeToLive":61}',
          String.raw`{"text":"{\"text\":1,\"text\":2}","more":{"x":1,"x":2},"list":["text","text"]}`,
          '"text"',
        ].join('\n'),
      ),
    ).toEqual([
      '1: The row has the field "text" twice.',
      '2: The row has the field "text" twice.',
      '3: The row has the field "timeToLive" twice.',
      '{"text":1,"text":2}',
      'text',
    ]);
    // Spreadsheets write columns without a name.
    expect(await problemsOf('text,,\na,,')).toEqual(['a']);
  });

  test('of more fields than any message has, and the rows after it are read', async () => {
    expect(await problemsOf(`text,id\n${','.repeat(2_000_000)}\na,b`)).toEqual([
      '1: The row has more than 1,000 fields.',
      'a',
    ]);
  });

  test('in a time by the length of the file, in however small pieces it comes', async () => {
    const line = ','.repeat(60_000);
    const options = { format: 'csv', hasHeading: true } as const;
    await expect(gather(readMessages(cut(`${line}\n${line}`, 7), orders, options))).rejects.toThrow(
      'The first row has to name the fields. The row has more than 1,000 fields.',
    );
  });

  test('that is no text', async () => {
    const bytes = new Blob([new Uint8Array([0x7b, 0xc3, 0x28, 0x0a])]);
    await expect(gather(readMessages(bytes, orders))).rejects.toThrow('The file is not UTF-8 text.');
  });
});

describe('an import', () => {
  test('imported messages have their remaining time to live, or one that is the same for all', async () => {
    const expiresAt = new Date(at + 90_000).toISOString();
    const file = `{"text":"a","expiresAt":"${expiresAt}"}\n{"text":"b","expiresAt":null}\n{"text":"c"}`;
    const lives = async (options: Parameters<typeof readMessages>[2]) =>
      (await rowsOf(file, options)).map((row) => ('draft' in row ? row.draft.timeToLive : row.problem));
    expect(await lives({})).toEqual([90, 'never', undefined]);
    expect(await lives({ timeToLive: 'default' })).toEqual([undefined, undefined, undefined]);
    expect(await lives({ timeToLive: 600 })).toEqual([600, 600, 600]);
  });

  test('can take another field as the text, and reads what spreadsheets write', async () => {
    expect(await problemsOf('\uFEFFid;Body\n1;"a;b"\n2;c\n', { textField: 'Body' })).toEqual(['a;b', 'c']);
    const utf16 = new Uint8Array([0xff, 0xfe, ...Array.from('text\nä\n', (c) => [c.charCodeAt(0), 0]).flat()]);
    expect(await gather(readMessages(new Blob([utf16]), orders))).toMatchObject([{ draft: { text: 'ä' } }]);
  });

  test('adds every good row once and reports the others', async () => {
    const { fill, textsIn } = bulkScene();
    const to = await fill('orders', 0);
    const file = new Blob(['{"text":"a"}\n{"text":7}\n{"text":"b\\r\\n"}\n']);
    const bytes: number[] = [];
    const job = startImport(file, to, { onRead: (read) => bytes.push(read) });
    await job.finished;
    expect(job.counts).toMatchObject({ done: 2, failed: 1 });
    expect(job.report().troubles).toMatchObject([{ item: 'row 2' }]);
    expect(await textsIn('orders')).toEqual(['a', 'b\r\n']);
    expect(bytes.at(-1)).toBe(file.size);
  });

  test('goes on where it stopped: what was sent is left out, and what may have been sent is named', async () => {
    const scene = bulkScene();
    const to = await scene.fill('orders', []);
    const texts = ['a', 'b', 'c', 'd'];
    const file = new Blob([JSON.stringify(texts.map((text) => ({ text })))]);
    const job = startImport(file, to, { except: new Set(['1', '3']), maybeSent: new Set(['2']) });
    await job.finished;
    expect(await scene.textsIn('orders')).toEqual(['b', 'd']);
    expect(job.outcomes.map(({ item, kind }) => [item.row, kind])).toEqual([[2, 'maybeTwice']]);
  });

  test('fails with what it read before, when the file breaks off', async () => {
    const { fill, textsIn } = bulkScene();
    const to = await fill('orders', 0);
    const job = startImport(new Blob(['[{"text":"a"},{"te']), to);
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', counts: { done: 1 } });
    expect(await textsIn('orders')).toEqual(['a']);
  });

  test('of any size has only the rows in memory that it works on', async () => {
    let made = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const lines = Array.from({ length: 64 }, () => `${JSON.stringify({ text: 'x'.repeat(900), n: made++ })}\n`);
        controller.enqueue(new TextEncoder().encode(lines.join('')));
        if (made >= 30_000) controller.close();
      },
    });
    let read = 0;
    let ahead = 0;
    for await (const _ of readMessages(stream, orders)) ahead = Math.max(ahead, made - ++read);
    expect(read).toBe(made);
    expect(ahead).toBeLessThan(400);
  });
});

test('the fields of an export name no secret', () => {
  expect(EXPORT_FIELDS).not.toContain('receipt');
});
