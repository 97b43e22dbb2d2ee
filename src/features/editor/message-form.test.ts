import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64ToText } from '@/azure/bodies/decode-body';
import type { Layer } from '@/azure/bodies/encode-layers';
import { layerNames } from './layers-note';
import {
  bodyBytes,
  emptyForm,
  formProblems,
  type MessageForm,
  toDraft,
  wireSize,
  wireText,
  writtenIn,
} from './message-form';
import { momentAhead } from './moment-ahead';
import { encodingHabit, encodingHint } from './queue-encoding';

const form = (part: Partial<MessageForm> & { text?: string }): MessageForm => {
  const { text = 'x', ...rest } = part;
  return { ...emptyForm('text', text), ...rest };
};
const problemsOf = (one: MessageForm) => formProblems(one, wireSize(bodyBytes(one.body), wireText(one)));

const messages = (...texts: string[]) => texts.map((text) => ({ text }));

describe('a draft', () => {
  test('has its times in seconds and no delay of none', () => {
    expect(toDraft(form({}))).toEqual({ text: 'x', timeToLive: 604_800 });
    expect(toDraft(form({ timeToLive: 'never', delay: { amount: 2, unit: 'minutes' } }))).toEqual({
      text: 'x',
      timeToLive: 'never',
      visibilityDelay: 120,
    });
  });

  test('in Base64 decodes to what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeBase64ToText(wireText(form({ text, encoding: 'base64' })))).toBe(text);
      }),
    );
  });

  test('of a file is the Base64 of its bytes', () => {
    const body = { kind: 'file' as const, name: 'a.bin', bytes: Uint8Array.of(0, 255, 8) };
    expect(wireText(form({ body, encoding: 'base64' }))).toBe('AP8I');
  });
});

describe('a text that was in layers', () => {
  test.each<[Layer[], ReturnType<typeof writtenIn>]>([
    [[], { encoding: 'text', layers: undefined }],
    [['base64'], { encoding: 'base64', layers: undefined }],
    [['hex'], { encoding: 'base64', layers: ['hex'] }],
    [['base64', 'gzip'], { encoding: 'base64', layers: ['base64', 'gzip'] }],
  ])('%j is written as it was', (layers, written) => {
    expect(writtenIn(layers)).toEqual(written);
  });

  test('is sent packed, and says what that is', () => {
    const packed = form({ text: '\u0001', ...writtenIn(['base64', 'gzip']) });
    expect(toDraft(packed, 'H4sI')).toEqual({ text: 'H4sI', timeToLive: 604_800 });
    expect(problemsOf(packed)).toEqual({});
    expect(layerNames(['base64', 'gzip'])).toBe('gzip, then Base64');
  });
});

describe('the limit', () => {
  test('allows exactly 65,536 bytes', () => {
    expect(problemsOf(form({ text: 'x'.repeat(65_536) }))).toEqual({});
    expect(problemsOf(form({ text: 'x'.repeat(65_537) })).body?.message).toBe('1 byte over the limit of 64 KiB.');
  });

  test('counts what Base64 makes of 48 KiB', () => {
    expect(problemsOf(form({ text: 'x'.repeat(49_152), encoding: 'base64' }))).toEqual({});
    expect(problemsOf(form({ text: 'x'.repeat(49_153), encoding: 'base64' })).body).toBeDefined();
    expect(wireSize(3, 'AAAA')).toEqual({ body: 3, added: 1, total: 4, left: 65_532 });
  });

  test('counts bytes and not characters', () => {
    expect(problemsOf(form({ text: '€'.repeat(21_845) }))).toEqual({});
    expect(problemsOf(form({ text: '€'.repeat(21_846) })).body).toBeDefined();
  });
});

describe('what cannot be sent', () => {
  test('is named with its place, and Base64 offered', () => {
    expect(problemsOf(form({ text: 'ab\nc\u0001' })).body).toEqual({
      message: 'U+0001 at line 2, column 2 cannot be written in XML, which carries messages.',
      at: 4,
      remedy: 'base64',
    });
    expect(problemsOf(form({ text: 'ab\nc\u0001', encoding: 'base64' }))).toEqual({});
  });

  test('as half a surrogate pair cannot be sent as Base64 either', () => {
    expect(problemsOf(form({ text: 'a\ud800' })).body).not.toHaveProperty('remedy');
    expect(problemsOf(form({ text: 'a\ud800', encoding: 'base64' })).body?.message).toMatch(/surrogate/);
  });

  test.each<[string, Partial<MessageForm>, 'timeToLive' | 'delay']>([
    ['no life', { timeToLive: { amount: 0, unit: 'seconds' } }, 'timeToLive'],
    ['a negative life', { timeToLive: { amount: -1, unit: 'days' } }, 'timeToLive'],
    ['a life of parts of seconds', { timeToLive: { amount: 1.5, unit: 'seconds' } }, 'timeToLive'],
    ['a life longer than 32 bits of seconds', { timeToLive: { amount: 24_856, unit: 'days' } }, 'timeToLive'],
    ['a delay over 7 days', { delay: { amount: 8, unit: 'days' }, timeToLive: 'never' }, 'delay'],
    ['a delay as long as the life', { delay: { amount: 7, unit: 'days' } }, 'delay'],
    ['a negative delay', { delay: { amount: -1, unit: 'seconds' } }, 'delay'],
  ])('%s breaks a rule', (_, part, field) => {
    const problems = problemsOf(form(part));
    expect(Object.keys(problems)).toEqual([field]);
  });
});

describe('the habit of a queue', () => {
  test('is what all known messages use', () => {
    const habit = encodingHabit(messages('aGVsbG8gd29ybGQ=', 'eyJhIjoxfQ=='));
    expect(habit).toEqual({ encoding: 'base64', share: 2, count: 2 });
    expect(encodingHint(habit, 'base64')).toBe('Matches the last 2 messages');
    expect(encodingHint(habit, 'text')).toBe('The last 2 are Base64');
  });

  test('counts when messages differ, leaves out empty ones and is unknown without any', () => {
    const habit = encodingHabit(messages('plain words', '', 'eyJhIjoxfQ==', '{}'));
    expect(encodingHint(habit, 'text')).toBe('2 of the last 3 are text');
    // As many of both: what needs no unpacking.
    expect(encodingHabit(messages('plain words', 'eyJhIjoxfQ=='))?.encoding).toBe('text');
    expect(encodingHabit(messages(''))).toBeUndefined();
    expect(encodingHint(undefined, 'text')).toBe('Sent as it is written');
  });
});

test('a moment to come is short, and has its year when that is another', () => {
  const now = new Date(2026, 10, 17, 9, 42).getTime();
  expect(momentAhead(new Date(2026, 10, 24, 9, 42).getTime(), now)).toBe('24 Nov, 09:42');
  expect(momentAhead(new Date(2027, 0, 2, 9, 42).getTime(), now)).toBe('2 Jan 2027');
  expect(momentAhead(Number.MAX_VALUE, now)).toBe('far in the future');
});
