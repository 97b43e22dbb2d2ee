import { describe, expect, test } from 'vitest';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import { clockTime } from '@/words/times';
import { sendKey } from './dialog/editor-dialog';
import { failureTitle, notAddedTitle } from './dialog/failure-strip';
import { extensionOf, isAboutToEnd } from './edit/lease-ending';
import { notFound, secondsAgain } from './edit/use-lease-again';
import { type AfterSaving, afterSavingHint, afterSavingProblem, savedText, visibilityOf } from './fields/after-saving';
import { bodyOfFile } from './fields/load-file';
import { delayHint, timeToLiveHint } from './fields/message-times';
import { roomText } from './fields/size-meter';
import { checkText, findAdded } from './sent/check-added';

const now = new Date(2026, 10, 17, 9, 42).getTime();
const MINUTE = 60_000;
const until = (ms: number) => clockTime(now + ms);

const problemOf = (amount: number, choice: AfterSaving['choice'] = 'custom') =>
  afterSavingProblem({ choice, span: { amount, unit: 'days' } });

describe('after saving', () => {
  const span: AfterSaving['span'] = { amount: 5, unit: 'minutes' };

  test('after saving, the lease is kept, released, or given a new length', () => {
    expect(visibilityOf({ choice: 'keep', span })).toBeUndefined();
    expect(visibilityOf({ choice: 'release', span })).toBe(0);
    expect(visibilityOf({ choice: 'custom', span })).toBe(300);
  });

  test('a visibility timeout is checked only where it would be sent', () => {
    expect([problemOf(7), problemOf(0)]).toEqual([undefined, undefined]);
    expect(problemOf(8)).toBeTypeOf('string');
    expect(problemOf(-1)).toBeTypeOf('string');
    expect([problemOf(8, 'keep'), problemOf(8, 'release')]).toEqual([undefined, undefined]);
  });

  test('the hint says until when the message is hidden after saving', () => {
    const hint = (choice: AfterSaving['choice'], endsAt: number | undefined = now + MINUTE) =>
      afterSavingHint({ choice, span }, { now, endsAt });
    expect(hint('keep')).toBe(`Yours until ${until(MINUTE)}`);
    expect(afterSavingHint({ choice: 'keep', span }, { now, endsAt: undefined })).toBe(
      'Yours for as long as the lease lasts',
    );
    expect(hint('custom')).toBe(`Yours until ${until(5 * MINUTE)}`);
    expect(hint('release')).toBe('Consumers see it at once');
  });

  test('the toast says what became of the lease', () => {
    const endsAt = new Date(now + MINUTE);
    expect(savedText(undefined)).toBe('Lease released');
    expect(savedText({ state: 'held', endsAt })).toBe(`Leased by you until ${until(MINUTE)}`);
    expect(savedText({ state: 'unknown', endsAt })).toMatch(
      /^Hidden until .* by a receipt that this page cannot read$/,
    );
  });
});

const result = (passed: number, unreturned = 0, found: string[] = []) => ({
  found,
  missing: ['a'],
  passed,
  unreturned,
});

describe('the lease under a draft', () => {
  test('a lease is about to end in its last ten seconds, and is extended by a minute at least', () => {
    expect([10_001, 10_000, 0].map(isAboutToEnd)).toEqual([false, true, true]);
    expect([30, 60, 300].map(extensionOf)).toEqual([60, 60, 300]);
  });

  test('a message is leased again for as long as before, and a minute at least', () => {
    expect([0, 60, 300].map(secondsAgain)).toEqual([60, 60, 300]);
  });

  test('a search that does not find the message says how far it went, and what it left hidden', () => {
    expect(notFound(undefined)).toBeUndefined();
    expect(notFound(result(3, 0, ['a']))).toBeUndefined();
    expect(notFound(result(0))).toBe('No message is visible now.');
    expect(notFound(result(1))).toBe('It is not among the first 1 visible message.');
    expect(notFound(result(320, 1))).toBe(
      'It is not among the first 320 visible messages. 1 message passed on the way could not be released.',
    );
  });
});

describe('the hints of times', () => {
  const clocks = { now, skew: 0 };

  test('the hints go by the clock of the service', () => {
    expect(timeToLiveHint('never', clocks)).toBe('Stays until it is deleted');
    expect(timeToLiveHint({ amount: 7, unit: 'days' }, clocks)).toBe('Expires 24 Nov, 09:42');
    expect(timeToLiveHint({ amount: 7, unit: 'days' }, { now, skew: -2 * MINUTE })).toBe('Expires 24 Nov, 09:40');
    expect(delayHint({ amount: 5, unit: 'minutes' }, { now, skew: MINUTE })).toBe(
      `Consumers see it at ${until(6 * MINUTE)}`,
    );
  });

  test('the hint of a delay has its date when it is longer than a day', () => {
    expect(delayHint({ amount: 0, unit: 'seconds' }, clocks)).toBe('Consumers see it at once');
    expect(delayHint({ amount: 1, unit: 'days' }, clocks)).toBe('Consumers see it at 09:42:00');
    expect(delayHint({ amount: 2, unit: 'days' }, clocks)).toBe('Consumers see it at 19 Nov, 09:42');
    expect(delayHint({ amount: Number.NaN, unit: 'seconds' }, clocks)).toBe('Consumers see it at once');
  });
});

const sent = (ago: number, text = 'mine') => ({
  id: `${ago}`,
  text,
  insertedAt: new Date(now - ago),
  expiresAt: null,
  dequeueCount: 0,
});

describe('a send without an answer', () => {
  const draft = { text: 'mine', timeToLive: 60 };

  test('an added message is found by its text, unless it is older than the send', () => {
    expect(findAdded([sent(0, 'theirs'), sent(1000)], 'mine', now)?.id).toBe('1000');
    expect(findAdded([sent(5 * MINUTE + 2000)], 'mine', now)).toBeDefined();
    expect(findAdded([sent(5 * MINUTE + 2001)], 'mine', now)).toBeUndefined();
    expect(findAdded([], 'mine', now)).toBeUndefined();
  });

  test('an added message that is not seen may be hidden or further back', () => {
    const look = { isError: false, isSuccess: true, data: undefined };
    expect(checkText({ ...look, data: sent(0) }, draft)).toMatch(
      /^It was added: a message with this text was inserted at 09:42:00\.$/,
    );
    expect(checkText(look, draft)).toMatch(/In a longer queue it is further back\.$/);
    expect(checkText(look, { ...draft, visibilityDelay: 5 })).toMatch(/Its delay would hide it\.$/);
  });
});

test('a check that failed or was not made says nothing of the message', () => {
  const look = { isError: false, isSuccess: false, data: undefined };
  expect(checkText(look, { text: 'mine', timeToLive: 60 })).toMatch(/^Sending it again may add it twice/);
  expect(checkText({ ...look, isError: true }, { text: 'mine', timeToLive: 60 })).toMatch(/could not be peeked/);
});

describe('a failure', () => {
  const lost = new UnreachableError('Lost.', { ambiguous: true });
  const broken = new StorageError('Broken.', { status: 500, code: 'InternalError' });

  test('a failure is certain only where the service refused before it began', () => {
    for (const [error, title] of [
      [new StorageError('Gone.', { status: 404, code: 'QueueNotFound' }), 'Nothing was saved'],
      [new StorageError('Busy.', { status: 503, code: 'ServerBusy' }), 'Nothing was saved'],
      [lost, 'No answer arrived. The message may or may not have been saved'],
      [broken, 'The service answered with an error of its own. The message may or may not have been saved'],
    ] as const)
      expect(failureTitle(error, 'saved')).toBe(title);
  });

  test('the toast of a closed dialog is as certain as the strip', () => {
    expect(notAddedTitle(new StorageError('Gone.', { status: 404 }))).toBe('Message not added');
    expect(notAddedTitle(lost)).toBe('The message may or may not have been added');
    expect(notAddedTitle(broken)).toBe('The message may or may not have been added');
  });
});

test('the size meter says the bytes left to the limit, or over it', () => {
  expect([0, 1, -1, 1024, -2048].map(roomText)).toEqual([
    '0 B left',
    '1 B left',
    '1 B over',
    '1 KiB left',
    '2 KiB over',
  ]);
});

const fileOf = (...bytes: number[]) => new File([Uint8Array.from(bytes)], 'a.bin');

describe('a file', () => {
  test('a file is loaded as text when it is readable text, otherwise as bytes', async () => {
    expect(await bodyOfFile(fileOf(0x68, 0x69))).toEqual({ kind: 'text', text: 'hi' });
    expect(await bodyOfFile(fileOf(0, 255, 8))).toEqual({
      kind: 'file',
      name: 'a.bin',
      bytes: Uint8Array.of(0, 255, 8),
    });
  });

  test('a file far larger than any message is not read', async () => {
    const large = { name: 'a.bin', size: 16 * 65_536 + 1, arrayBuffer: () => expect.fail('It was read') };
    await expect(bodyOfFile(large as unknown as File)).rejects.toThrow('A message holds at most 65,536.');
    const just = new File([new Uint8Array(16 * 65_536)], 'a.bin');
    expect((await bodyOfFile(just)).kind).toBe('file');
  });
});

const meaning = (change: Partial<Parameters<typeof sendKey>[0]>) =>
  sendKey({ key: 'Enter', ctrlKey: false, metaKey: false, repeat: false, ...change });

test('Ctrl Enter and Cmd Enter send once, however long they are held down', () => {
  expect(meaning({ ctrlKey: true })).toBe('send');
  expect(meaning({ metaKey: true })).toBe('send');
  expect(meaning({ ctrlKey: true, repeat: true })).toBe('held');
  expect(meaning({})).toBeUndefined();
  expect(meaning({ ctrlKey: true, key: 's' })).toBeUndefined();
});
