import { describe, expect, test } from 'vitest';
import { bulkScene, gather } from '../bulk.fixture';
import { guessFile, readMessages } from '../jobs/import-messages';
import type { FileLayout, LayoutChoice } from './file-layout';
import { FileProblem } from './read-text';

// Files that other tools write, and files of bare payloads: what is guessed of them, and the exact texts that they hold.

const orders = bulkScene().targetOf('orders');
const at = orders.now?.() ?? 0;
/** The time in an hour, to the second. */
const soon = new Date(Math.floor(at / 1000) * 1000 + 3_600_000);
const soonText = soon.toISOString();

type Bytes = string | Uint8Array<ArrayBuffer>;

/** The messages of a file as it is guessed, or as chosen: each its text, or `!` and why it cannot be sent. */
async function textsOf(content: Bytes, { name, ...choice }: LayoutChoice & { name?: string } = {}) {
  const { layout } = await guessFile(new Blob([content]), { ...choice, ...(name !== undefined && { name }) });
  const rows = await gather(readMessages(new Blob([content]), orders, layout));
  return rows.map((row) => ('draft' in row ? row.draft.text : `! ${row.problem}`));
}

/** Times to live in seconds, `never`, or undefined for the default. */
const livesOf = async (content: string, choice?: LayoutChoice) =>
  (await gather(readMessages(new Blob([content]), orders, choice))).map((row) =>
    'draft' in row ? row.draft.timeToLive : row.problem,
  );

const layoutOf = async (content: Bytes, name = '') => (await guessFile(new Blob([content]), { name })).layout;
const fieldsOf = async (content: Bytes, choice: LayoutChoice = {}) =>
  (await guessFile(new Blob([content]), choice)).fields;

const mayBeHeading = async (content: string, choice: LayoutChoice = {}) =>
  (await guessFile(new Blob([content]), choice)).mayBeHeading;

const utf16 = (text: string, mark = true) =>
  new Uint8Array([...(mark ? [0xff, 0xfe] : []), ...Array.from(text, (c) => [c.charCodeAt(0), 0]).flat()]);

describe('bare payloads are messages with their exact text', () => {
  const LONG = '{"orderId":9007199254740993,"total":12.50}';

  test.each<[string, string, FileLayout['format'], string[]]>([
    // O05
    [
      'an array of objects',
      '[{"orderId":9007199254740993,"total":12.50},{"orderId":9007199254740992,"total":7.00}]',
      'json',
      [LONG, '{"orderId":9007199254740992,"total":7.00}'],
    ],
    ['JSON Lines', `${LONG}\n{ "b": 1,  "a" : 2 }\n`, 'jsonl', [LONG, '{ "b": 1,  "a" : 2 }']],
    ['JSON Lines with CRLF', `${LONG}\r\n{"a":1}\r\n`, 'jsonl', [LONG, '{"a":1}']],
    ['one object', '{"a":1}', 'jsonl', ['{"a":1}']],
    [
      'one object over several lines',
      '{\n  "a": 1.0,\n  "b": [1,\r\n2]\n}\n',
      'values',
      ['{\n  "a": 1.0,\n  "b": [1,\r\n2]\n}'],
    ],
    ['objects over several lines', '{\n "a": 1\n}\n{\n "a": 2\n}\n', 'values', ['{\n "a": 1\n}', '{\n "a": 2\n}']],
    ['arrays', '[[1, 2],[3]]', 'json', ['[1, 2]', '[3]']],
    ['arrays, one a line', '[1,2]\n[3]\n', 'jsonl', ['[1,2]', '[3]']],
    ['numbers', '[1.50, 9007199254740993]', 'json', ['1.50', '9007199254740993']],
    ['texts', '["a","b\\n"]', 'json', ['a', 'b\n']],
    [
      'an order with its items',
      '{"orderId":1,"items":[{"sku":"a"},{"sku":"b"}]}',
      'jsonl',
      ['{"orderId":1,"items":[{"sku":"a"},{"sku":"b"}]}'],
    ],
    [
      'cloud events',
      '{"specversion":"1.0","id":"1","type":"t","data":{"n":1}}\n',
      'jsonl',
      ['{"specversion":"1.0","id":"1","type":"t","data":{"n":1}}'],
    ],
    ['an object with a name twice', '{"a":1,"a":2}\n', 'jsonl', ['{"a":1,"a":2}']],
    ['lines of text', 'first\nsecond, and more\n\nthird\n', 'lines', ['first', 'second, and more', 'third']],
    [
      'a log',
      '[2026-11-29 10:00:00] started\n[2026-11-29 10:00:01] done\n',
      'lines',
      ['[2026-11-29 10:00:00] started', '[2026-11-29 10:00:01] done'],
    ],
    ['Base64', 'eyJvcmRlciI6MX0=\neyJvcmRlciI6Mn0=\n', 'lines', ['eyJvcmRlciI6MX0=', 'eyJvcmRlciI6Mn0=']],
    ['XML, one a line', '<order id="1"/>\n<order id="2"/>\n', 'lines', ['<order id="1"/>', '<order id="2"/>']],
    [
      'an XML document',
      '<?xml version="1.0"?>\n<order>\n  <id>1</id>\n</order>\n',
      'whole',
      ['<?xml version="1.0"?>\n<order>\n  <id>1</id>\n</order>\n'],
    ],
    [
      'objects in a field of a general name',
      '{"data":{"n":1}}\n{"value":[1]}\n',
      'jsonl',
      ['{"data":{"n":1}}', '{"value":[1]}'],
    ],
  ])('%s', async (_, content, format, texts) => {
    expect(await layoutOf(content)).toMatchObject({ format, message: 'row' });
    expect(await textsOf(content)).toEqual(texts);
  });

  test('a payload names no properties of its message', async () => {
    const file = '{"timeToLive":5,"expiresAt":"2001-01-01T00:00:00Z","order":1,"visibilityDelay":9}';
    expect(await gather(readMessages(new Blob([file]), orders, { message: 'row' }))).toEqual([
      { row: 1, line: 1, draft: { text: file } },
    ]);
  });

  test('a file can be one message, to its last character', async () => {
    expect(await textsOf('\uFEFF {"a":1}\r\n', { format: 'whole' })).toEqual([' {"a":1}\r\n']);
    expect(await textsOf('', { format: 'whole' })).toEqual([]);
    await expect(textsOf('x'.repeat(5_000_000), { format: 'whole' })).rejects.toThrow('The file has more than 4 MiB');
  });

  test('what was guessed can be chosen otherwise', async () => {
    expect(await textsOf('{"text":"a"}\n', { message: 'row' })).toEqual(['{"text":"a"}']);
    expect(await textsOf('{"a":"x"}\n', { textField: 'a' })).toEqual(['x']);
    expect(await textsOf('["a"]\n', { format: 'lines' })).toEqual(['["a"]']);
    expect(await textsOf('{"value":[{"text":"a"}],"n":1}', { format: 'jsonl', message: 'row' })).toEqual([
      '{"value":[{"text":"a"}],"n":1}',
    ]);
    expect(await textsOf('{"rows":[{"text":"a"}]}', { format: 'json', within: 'rows' })).toEqual(['a']);
  });
});

const AZ = `[
  {
    "content": "eyJvcmRlciI6MX0=",
    "dequeueCount": 0,
    "expirationTime": "${soonText.replace('.000Z', '+00:00')}",
    "id": "7cc534e5-f00a-41fa-9eba-1479ed7e09cf",
    "insertionTime": "2026-11-29T05:45:12+00:00",
    "popReceipt": null,
    "timeNextVisible": null
  }
]
`;

describe('files of other tools are known by their fields', () => {
  test.each<[string, string, string, string[], (number | 'never' | undefined)[]]>([
    // O06a, with a time that is not over
    ['az CLI', AZ, 'content', ['eyJvcmRlciI6MX0='], [3600]],
    [
      'az CLI on one line',
      '[{"content":"eyJvcmRlciI6MX0=","dequeueCount":0,"expirationTime":"2099-12-06T05:45:12+00:00","id":"7cc534e5-f00a-41fa-9eba-1479ed7e09cf"}]',
      'content',
      ['eyJvcmRlciI6MX0='],
      [expect.any(Number)],
    ],
    [
      'az CLI, names with _',
      `[{"content":"a","dequeue_count":1,"expiration_time":"${soonText}","pop_receipt":"x"}]`,
      'content',
      ['a'],
      [3600],
    ],
    // O08
    ['Service Bus Explorer', '[{"MessageId":"1","Body":"{\\"order\\":1}"}]', 'Body', ['{"order":1}'], [undefined]],
    [
      'Service Bus Explorer with objects',
      `[{"MessageId":"1","SequenceNumber":9,"ExpiresAtUtc":"${soonText}","TimeToLive":"14.00:00:00","Body":{"order":9007199254740993}}]`,
      'Body',
      ['{"order":9007199254740993}'],
      [3600],
    ],
    [
      'Service Bus without an expiry',
      '[{"MessageId":"1","TimeToLive":"00:01:30","Body":"a"},{"MessageId":"2","TimeToLive":"10675199.02:48:05.4775807","Body":"b"}]',
      'Body',
      ['a', 'b'],
      [90, 'never'],
    ],
    [
      'the SDK for .NET',
      `[{"MessageId":"1","PopReceipt":"x","MessageText":"a","Body":{},"ExpiresOn":"${soonText}"}]`,
      'MessageText',
      ['a'],
      [3600],
    ],
    [
      'the SDK for Java',
      `[{"messageId":"1","messageText":"a","expirationTime":${soon.getTime() / 1000}.000000000,"dequeueCount":1}]`,
      'messageText',
      ['a'],
      [3600],
    ],
    [
      'the SDK for Python',
      `[{"id":"1","inserted_on":"2026-11-29 05:45:12+00:00","expires_on":"${soonText.replace('T', ' ').replace('.000Z', '+00:00')}","dequeue_count":1,"content":"a"}]`,
      'content',
      ['a'],
      [3600],
    ],
    [
      'the SDK for JavaScript',
      `{"receivedMessageItems":[{"messageId":"1","insertedOn":"2026-11-29T05:45:12.000Z","expiresOn":"${soonText}","messageText":"a"}],"requestId":"r"}`,
      'messageText',
      ['a'],
      [3600],
    ],
    [
      'peeks of the SDK for JavaScript',
      '{\n  "date": "d",\n  "peekedMessageItems": [\n    { "messageId": "1", "messageText": "a" },\n    { "messageId": "2", "messageText": "b" }\n  ]\n}\n',
      'messageText',
      ['a', 'b'],
      [undefined, undefined],
    ],
    [
      'PowerShell 5',
      `{"MessageText":"a","ExpiresOn":"\\/Date(${soon.getTime()})\\/","DequeueCount":1}`,
      'MessageText',
      ['a'],
      [3600],
    ],
    [
      'PowerShell 5 with objects of times',
      `{"MessageText":"a","ExpiresOn":{"DateTime":"x","UtcDateTime":"\\/Date(${soon.getTime()})\\/"},"DequeueCount":1}`,
      'MessageText',
      ['a'],
      [3600],
    ],
    [
      'PowerShell 7, one message',
      `{\n  "MessageId": "1",\n  "MessageText": "a",\n  "ExpiresOn": "${soonText.replace('.000Z', '.0000000+00:00')}"\n}\n`,
      'MessageText',
      ['a'],
      [3600],
    ],
    [
      'a page of values',
      '{"value":[{"messageText":"a","messageId":"1"}],"nextLink":null}',
      'messageText',
      ['a'],
      [undefined],
    ],
    ['messages within', '{"messages":["a","b"]}', 'text', ['a', 'b'], [undefined, undefined]],
    ['messages in a field', '{"at":1,"message":{"messageId":"1","body":"a"}}\n', 'message.body', ['a'], [undefined]],
    [
      'Storage Explorer, JSON',
      `[{"Message Text":"a","Expiration Time":"${soon.toUTCString()}","Dequeue Count":1}]`,
      'Message Text',
      ['a'],
      [3600],
    ],
    ['this page', `{"id":"1","expiresAt":null,"dequeueCount":3,"text":"a"}\n`, 'text', ['a'], ['never']],
    [
      'messages that never expire',
      '[{"content":"a","expirationTime":"9999-12-31T23:59:59+00:00","id":"1"}]',
      'content',
      ['a'],
      ['never'],
    ],
  ])('%s', async (_, content, textField, texts, lives) => {
    expect((await layoutOf(content)).textField).toBe(textField);
    expect(await textsOf(content)).toEqual(texts);
    expect(await livesOf(content)).toEqual(lives);
  });

  test('the XML of an answer', async () => {
    const xml = `\uFEFF<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>
<QueueMessage><MessageId>1</MessageId><ExpirationTime>${soon.toUTCString()}</ExpirationTime><MessageText>{"a":"&lt;&amp;"}</MessageText></QueueMessage>
<QueueMessage><MessageId>2</MessageId><ExpirationTime>${soon.toUTCString()}</ExpirationTime><MessageText /></QueueMessage>
<QueueMessage><MessageId>3<MessageText>x</MessageText></QueueMessage>
</QueueMessagesList>`;
    expect(await layoutOf(xml)).toMatchObject({ format: 'xml', textField: 'MessageText' });
    expect(await textsOf(xml)).toEqual(['{"a":"<&"}', '', '! The row is not XML as the queue service writes it.']);
    expect((await livesOf(xml)).slice(0, 2)).toEqual([3600, 3600]);
    expect((await gather(readMessages(new Blob([xml]), orders))).map(({ line }) => line)).toEqual([2, 3, 4]);
    await expect(textsOf('<a/>', { format: 'xml' })).rejects.toThrow('The file has no QueueMessage element.');
  });

  test('a message that expired, or whose time cannot be read, is told and never sent without it', async () => {
    const file =
      '[{"content":"a","expirationTime":"2001-01-01T00:00:00+00:00"},{"content":"b","expirationTime":"06/12/2099"}]';
    expect(await livesOf(file)).toEqual([
      'The message expired at 2001-01-01T00:00:00.000Z.',
      'The field "expirationTime" is not a time in ISO 8601.',
    ]);
  });

  test('a field within a field, its exact JSON, and what is no text', async () => {
    const file = '{"a":{"b":{"c": [1.0 ,2]}},"a.b":"dotted"}\n{"a":{"b":5}}\n{"a":7}\n';
    expect(await textsOf(file, { textField: 'a.b.c' })).toEqual([
      '[1.0 ,2]',
      '! No field named "a.b.c". Choose the field with the message text.',
      '! No field named "a.b.c". Choose the field with the message text.',
    ]);
    expect(await textsOf(file, { textField: 'a.b' })).toEqual([
      'dotted',
      expect.stringContaining('! The field "a.b" is not a text.'),
      expect.stringContaining('! No field named "a.b".'),
    ]);
  });

  test('the fields are offered with an example, those within fields too, and no more than a hundred', async () => {
    expect(await fieldsOf('{"id":1,"m":{"body":"b"},"text":""}\n{"id":2,"text":"later"}\n')).toEqual([
      { name: 'id', example: '1' },
      { name: 'm', example: '{"body":"b"}' },
      { name: 'm.body', example: 'b' },
      { name: 'text', example: 'later' },
    ]);
    const many = `{${Array.from({ length: 5000 }, (_, index) => `"f${index}":1`).join()}}\n`;
    expect(await fieldsOf(many)).toHaveLength(100);
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}\n`;
    expect((await fieldsOf(deep)).map(({ name }) => name)).toEqual(['a', 'a.a', 'a.a.a']);
    // A row longer than what is looked at has its names all the same.
    expect(await layoutOf(`[{"id":"1","content":"${'x'.repeat(200_000)}","dequeueCount":1}]`)).toMatchObject({
      textField: 'content',
    });
  });
});

describe('CSV', () => {
  test.each<[string, Bytes, Partial<FileLayout>, string[]]>([
    // O07a
    [
      'of one column with a known name',
      'Message\n"{""order"":1}"\n"{""order"":2}"\n',
      { hasHeading: true },
      ['{"order":1}', '{"order":2}'],
    ],
    [
      'of one column without a heading',
      '"{""order"":1}"\n"{""order"":2}"\n',
      { hasHeading: false, textField: 'column 1' },
      ['{"order":1}', '{"order":2}'],
    ],
    ['of one column with another name', '"order text"\n"a,b"\n', { format: 'jsonl' }, ['order text', 'a,b']],
    [
      'with breaks and doubled quotes in quotes',
      'Message\r\n"a\r\n""b"", c"\r\n',
      { hasHeading: true },
      ['a\r\n"b", c'],
    ],
    ['with semicolons', 'id;Body\r\n1;"a;b"\r\n2;c,d\r\n', { delimiter: ';', textField: 'Body' }, ['a;b', 'c,d']],
    ['with tabs', 'MessageId\tMessageText\n1\ta, b\n', { delimiter: '\t', textField: 'MessageText' }, ['a, b']],
    ['with the line of Excel', 'sep=;\r\nMessage;Id\r\na,b;1\r\n', { delimiter: ';', textField: 'Message' }, ['a,b']],
    ['with the line of Excel and another delimiter', 'sep=^\r\nMessage^Id\r\na,b^1\r\n', { delimiter: '^' }, ['a,b']],
    [
      'of PowerShell 5',
      '#TYPE Azure.Storage.Queues.Models.QueueMessage\r\n"MessageId","MessageText"\r\n"1","a"\r\n',
      { hasHeading: true, textField: 'MessageText' },
      ['a'],
    ],
    ['in UTF-16 with its mark', utf16('Message\tId\r\nä\t1\r\n'), { encoding: 'utf-16le', delimiter: '\t' }, ['ä']],
    ['in UTF-16 without its mark', utf16('Message\r\nabc\r\n', false), { encoding: 'utf-16le' }, ['abc']],
    ['in UTF-8 with its mark', '\uFEFFMessage\nä\n', { encoding: 'utf-8' }, ['ä']],
    [
      'in Windows-1252',
      new Uint8Array([...new TextEncoder().encode('Message\n'), 0xe4, 0x80, 0x0a]),
      { encoding: 'windows-1252' },
      ['ä€'],
    ],
    [
      'with a heading of no known name',
      'orderId,total\n9007199254740993,12.50\n',
      { hasHeading: false, message: 'row' },
      ['orderId,total', '9007199254740993,12.50'],
    ],
    ['of numbers without a heading', '1,2\n3,4\n', { hasHeading: false, message: 'row' }, ['1,2', '3,4']],
  ])('%s', async (_, content, layout, texts) => {
    expect(await layoutOf(content)).toMatchObject(layout);
    expect(await textsOf(content)).toEqual(texts);
  });

  test('a first row is no heading when the person says so, and a heading when they say that', async () => {
    const file = 'Message\nhello\n';
    expect(await textsOf(file, { hasHeading: false })).toEqual(['Message', 'hello']);
    expect(await textsOf('a\nb\n', { format: 'csv' })).toEqual(['a', 'b']);
    expect(await textsOf('a\nb\n', { format: 'csv', hasHeading: true })).toEqual(['b']);
    expect(await textsOf('first line\nsecond line\n', { name: 'x.csv' })).toEqual(['first line', 'second line']);
  });

  test.each(['to,be or not\nsize,1\n', 'id\nname\n', 'state\n'])(
    'a first message like a name is no heading: %j',
    async (file) => {
      expect(await textsOf(file)).toEqual(file.trimEnd().split('\n'));
    },
  );

  test('a first row that looks like a heading is pointed out, and is a message until the person says', async () => {
    const file = 'orderId,total\n1,12.50\n';
    expect(await mayBeHeading(file)).toBe(true);
    expect(await mayBeHeading(file, { hasHeading: false })).toBe(false);
    expect(await textsOf(file, { hasHeading: true, textField: 'total' })).toEqual(['12.50']);
    for (const other of ['1,2\n3,4\n', 'Body,Id\na,1\n', 'red,green\nblue,white\n', 'a,a\n1,2\n']) {
      expect(await mayBeHeading(other)).toBe(false);
    }
  });

  test('a row is its exact text, quotes and breaks included', async () => {
    const rows = ['"a\r\n""b""",1', 'x , 2', '"lone"'];
    for (const end of ['\n', '\r\n', '\r']) {
      const choice = { format: 'csv', message: 'row', hasHeading: false, delimiter: ',' } as const;
      expect(await textsOf(rows.join(end), choice)).toEqual(rows);
    }
  });

  test('a first line that is no JSON is one row that is told', async () => {
    expect(await textsOf('{"text":"a\n{"text":"b"}\n')).toEqual(['! The row is not JSON.', 'b']);
  });

  test('rows without the field are told, and the others go on', async () => {
    expect(await textsOf('{"body":"a","messageId":"1"}\n{"other":1}\n{"body":"c","messageId":"3"}\n')).toEqual([
      'a',
      '! No field named "body". Choose the field with the message text.',
      'c',
    ]);
  });
});

describe('what is hostile takes time by its length', () => {
  test.each<[string, string, LayoutChoice]>([
    ['quotes', '"'.repeat(800_000), {}],
    ['backslashes in a name', `{"${'\\\\'.repeat(300_000)}":1}`, {}],
    ['open arrays', '['.repeat(800_000), {}],
    ['open objects', '{"a":'.repeat(150_000), {}],
    ['dots in a field', `{"a":{"a":1}}\n`.repeat(100), { textField: 'a.'.repeat(500) }],
    ['names', `{${'"a":1,'.repeat(150_000)}"a":1}`, {}],
    ['open elements', '<QueueMessage>'.repeat(80_000), {}],
    ['commas', ','.repeat(800_000), {}],
    ['brackets and blanks', `[${' '.repeat(800_000)}`, {}],
  ])('%s', async (_, content, choice) => {
    // What is quadratic takes minutes, and the test ends before.
    expect(await textsOf(content, choice).then(Array.isArray, (error) => error instanceof FileProblem)).toBe(true);
  });
});
