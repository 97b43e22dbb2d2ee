import { StorageError } from '../protocol/errors';
import type { LeasedMessage, Message, OnUnreadable, Unreadable } from '../protocol/model';
import { wholeNumber } from '../wire/answer-fields';
import { type Answer, timeOf } from '../wire/error-response';
import { childrenOf, elementXml, textOf, type XmlElement } from '../wire/xml';

// Loaded for an answer with a message that is not as the service should write it: an emulator writes characters that XML does
// not have, a proxy cuts an answer off. The other messages of the answer are read as ever.

/** Messages of an answer without whole XML that are looked at; a service gives 32 at most. */
const MOST_ELEMENTS = 256;
/** Characters of an element that are kept; 64 KiB of text are fewer, escaped. */
const MOST_CHARACTERS = 262_144;

type Options = {
  /** Why the answer could not be read as a whole. */
  failure: StorageError;
  onUnreadable?: OnUnreadable | undefined;
  /** Of a receive, in seconds: its messages have receipts. */
  visibilityTimeout?: number | undefined;
};

/**
 * Reads the messages of an answer one by one. A message that is not whole is returned as far as it can be read, with
 * `unreadable`.
 * @throws StorageError when the answer is no list of messages, or when a message cannot be returned and nobody takes that.
 */
export function readBroken<Kind extends Message>(
  answer: Answer,
  read: (element: XmlElement) => Kind,
  { failure, onUnreadable, visibilityTimeout }: Options,
): Kind[] {
  const messages: Kind[] = [];
  const end = visibilityTimeout === undefined ? undefined : endOf(answer, visibilityTimeout);
  const leaveOut = (why: string, id: string | undefined) => {
    const error = new StorageError(why, { status: answer.status });
    if (!onUnreadable) throw error;
    onUnreadable(error, id);
  };
  let isAllRead = true;
  const parts = elementsOf(answer, failure);
  for (const { element, fields, reason, xml } of parts) {
    const whole = element && attempt(() => read(element));
    if (whole && !(whole instanceof StorageError)) {
      messages.push(whole);
      continue;
    }
    isAllRead = false;
    const why = reason ?? whole?.message ?? failure.message;
    const id = fields('MessageId')?.trim();
    const message = id ? partOf(id, fields, { reason: why, xml: shortened(xml) }) : undefined;
    const receipt = fields('PopReceipt')?.trim();
    if (message && end === undefined) messages.push(message as Kind);
    else if (message && receipt)
      messages.push({ ...message, receipt, visibleAt: dateOf(fields('TimeNextVisible')) ?? end } as Kind &
        LeasedMessage);
    else leaveOut(id ? `${why} It has no receipt that can be read.` : why, id);
  }
  if (isAllRead || parts.length >= MOST_ELEMENTS)
    leaveOut('There may be more messages in the answer than could be read.', undefined);
  return messages;
}

/** One message of an answer; `element` is missing where its XML cannot be read, and `reason` says why. */
type Part = {
  element: XmlElement | undefined;
  fields: (name: string) => string | undefined;
  reason: string | undefined;
  xml: string;
};

function elementsOf(answer: Answer, failure: StorageError): Part[] {
  const { body, readXml } = answer;
  const root = readXml(body);
  if (root?.tagName === LIST) return childrenOf(root, MESSAGE).map(partOfElement);
  if (root !== undefined || !BEGINS_LIST.test(body.slice(0, 1_000))) throw failure;
  const starts = [...startsOf(body)];
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const xml = cutToEnd(body.slice(start, next), next === undefined);
    const element = readXml(xml);
    if (element) return partOfElement(element);
    const { text, others } = splitText(xml);
    const isCut = !xml.endsWith(END);
    return {
      element,
      fields: (name: string) => (name === 'MessageText' ? text : fieldOf(others, name)),
      reason: whyBroken(xml.slice(0, MOST_CHARACTERS), isCut),
      xml,
    };
  });
}

const LIST = 'QueueMessagesList';
const MESSAGE = 'QueueMessage';
const END = `</${MESSAGE}>`;
const BEGINS_LIST = /^\uFEFF?\s*(?:<\?xml[^>]*>)?\s*<QueueMessagesList[\s>]/;

function* startsOf(body: string): Generator<number> {
  const start = /<QueueMessage(?=[\s>/])/g;
  for (let count = 0; count < MOST_ELEMENTS; count++) {
    const found = start.exec(body);
    if (!found) return;
    yield found.index;
  }
}

/** Without what stands behind the element. */
function cutToEnd(segment: string, isLast: boolean): string {
  const end = segment.lastIndexOf(END);
  if (end >= 0) return segment.slice(0, end + END.length);
  return (isLast ? segment.replace(`</${LIST}>`, '') : segment).trimEnd();
}

const partOfElement = (element: XmlElement): Part => ({
  element,
  fields: (name) => textOf(element, name),
  reason: undefined,
  xml: elementXml(element),
});

/** The content of MessageText as text, which may hold anything, and the XML without it. */
function splitText(xml: string): { text: string; others: string } {
  const start = /<MessageText(?:\s[^<>]*)?>/.exec(xml);
  if (!start || start[0].endsWith('/>')) return { text: '', others: xml };
  const from = start.index + start[0].length;
  const last = xml.lastIndexOf('</MessageText>');
  const next = xml.indexOf('</', from);
  const to = last >= from ? last : next >= 0 ? next : xml.length;
  return { text: unescaped(xml.slice(from, to)), others: xml.slice(0, start.index) + xml.slice(to) };
}

/** The content of an element without elements inside; undefined where it is missing or has no end. */
function fieldOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  if (start < 0) return undefined;
  const from = start + name.length + 2;
  const to = xml.indexOf('<', from);
  return to < 0 ? undefined : unescaped(xml.slice(from, to));
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(x[\da-fA-F]{1,6}|\d{1,7})|(\w{1,32}));/g;

/** Replaces references; one to what XML does not have stays as it is written. */
const unescaped = (text: string): string =>
  text.replace(REFERENCE, (reference, number: string | undefined, name: string | undefined) => {
    if (number === undefined) return NAMED[name ?? ''] ?? reference;
    return isCharacter(codeOf(number)) ? String.fromCodePoint(codeOf(number)) : reference;
  });

const codeOf = (number: string): number =>
  number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number(number);

/** The `Char` production of XML 1.0, section 2.2. */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);

/** Why an element is no XML, as a sentence. */
function whyBroken(xml: string, isCut: boolean): string {
  for (const character of xml) {
    const code = character.codePointAt(0) ?? 0;
    if (!isCharacter(code)) {
      return `It holds the character U+${code.toString(16).toUpperCase().padStart(4, '0')}, which XML does not have.`;
    }
  }
  for (const [reference, number, name] of xml.matchAll(REFERENCE)) {
    if (number !== undefined && !isCharacter(codeOf(number)))
      return `It holds ${reference}, a reference to a character that XML does not have.`;
    if (name !== undefined && NAMED[name] === undefined) return `It holds ${reference}, which is not declared.`;
  }
  if (isCut) return 'The answer breaks off in the middle of it.';
  if (/&(?!(?:#(?:x[\da-fA-F]{1,6}|\d{1,7})|\w{1,32});)/.test(xml)) return 'It holds an & that is not escaped.';
  if (xml.includes(']]>')) return 'It holds ]]>, which XML does not allow in a text.';
  return 'Its tags do not fit together.';
}

function partOf(id: string, fields: Part['fields'], unreadable: Unreadable): Message {
  const expiresAt = dateOf(fields('ExpirationTime')) ?? UNKNOWN_TIME;
  return {
    id,
    insertedAt: dateOf(fields('InsertionTime')) ?? UNKNOWN_TIME,
    // As in `toMessage`.
    expiresAt: expiresAt.getUTCFullYear() === 9999 ? null : expiresAt,
    dequeueCount: wholeNumber(fields('DequeueCount')?.trim() ?? '') ?? Number.NaN,
    text: fields('MessageText') ?? '',
    unreadable,
  };
}

const UNKNOWN_TIME = new Date(Number.NaN);

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** When a lease of this answer ends, by the time of the answer. */
const endOf = (answer: Answer, visibilityTimeout: number): Date => {
  const answered = dateOf(timeOf(answer) ?? '') ?? new Date();
  return new Date(answered.getTime() + visibilityTimeout * 1000);
};

function attempt<Result>(read: () => Result): Result | StorageError {
  try {
    return read();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
}

const shortened = (xml: string): string => (xml.length > MOST_CHARACTERS ? `${xml.slice(0, MOST_CHARACTERS)}…` : xml);
