import { encode as msgpack } from '@msgpack/msgpack';
import { encode as cbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import { anyTextBomb, bytesOf, cborBomb, jsonBomb, msgpackBomb, repeated, xmlBomb } from './bombs.fixture';
import { BRIEF, LONGER, mayGoOn, WHOLE } from './budget';
import { decodeCbor } from './binary/cbor';
import { decodeBody } from './decode-body';
import { prettyJson } from './format-json';
import { prettyXml } from './format-xml';
import { jsonProblem } from './json-tokens';
import { decodeMsgpack } from './binary/msgpack';
import { guessFormat, previewOfStage } from './preview';
import { xmlProblem } from './xml-tokens';

const base64 = (bytes: Uint8Array) => bytesToBase64(new Uint8Array(bytes));
async function pack(content: string | Uint8Array<ArrayBuffer>, format: CompressionFormat = 'gzip') {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
/** Decodes with counted limits; what is left of them, and what came out. */
const stepsOf = (decode: typeof decodeCbor, bytes: Uint8Array<ArrayBuffer>, limits = WHOLE) => {
  const budget = { ...limits };
  return { decoded: decode(bytes, budget), steps: limits.steps - budget.steps };
};

describe('the texts that once took a tab away', { timeout: 30_000 }, () => {
  test('MessagePack of heads that announce more than there is: no memory is reserved for it', async () => {
    const heads = bytesOf(repeated([0xdd, 0x01, 0xff, 0xff, 0xff], 40), 0x92, 0xa1, 0x61);
    const text = base64(heads);
    expect(text.length).toBeLessThan(280);
    const { stages, notes } = await decodeBody(text);
    expect(stages.at(-1)?.kind).toBe('binary');
    expect(notes?.find(({ label }) => label === 'MessagePack')?.message).toBe(
      'Not MessagePack: it announces 33554431 items and has 198 bytes.',
    );
    expect(stepsOf(decodeMsgpack, heads).steps).toBe(0);
  });

  test('CBOR of one big number is written in hex, in linear time', async () => {
    const number = bytesOf(0xa1, 0x62, 0x69, 0x64, 0xc2, 0x5a, 0, 0x05, 0, 0, new Uint8Array(0x5_0000).fill(0x77));
    const text = base64(await pack(number));
    expect(text.length).toBeLessThan(1000);
    const { format, stages, stopped } = await decodeBody(text);
    expect({ format, stopped }).toEqual({ format: 'CBOR', stopped: undefined });
    expect(stages.at(-1)?.text).toMatch(/^\{"id":"0x7777/);
    expect(stepsOf(decodeCbor, number).steps).toBeLessThan(number.length);
  });

  test('JSON that nests 32,000 times is text that says so, also when it is packed', async () => {
    const json = '['.repeat(32_000) + ']'.repeat(32_000);
    const stopped = 'nested more than 500 levels deep';
    expect(await decodeBody(json)).toMatchObject({ format: 'TEXT', stopped, stages: [{ kind: 'text', text: json }] });
    const packed = base64(await pack('['.repeat(500_000)));
    expect(packed.length).toBeLessThan(1400);
    expect(await decodeBody(packed)).toMatchObject({ format: 'BASE64', stopped });
    expect(prettyJson(json)).toBe(json);
  });

  test('30 MiB that are packed in packed give no more than the limit', async () => {
    const inner = await pack(new Uint8Array(30 * 1024 * 1024));
    const text = base64(await pack(inner));
    for (const [limits, words] of [
      [BRIEF, 'only the first 1 MiB are unpacked'],
      [WHOLE, 'only the first 4 MiB are unpacked'],
      [LONGER, 'only the first 16 MiB are unpacked'],
    ] as const) {
      const { stages, stopped } = await decodeBody(text, { limits });
      expect(stopped).toBe(words);
      const out = stages.slice(2).reduce((sum, { text: one, bytes }) => sum + (bytes?.length ?? one?.length ?? 0), 0);
      expect(out).toBeLessThanOrEqual(limits.bytes);
    }
  });
});

describe('of any bytes that a format could have been made of', { timeout: 30_000 }, () => {
  for (const [name, decode, bomb] of [
    ['MessagePack', decodeMsgpack, msgpackBomb],
    ['CBOR', decodeCbor, cborBomb],
  ] as const) {
    test(`${name} takes at most a few steps for each byte, and never throws`, () => {
      fc.assert(
        fc.property(bomb, (bytes) => {
          const { decoded, steps } = stepsOf(decode, bytes);
          expect(steps).toBeLessThanOrEqual(3 * bytes.length + 1);
          expect(decoded.content ?? decoded.problem).toBeDefined();
          if (typeof decoded.content !== 'string') return;
          expect(decoded.content.length).toBeLessThanOrEqual(64 * bytes.length + 64);
          expect(jsonProblem(decoded.content)).toBeUndefined();
        }),
        { numRuns: 300 },
      );
    });

    test(`${name} stops where its steps end`, () => {
      const { decoded } = stepsOf(
        decode,
        bytesOf(name === 'CBOR' ? 0x9f : [0xdd, 0, 0, 0x27, 0x10], repeated([1], 10_000), name === 'CBOR' ? 0xff : []),
        { bytes: 0, steps: 5000, tokens: 0 },
      );
      expect(decoded.stopped).toBe('more parts than one message may have');
    });
  }

  test.each<[string, fc.Arbitrary<string>]>([
    ['JSON', jsonBomb],
    ['XML', xmlBomb],
  ])('%s is laid out in at most 70 characters for each of its own', (_, bomb) => {
    fc.assert(
      fc.property(bomb, (text) => {
        expect(prettyJson(text).length).toBeLessThanOrEqual(70 * text.length);
        expect(prettyXml(text).length).toBeLessThanOrEqual(70 * text.length);
        jsonProblem(text);
        xmlProblem(text);
      }),
      { numRuns: 200 },
    );
  });

  test('the whole chain ends, whatever is packed in what', async () => {
    const content = fc.oneof(
      msgpackBomb,
      cborBomb,
      jsonBomb.map((text) => new TextEncoder().encode(text)),
      xmlBomb.map((text) => new TextEncoder().encode(text)),
      fc
        .tuple(fc.nat(255), fc.integer({ min: 1, max: 3 * 1024 * 1024 }))
        .map(([byte, count]) => new Uint8Array(count).fill(byte)),
    );
    const layers = fc.array(fc.constantFrom<CompressionFormat>('gzip', 'deflate', 'deflate-raw'), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(content, layers, async (inner, packing) => {
        let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(inner);
        for (const format of packing) bytes = await pack(bytes, format);
        const text = base64(bytes);
        const { stages } = await decodeBody(text, { limits: BRIEF });
        expect(stages[0]?.text ?? '').toBe(text);
        const out = stages.slice(2).reduce((sum, stage) => sum + (stage.bytes?.length ?? 0), 0);
        expect(out).toBeLessThanOrEqual(2 * BRIEF.bytes);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  test('a declaration in XML is not looked for over and over', () => {
    // 3 MiB; quadratic, this would take minutes.
    expect(xmlProblem('<!DOCTYPE a>'.repeat(250_000))).toEqual({});
  });
});

const read = ({ content }: { content?: unknown }): unknown => JSON.parse(content as string);

test('what the encoders of others write reads as before', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 20 }),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
        tie('value'),
      ),
    ),
  })).value;
  fc.assert(
    fc.property(value, (one) => {
      const wanted: unknown = JSON.parse(JSON.stringify(one));
      expect(read(decodeMsgpack(new Uint8Array(msgpack(one)), { ...WHOLE }))).toEqual(wanted);
      expect(read(decodeCbor(new Uint8Array(cbor(one)), { ...WHOLE }))).toEqual(wanted);
    }),
  );
});

test('more was asked for, and a text of 300,000 parts is laid out', async () => {
  const text = base64(await pack(`[${'1,'.repeat(150_000)}1]`));
  expect(await decodeBody(text)).toMatchObject({ stopped: 'more than 250,000 parts' });
  expect(mayGoOn('more than 250,000 parts')).toBe(true);
  expect(mayGoOn('more than 1,000,000 parts')).toBe(false);
  expect(await decodeBody(text, { limits: LONGER })).toMatchObject({ format: 'JSON' });
});

test('the preview of a row is short, whatever the text', () => {
  fc.assert(
    fc.property(anyTextBomb, (text) => {
      for (const shown of [guessFormat(text), previewOfStage('TEXT', { text })]) {
        const line = shown.preview.map(({ key = '', text: piece }) => key + piece).join('');
        expect(line.length).toBeLessThanOrEqual(6 * 900);
        // oxlint-disable-next-line no-control-regex -- none may be left
        expect(line).not.toMatch(/[\0-\b\n\r\v\f\x0e-\x1f\u202a-\u202e\u2066-\u2069]/);
      }
    }),
    { numRuns: 200 },
  );
});
