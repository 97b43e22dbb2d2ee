import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64ToText } from '@/azure/bodies/decode-body';
import type { Layer } from '@/azure/bodies/encode-layers';
import { encodingHabit } from '@/messages/encoding-habit';
import { futureMoment } from '../fields/message-times';
import { layerNames } from './layers-note';
import {
  bodyBytes,
  emptyForm,
  encodingOf,
  formProblems,
  type MessageForm,
  toDraft,
  wireSize,
  wireText,
} from './message-form';
import { encodingHint } from './queue-encoding';

const form = (part: Partial<MessageForm> & { text?: string }): MessageForm => {
  const { text = 'x', ...rest } = part;
  return { ...emptyForm('text', text), ...rest };
};
const problemsOf = (one: MessageForm) => formProblems(one, wireSize(bodyBytes(one.body), wireText(one)));

const messages = (...texts: string[]) => texts.map((text) => ({ text }));

describe('the message of a form', () => {
  test('a form is sent with its times in seconds, and without a delay of 0', () => {
    expect(toDraft(form({}))).toEqual({ text: 'x', timeToLive: 604_800 });
    expect(toDraft(form({ timeToLive: 'never', delay: { amount: 2, unit: 'minutes' } }))).toEqual({
      text: 'x',
      timeToLive: 'never',
      visibilityDelay: 120,
    });
  });

  test('a Base64 message decodes to the text that was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeBase64ToText(wireText(form({ text, encoding: 'base64' })))).toBe(text);
      }),
    );
  });

  test('the message of a file is the Base64 of its bytes', () => {
    const body = { kind: 'file' as const, name: 'a.bin', bytes: Uint8Array.of(0, 255, 8) };
    expect(wireText(form({ body, encoding: 'base64' }))).toBe('AP8I');
  });
});

describe('a text from layers', () => {
  test.each<[Layer[], ReturnType<typeof encodingOf>]>([
    [[], { encoding: 'text', layers: undefined }],
    [['base64'], { encoding: 'base64', layers: undefined }],
    [['hex'], { encoding: 'base64', layers: ['hex'] }],
    [['base64', 'gzip'], { encoding: 'base64', layers: ['base64', 'gzip'] }],
  ])('a text from %j gets the same encoding again', (layers, written) => {
    expect(encodingOf(layers)).toEqual(written);
  });

  test('a text from layers is packed again, and the form names the layers', () => {
    const packed = form({ text: '\u0001', ...encodingOf(['base64', 'gzip']) });
    expect(toDraft(packed, 'H4sI')).toEqual({ text: 'H4sI', timeToLive: 604_800 });
    expect(problemsOf(packed)).toEqual({});
    expect(layerNames(['base64', 'gzip'])).toBe('gzip, then Base64');
  });
});

describe('the limit', () => {
  test('the limit allows exactly 65,536 bytes', () => {
    expect(problemsOf(form({ text: 'x'.repeat(65_536) }))).toEqual({});
    expect(problemsOf(form({ text: 'x'.repeat(65_537) })).body?.message).toBe('1 byte over the limit of 64 KiB.');
  });

  test('the size counts the 64 KiB that Base64 makes of 48 KiB', () => {
    expect(problemsOf(form({ text: 'x'.repeat(49_152), encoding: 'base64' }))).toEqual({});
    expect(problemsOf(form({ text: 'x'.repeat(49_153), encoding: 'base64' })).body).toBeDefined();
    expect(wireSize(3, 'AAAA')).toEqual({ body: 3, added: 1, total: 4, left: 65_532 });
  });

  test('the size counts bytes, not characters', () => {
    expect(problemsOf(form({ text: '€'.repeat(21_845) }))).toEqual({});
    expect(problemsOf(form({ text: '€'.repeat(21_846) })).body).toBeDefined();
  });
});

describe('what cannot be sent', () => {
  test('an unsendable character is named with its position, and Base64 offered', () => {
    expect(problemsOf(form({ text: 'ab\nc\u0001' })).body).toEqual({
      message: 'U+0001 at line 2, column 2 cannot be written in XML, which carries messages.',
      at: 4,
      remedy: 'base64',
    });
    expect(problemsOf(form({ text: 'ab\nc\u0001', encoding: 'base64' }))).toEqual({});
  });

  test('half a surrogate pair cannot be sent as Base64 either', () => {
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
  ])('%s is a problem', (_, part, field) => {
    const problems = problemsOf(form(part));
    expect(problems).toEqual({ [field]: expect.any(String) as string });
  });
});

describe('the habit of a queue', () => {
  test('the encoding of a queue is the one that all known messages use', () => {
    const habit = encodingHabit(messages('aGVsbG8gd29ybGQ=', 'eyJhIjoxfQ=='));
    expect(habit).toEqual({ encoding: 'base64', share: 2, count: 2 });
    expect(encodingHint(habit, 'base64')).toBe('Matches the last 2 messages');
    expect(encodingHint(habit, 'text')).toBe('The last 2 are Base64');
  });

  test('the encoding of a queue is counted when messages differ, without empty ones, and unknown without any', () => {
    const habit = encodingHabit(messages('plain words', '', 'eyJhIjoxfQ==', '{}'));
    expect(encodingHint(habit, 'text')).toBe('2 of the last 3 are text');
    // With as many of both, plain text.
    expect(encodingHabit(messages('plain words', 'eyJhIjoxfQ=='))?.encoding).toBe('text');
    expect(encodingHabit(messages(''))).toBeUndefined();
    expect(encodingHint(undefined, 'text')).toBe('Sent as it is written');
  });
});

test('a future moment is short, and has its year when that is another', () => {
  const now = new Date(2026, 10, 17, 9, 42).getTime();
  expect(futureMoment(new Date(2026, 10, 24, 9, 42).getTime(), now)).toBe('24 Nov, 09:42');
  expect(futureMoment(new Date(2027, 0, 2, 9, 42).getTime(), now)).toBe('2 Jan 2027');
  expect(futureMoment(Number.MAX_VALUE, now)).toBe('far in the future');
});
