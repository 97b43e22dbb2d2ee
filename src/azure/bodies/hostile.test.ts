import { encode as msgpack } from '@msgpack/msgpack';
import { encode as cbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import { decodeBson } from './binary/bson';
import { decodeCbor } from './binary/cbor';
import { decodeMsgpack } from './binary/msgpack';
import { decodeProtobuf } from './binary/protobuf';
import {
  anyTextBomb,
  avroBomb,
  bsonBomb,
  bytesOf,
  cborBomb,
  dataContractBomb,
  jsonBomb,
  layersBomb,
  msgpackBomb,
  protobufBomb,
  repeated,
  xmlBomb,
  zipBomb,
} from './bombs.fixture';
import { BRIEF, LONGER, mayGoOn, WHOLE } from './budget';
import { decodeAvro } from './containers/avro';
import { decodeDataContract } from './containers/datacontract';
import { namedBytes } from './containers/named';
import { decodeZip } from './containers/zip';
import { decodeBody } from './decode-body';
import { prettyJson } from './format-json';
import { prettyXml } from './format-xml';
import { jsonProblem } from './json-tokens';
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

  test.each([
    ['BSON', decodeBson, bsonBomb, 4],
    // Each level of messages in messages is looked at.
    ['protobuf', decodeProtobuf, protobufBomb, 40],
    ['DataContract', decodeDataContract, dataContractBomb, 4],
  ] as const)('%s takes a bounded number of steps for each byte, and never throws', (_, decode, bomb, most) => {
    fc.assert(
      fc.property(bomb, (bytes) => {
        const { decoded, steps } = stepsOf(decode, bytes);
        expect(steps).toBeLessThanOrEqual(most * bytes.length + 10);
        expect(decoded.content ?? decoded.problem).toBeDefined();
        expect(decoded.content?.length ?? 0).toBeLessThanOrEqual(64 * bytes.length + 64);
      }),
      { numRuns: 80 },
    );
  });

  test.each([
    ['zip', decodeZip, zipBomb],
    ['Avro', decodeAvro, avroBomb],
  ] as const)('%s ends at its limits, whatever it declares, and never throws', async (_, decode, bomb) => {
    await fc.assert(
      fc.asyncProperty(bomb, async (bytes) => {
        const budget = { ...BRIEF };
        const { content, problem, label } = await decode(bytes, budget);
        expect(content ?? problem ?? label).toBeDefined();
        // 16 characters a step.
        expect(content?.length ?? 0).toBeLessThanOrEqual(Math.max(BRIEF.bytes, 32 * BRIEF.steps));
      }),
      { numRuns: 60 },
    );
  });

  test('names of bytes are short and on one line, and their texts are no more than the bytes', () => {
    const head = fc.constantFrom(
      [0x80, 4, 0x95],
      [0x80, 2, 0x7d],
      [0xac, 0xed, 0, 5, 0x73, 0x72],
      [0, 1, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0],
    );
    const part = fc.oneof(
      fc.nat(3000).map((count) => repeated([0x74, 0xff, 0xff], count)),
      fc.nat(3000).map((count) => repeated([0x58, 0xff, 0xff, 0, 0], count)),
      fc.nat(3000).map((count) => repeated([0x74, 0, 1, 0x0a], count)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Array.from(bytes)),
    );
    fc.assert(
      fc.property(head, fc.array(part, { maxLength: 8 }), (first, parts) => {
        const bytes = bytesOf(first, parts.flat(), 0x2e);
        const named = namedBytes(bytes, true);
        expect(named?.label ?? '').toMatch(/^.{0,120}$/);
        expect(named?.strings?.join('').length ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 60 },
    );
  });

  test('layers in layers are taken off up to a number, and no text is written larger than it came', async () => {
    await fc.assert(
      fc.asyncProperty(layersBomb, async (text) => {
        const { stages } = await decodeBody(text, { limits: BRIEF });
        expect(stages[0]?.text ?? '').toBe(text);
        expect(stages.length).toBeLessThanOrEqual(12);
        for (const { text: inner, bytes } of stages)
          expect(inner?.length ?? bytes?.length ?? 0).toBeLessThanOrEqual(64 * text.length + 64);
      }),
      { numRuns: 80 },
    );
  });

  test('a text of megabytes of one kind overflows no regular expression', async () => {
    for (const piece of ['0f', 'a=%41&', '&amp;', 'a '])
      for (const text of [piece.repeat(300_000), `b'${piece.repeat(300_000)}'`]) {
        const packed = base64(await pack(text));
        expect((await decodeBody(packed, { limits: LONGER })).stages[1]?.kind).toBe('gzip');
      }
  });

  test('gzip of thousands of members ends at its limit', async () => {
    const member = await pack('a');
    const many = bytesOf(repeated(Array.from(member), 20_000));
    const { stages } = await decodeBody(base64(many), { limits: BRIEF });
    expect(stages.at(-1)?.text?.length ?? 0).toBeLessThanOrEqual(20_000);
  });

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
