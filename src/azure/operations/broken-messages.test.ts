import { describe, expect, test } from 'vitest';
import { connect } from '../account';
import { importKey } from '../credentials/shared-key';
import { EMULATOR } from '../protocol/emulator';
import type { StorageError } from '../protocol/errors';
import { readPlainXml } from '../wire/xml';

const key = await importKey(EMULATOR.key);

/** An account whose service answers everything with this body. */
const answering = (body: string) =>
  connect(
    { ...EMULATOR, credential: { kind: 'key', key } },
    { fetch: () => Promise.resolve(new Response(body, { headers: DATED })), readXml: readPlainXml },
  );
const DATED = { date: 'Fri, 02 Jan 2026 03:04:05 GMT' };

const FIELDS = {
  MessageId: 'broken',
  InsertionTime: 'Fri, 02 Jan 2026 03:04:05 GMT',
  ExpirationTime: 'Fri, 09 Jan 2026 03:04:05 GMT',
  PopReceipt: 'AgAA',
  TimeNextVisible: 'Fri, 02 Jan 2026 03:04:35 GMT',
  DequeueCount: '3',
  MessageText: 'text',
};
type Fields = Partial<Record<keyof typeof FIELDS, string | undefined>>;
const inner = (fields: Fields = {}) =>
  Object.entries({ ...FIELDS, ...fields })
    .map(([name, text]) => (text === undefined ? '' : `<${name}>${text}</${name}>`))
    .join('');
const message = (fields: Fields = {}) => `<QueueMessage>${inner(fields)}</QueueMessage>`;
const list = (...messages: string[]) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${messages.join('')}</QueueMessagesList>`;
/** One that is broken, between two that are not. */
const among = (broken: string) => list(message({ MessageId: 'first' }), broken, message({ MessageId: 'last' }));

async function peeked(body: string) {
  const left: [id: string | undefined, reason: string][] = [];
  const onUnreadable = (error: StorageError, id: string | undefined) => void left.push([id, error.message]);
  const messages = await answering(body).peekMessages('orders', { onUnreadable });
  return { messages, left, broken: messages.find(({ id }) => id === 'broken') };
}

/** What is broken, the text that is read, and words of the reason. */
const BROKEN: [what: string, element: string, text: string, reason: string][] = [
  ['U+000B', message({ MessageText: '{"a":"x\u000By"}' }), '{"a":"x\u000By"}', 'the character U+000B'],
  ['U+0000', message({ MessageText: 'a\u0000b' }), 'a\u0000b', 'the character U+0000'],
  ['U+FFFF', message({ MessageText: 'a\uFFFFb' }), 'a\uFFFFb', 'the character U+FFFF'],
  [
    'U+001B in the middle of markup',
    message({ MessageText: '&lt;a&gt;\u001B[1m' }),
    '<a>\u001B[1m',
    'the character U+001B',
  ],
  [
    'a reference to half a surrogate pair',
    message({ MessageText: 'a&#xD800;b' }),
    'a&#xD800;b',
    '&#xD800;, a reference',
  ],
  ['a reference to a control character', message({ MessageText: '&#31;&amp;' }), '&#31;&', '&#31;, a reference'],
  ['a reference beyond Unicode', message({ MessageText: '&#x110000;' }), '&#x110000;', '&#x110000;, a reference'],
  [']]>', message({ MessageText: 'a[b[0]]>1' }), 'a[b[0]]>1', ']]>'],
  ['an entity that nobody declared', message({ MessageText: 'a&nbsp;b' }), 'a&nbsp;b', '&nbsp;, which is not declared'],
  ['an & that is not escaped', message({ MessageText: 'a & b' }), 'a & b', 'an & that is not escaped'],
  ['a < that is not escaped', message({ MessageText: 'a < b' }), 'a < b', 'tags do not fit'],
  ['another end tag', message().replace('</MessageText>', '</MessageTxt>'), 'text', 'tags do not fit'],
  [
    'elements across one another',
    message().replace('text</MessageText>', '<a><b>x</a></b></MessageText>'),
    '<a><b>x</a></b>',
    'tags do not fit',
  ],
  ['an element in the text', message({ MessageText: '<b>bold</b> text' }), 'bold text', 'MessageText'],
  ['no text', message({ MessageText: undefined }), '', 'MessageText'],
  ['a time that is none', message({ InsertionTime: 'yesterday' }), 'text', 'InsertionTime'],
  ['no expiry', message({ ExpirationTime: undefined }), 'text', 'ExpirationTime'],
  ['a negative count', message({ DequeueCount: '-1' }), 'text', 'DequeueCount'],
  ['a number beyond numbers', message({ DequeueCount: '9'.repeat(400) }), 'text', 'DequeueCount'],
  ['a count with a fraction', message({ DequeueCount: '1.5' }), 'text', 'DequeueCount'],
];

describe('one message that cannot be read hides no other:', () => {
  test.each(BROKEN)('%s', async (_, element, text, reason) => {
    const { messages, left, broken } = await peeked(among(element));
    expect(messages.map(({ id }) => id)).toEqual(['first', 'broken', 'last']);
    expect(left).toEqual([]);
    expect(broken).toMatchObject({ text, unreadable: { reason: expect.stringContaining(reason) as string } });
    expect(broken?.unreadable?.xml).toContain('<MessageId>broken</MessageId>');
    expect(messages.filter(({ unreadable }) => unreadable)).toHaveLength(1);
  });

  test.each(BROKEN)('%s, received: it is leased by its receipt', async (_, element) => {
    const received = await answering(among(element)).receiveMessages('orders');
    expect(received.map(({ id, receipt }) => [id, receipt])).toEqual([
      ['first', 'AgAA'],
      ['broken', 'AgAA'],
      ['last', 'AgAA'],
    ]);
  });

  test('what else is known of it is kept, and what is not known is no value', async () => {
    const { broken } = await peeked(among(message({ MessageText: '\u0001' })));
    expect(broken).toMatchObject({
      insertedAt: new Date(FIELDS.InsertionTime),
      expiresAt: new Date(FIELDS.ExpirationTime),
      dequeueCount: 3,
    });
    const unknown = (await peeked(among(message({ InsertionTime: '', ExpirationTime: 'x', DequeueCount: 'many' }))))
      .broken;
    expect(unknown?.insertedAt.getTime()).toBeNaN();
    expect(unknown?.expiresAt?.getTime()).toBeNaN();
    expect(unknown?.dequeueCount).toBeNaN();
    const never = (
      await peeked(among(message({ ExpirationTime: 'Fri, 31 Dec 9999 23:59:59 GMT', MessageText: '\u0001' })))
    ).broken;
    expect(never?.expiresAt).toBeNull();
  });

  test('several at a time', async () => {
    const body = list(
      ...BROKEN.map(([, element], index) => element.replace('>broken<', `>broken-${index}<`)),
      message(),
    );
    const { messages } = await peeked(body);
    expect(messages.map(({ id }) => id)).toEqual([...BROKEN.map((__, index) => `broken-${index}`), 'broken']);
    expect(messages.at(-1)?.unreadable).toBeUndefined();
  });

  test('a text that looks like the rest of a message names no other receipt', async () => {
    const text = '\u0001<PopReceipt>evil</PopReceipt><MessageId>evil</MessageId>';
    const [, received] = await answering(among(message({ MessageText: text }))).receiveMessages('orders');
    expect(received).toMatchObject({ id: 'broken', receipt: 'AgAA', text });
  });
});

describe('an answer that is cut off', () => {
  const whole = among(message());
  test('gives what came before the cut, and the beginning of the message in which it was', async () => {
    const body = whole.slice(0, whole.lastIndexOf('</MessageText>') - 2);
    const { messages } = await peeked(body);
    expect(messages.map(({ id, unreadable }) => [id, unreadable?.reason])).toEqual([
      ['first', undefined],
      ['broken', undefined],
      ['last', 'The answer breaks off in the middle of it.'],
    ]);
    expect(messages.at(-1)?.text).toBe('te');
  });

  test('at every place gives no message that was not there, and throws nothing', async () => {
    for (let end = whole.indexOf('<QueueMessagesList>') + 30; end < whole.length; end += 7) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { messages, left } = await peeked(whole.slice(0, end));
      const ids = messages.map(({ id }) => id);
      expect(['first', 'broken', 'last'].slice(0, ids.length)).toEqual(ids);
      expect(messages.some(({ unreadable }) => unreadable) || left.length > 0).toBe(true);
    }
  });

  test('between two messages says that there may be more', async () => {
    const { messages, left } = await peeked(whole.slice(0, whole.lastIndexOf('<QueueMessage>')));
    expect(messages.map(({ id }) => id)).toEqual(['first', 'broken']);
    expect(left).toEqual([[undefined, 'There may be more messages in the answer than could be read.']]);
  });
});

describe('a message that nobody can name', () => {
  test.each([
    ['without an id', message({ MessageId: undefined })],
    ['with an empty id', message({ MessageId: '' })],
    [
      'without an id, and with a character that XML does not have',
      message({ MessageId: undefined, MessageText: '\u0001' }),
    ],
  ])('%s is told, and the others are there', async (_, element) => {
    const { messages, left } = await peeked(among(element));
    expect(messages.map(({ id }) => id)).toEqual(['first', 'last']);
    expect(left).toHaveLength(1);
    await expect(answering(among(element)).peekMessages('orders')).rejects.toMatchObject({ name: 'StorageError' });
  });

  test('received without a receipt is told, and the others are leased', async () => {
    const left: (string | undefined)[] = [];
    const body = among(message({ PopReceipt: undefined }));
    const onUnreadable = (_: StorageError, id: string | undefined) => void left.push(id);
    const received = await answering(body).receiveMessages('orders', { onUnreadable });
    expect(received.map(({ id }) => id)).toEqual(['first', 'last']);
    expect(left).toEqual(['broken']);
  });

  test('received without the time of its lease is leased for as long as was asked', async () => {
    const body = among(message({ TimeNextVisible: undefined }));
    const received = await answering(body).receiveMessages('orders', { visibilityTimeout: 60 });
    expect(received[1]).toMatchObject({ id: 'broken', visibleAt: new Date('2026-01-02T03:05:05Z') });
  });
});

test.each([
  '<html><body>Sign in</body></html>',
  '',
  'words',
  '<Error><Code>x</Code></Error>',
  '<QueueMessagesListing><QueueMessage>',
])('what is no list of messages is refused as a whole: %j', async (body) => {
  await expect(peeked(body)).rejects.toThrow(/answered 200 with/);
});

test('a body of many megabytes without an end is read in a bounded number of steps', async () => {
  const { messages, left } = await peeked(`<QueueMessagesList>${message({ MessageText: '\u0001' }).repeat(20_000)}`);
  expect(messages).toHaveLength(256);
  expect(left).toEqual([[undefined, 'There may be more messages in the answer than could be read.']]);
  const long = await peeked(list(message({ MessageText: `\u0001${'x'.repeat(4_000_000)}` })));
  expect(long.broken?.unreadable?.xml.length).toBeLessThan(262_200);
});
