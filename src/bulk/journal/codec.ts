import {
  JOURNAL_KINDS,
  JOURNAL_VERSION,
  type Journal,
  type JournalEvent,
  type JournalHead,
  MOST_CHARACTERS,
  MOST_JOURNALED,
} from './journal';

/** Why a stored journal cannot be read, as a sentence. */
class UnreadableJournal extends Error {
  override readonly name = 'UnreadableJournal';
}

type Check = (value: unknown) => boolean;

const isText =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most;
const isKey = isText(1024);
const isReceipt = isText(4096);
const isFingerprint = isText(64);
const isTime: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const isOneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_JOURNALED && value.every(check);
const isTuple =
  (...checks: readonly Check[]): Check =>
  (value) =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, index) => check(value[index]));
const isQueue: Check = (value) =>
  isObject(value) && isKey(value['connectionId']) && isKey(value['queue']) && Object.keys(value).length === 2;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const EVENTS: Record<JournalEvent[0], Check> = {
  continued: isTuple(isKey, isTime),
  insertedBefore: isTuple(isKey, isTime),
  receiving: isTuple(isKey, isCount, isCount, isTime),
  received: isTuple(isKey, isCount, isListOf(isTuple(isKey, isReceipt, isTime))),
  notReceived: isTuple(isKey, isCount),
  passed: isTuple(isKey, isListOf(isKey)),
  updating: isTuple(isKey, isKey, isTime, isFingerprint),
  updated: isTuple(isKey, isKey, isReceipt, isTime),
  notUpdated: isTuple(isKey, isKey, isFlag),
  sending: isTuple(isKey, isKey, isFingerprint),
  sent: isTuple(isKey, isKey, isKey, isReceipt, isTime),
  notSent: isTuple(isKey, isKey),
  takingBack: isTuple(isKey, isKey),
  takenBack: isTuple(isKey, isKey),
  notTakenBack: isTuple(isKey, isKey),
  deleting: isTuple(isKey, isKey),
  deleted: isTuple(isKey, isKey),
  notDeleted: isTuple(isKey, isKey, isFlag),
  ended: isTuple(
    isKey,
    isKey,
    isOneOf('done', 'skipped', 'failed', 'maybeDone', 'maybeTwice', 'inBoth'),
    (value) => typeof value === 'string' && /^\w{0,64}$/.test(value),
  ),
};

const HEAD: Record<keyof JournalHead, { check: Check; isOptional?: boolean }> = {
  version: { check: isOneOf(JOURNAL_VERSION) },
  id: { check: isText(64) },
  kind: { check: isOneOf(...JOURNAL_KINDS) },
  steps: { check: isListOf(isOneOf('write', 'change', 'send', 'delete', 'hide')) },
  noun: { check: isOneOf('message', 'queue') },
  where: { check: isText(4096) },
  from: { check: isQueue },
  to: { check: isQueue, isOptional: true },
  ids: { check: isListOf(isKey), isOptional: true },
  total: { check: isCount, isOptional: true },
  insertedBefore: { check: isTime, isOptional: true },
  filter: { check: isText(4096), isOptional: true },
  most: { check: isCount, isOptional: true },
  except: { check: isListOf(isKey), isOptional: true },
  cap: { check: isCount, isOptional: true },
  concurrency: { check: isCount, isOptional: true },
  perSecond: { check: isTime, isOptional: true },
  returnedAtATime: { check: isCount, isOptional: true },
  seconds: { check: isCount, isOptional: true },
  startedAt: { check: isTime },
};

/** Writes the head of a journal. */
export const encodeHead = (head: JournalHead): string => JSON.stringify(head);

/** Writes events that are stored at once; `at` is when. */
export const encodeEvents = (at: number, events: readonly JournalEvent[]): string => JSON.stringify([at, ...events]);

/** Reads the head of a journal. @throws UnreadableJournal for one that is corrupt or of another version. */
export function decodeHead(text: unknown): JournalHead {
  const head = parsed(text);
  if (!isObject(head)) throw new UnreadableJournal('The journal of a job is damaged.');
  if (head['version'] !== JOURNAL_VERSION)
    throw new UnreadableJournal('The journal of a job was written by another version of this page.');
  const isWhole = Object.entries(HEAD).every(([name, { check, isOptional }]) =>
    head[name] === undefined ? isOptional === true : check(head[name]),
  );
  if (!isWhole || Object.keys(head).some((name) => !(name in HEAD)))
    throw new UnreadableJournal('The journal of a job is damaged.');
  return head as unknown as JournalHead;
}

/** Reads a journal from what was stored. @throws UnreadableJournal for one that is corrupt or of another version. */
export function decodeJournal(head: unknown, parts: readonly unknown[]): Journal {
  const decoded = decodeHead(head);
  const events: JournalEvent[] = [];
  let writtenAt = decoded.startedAt;
  let characters = 0;
  for (const part of parts) {
    characters += typeof part === 'string' ? part.length : 0;
    const list = characters <= 2 * MOST_CHARACTERS ? parsed(part) : undefined;
    if (!Array.isArray(list) || !isTime(list[0])) throw new UnreadableJournal('The journal of a job is damaged.');
    const [at, ...written] = list as [number, ...unknown[]];
    if (!written.every(isEvent)) throw new UnreadableJournal('The journal of a job is damaged.');
    writtenAt = Math.max(writtenAt, at);
    for (const event of written) events.push(event);
  }
  return { head: decoded, events, writtenAt };
}

const isEvent = (value: unknown): value is JournalEvent => {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const [name] = value as [string];
  return Object.hasOwn(EVENTS, name) && EVENTS[name as JournalEvent[0]](value);
};

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
