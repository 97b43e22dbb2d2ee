import { encode as msgpack } from '@msgpack/msgpack';
import { encode as cbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import { BRIEF } from './budget';
import { decodeBody } from './decode-body';
import { wrapText } from './encode-layers';
import { STEP_LABELS, type Step } from './model';
import { unwrapText } from './unwrap-text';

const ORDER = { order: 41907, event: 'created', lines: [{ sku: 'LMP-014', qty: 2 }] };
const bytesOf = (data: Uint8Array) => new Uint8Array(data);
const base64 = (data: Uint8Array) => bytesToBase64(bytesOf(data));
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);
const swapped = (data: Uint8Array) => data.map((_, at) => data[at ^ 1] ?? 0);
async function pack(content: string | Uint8Array<ArrayBuffer>, format: CompressionFormat) {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
const hex = (data: Uint8Array) => Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
const chain = async (text: string, steps?: Step[]) => {
  const { stages, format } = await decodeBody(text, { steps });
  return { labels: stages.map(({ label }) => label).join(' → '), format, text: stages.at(-1)?.text };
};

const DEFLATED = await pack(JSON.stringify(ORDER), 'deflate-raw');
const GZIPPED = await pack(bytesOf(msgpack(ORDER)), 'gzip');

describe('without chosen steps', () => {
  test.each([
    ['UTF-16 as Windows writes it', base64(utf16('Zażółć gęślą jaźń, 24 €')), 'Base64 → UTF-16 → Text'],
    ['JSON in UTF-16', base64(utf16(JSON.stringify(ORDER))), 'Base64 → UTF-16 → JSON'],
    ['UTF-16 big-endian with its mark', base64(swapped(utf16('\ufeffсообщение'))), 'Base64 → UTF-16 → Text'],
    ['MessagePack', base64(msgpack(ORDER)), 'Base64 → MessagePack → JSON'],
    ['CBOR', base64(cbor(ORDER)), 'Base64 → CBOR → JSON'],
    ['bare deflate', base64(DEFLATED), 'Base64 → deflate → JSON'],
    ['MessagePack in gzip', base64(GZIPPED), 'Base64 → gzip → MessagePack → JSON'],
    ['URL-encoded JSON', encodeURIComponent(JSON.stringify(ORDER)), 'URL-encoded → JSON'],
    ['form data', 'name=Ada+Lovelace&mail=ada%40example.com', 'URL-encoded → Text'],
    ['JSON in hex', hex(new TextEncoder().encode('{"a":"bcdef"}')), 'Hex → JSON'],
    ['XML in hex', hex(new TextEncoder().encode('<a>bcdef</a>')), 'Hex → XML'],
  ])('%s is read', async (_, text, labels) => {
    expect((await chain(text)).labels).toBe(labels);
  });

  test.each([
    ['a SHA-256 digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['an order number', '4142434445464748'],
    ['a share', '100%25'.replace('%25', '%')],
    ['a sentence with a percent sign', 'up 5%20 and down'],
    ['a word', 'retry'],
  ])('%s stays text', async (_, text) => {
    expect(await chain(text)).toMatchObject({ labels: 'Text', format: 'TEXT' });
  });

  test.each([
    ['numbers that are legal MessagePack and CBOR', [0x92, 0x01, 0x02, 0x93, 0x01, 0x02]],
    ['a map of numbers', [0x82, 0x01, 0x02, 0x03, 0x04, 0x05]],
    ['protobuf', [0x08, 0xbb, 0xc7, 0x02, 0x12, 0x07, 0x63, 0x72, 0x65, 0x61, 0x74, 0x65, 0x64]],
  ])('%s stay bytes, and each decoder says why it is not its own', async (_, data) => {
    const { stages, notes } = await decodeBody(base64(Uint8Array.from([...data, 0xff])));
    expect(stages.at(-1)).toMatchObject({ kind: 'binary' });
    expect(notes?.map(({ label }) => label)).toEqual([
      'UTF-16',
      'MessagePack',
      'CBOR',
      'deflate',
      'brotli',
      'protobuf',
    ]);
  });

  test('random bytes stay bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 24, maxLength: 200 }), async (data) => {
        const { stages } = await decodeBody(base64(data), { steps: undefined });
        expect(stages.map(({ kind }) => kind)).not.toContain('cbor');
        expect(stages.map(({ kind }) => kind)).not.toContain('msgpack');
      }),
      { numRuns: 300 },
    );
  });
});

describe('with chosen steps', () => {
  test.each<[string, string, Step[], string]>([
    ['nothing is taken off', btoa('{"a":1}'), [], 'Text'],
    ['a word is Base64', 'dGVzdA', ['base64'], 'Base64 → Text'],
    ['Base64 of the URL kind, over lines', 'eyJhIjoi\nw7_DvyJ9', ['base64'], 'Base64 → JSON'],
    ['hex with blanks', '7b 22 61 22 3a 31 7d', ['hex'], 'Hex → JSON'],
    ['XML escapes in words', 'Smith &amp; Sons', ['xml-escapes'], 'XML escapes → Text'],
    ['a JSON string of words', '"one\\ntwo"', ['json-string'], 'JSON string → Text'],
    ['words in Latin-1', btoa('Gr\u00f6\u00dfe'), ['base64', 'windows-1252'], 'Base64 → Windows-1252 → Text'],
    ['words in Windows-1251', btoa('\u00cf\u00f0'), ['base64', 'windows-1251'], 'Base64 → Windows-1251 → Text'],
    ['words in Shift_JIS', btoa('\u0082\u00b1'), ['base64', 'shift_jis'], 'Base64 → Shift_JIS → Text'],
    ['words in GB18030', btoa('\u00b6\u00a9'), ['base64', 'gb18030'], 'Base64 → GB18030 → Text'],
    ['words in Big5', btoa('\u00a4\u00a4'), ['base64', 'big5'], 'Base64 → Big5 → Text'],
    ['a number of protobuf', btoa('\u0008\u0001'), ['base64', 'protobuf'], 'Base64 → Looks like protobuf → JSON'],
    ['one after the other', btoa(encodeURIComponent('<a/>')), ['base64', 'url'], 'Base64 → URL-encoded → XML'],
  ])('%s', async (_, text, steps, labels) => {
    expect((await chain(text, steps)).labels).toBe(labels);
  });

  test.each<[string, Step[], RegExp]>([
    ['a*b', ['base64'], /Not Base64: \* at character 2/],
    ['abcde', ['base64'], /5 characters cannot be whole bytes/],
    ['abc', ['hex'], /3 digits, and two make a byte/],
    ['100%', ['url'], /two hex digits must follow the % at character 4/],
    ['%ff', ['url'], /no UTF-8/],
    ['abc', ['utf-16'], /3 bytes, and two make a character/],
    ['plain text', ['gzip'], /not sound gzip data/],
    ['plain text', ['deflate'], /not sound deflate data/],
    ['plain text', ['msgpack'], /Not MessagePack/],
    ['plain text', ['cbor'], /Not CBOR/],
    ['plain text', ['json-string'], /Not a JSON string: there are no quotes/],
    ['"a', ['json-string'], /Not a JSON string: The string is never closed at character 1/],
    ['plain text', ['xml-escapes'], /Not XML escapes: there is none in it/],
    ["b'a", ['python-bytes'], /Not Python bytes: it is not one literal/],
    ["b'\\xzz'", ['python-bytes'], /two hex digits must follow/],
    ['plain text', ['quotes'], /Not in quotes/],
    ['1 2 300', ['byte-list'], /not all of it are numbers/],
    ['plain text', ['data-url'], /Not a data URL/],
    ['plain text', ['nul'], /No trailing NUL/],
    ['plain text', ['length'], /do not begin with their length/],
    ['plain text', ['zip'], /Not zip/],
    ['plain text', ['bson'], /Not BSON: its first four bytes are not its length/],
    ['plain text', ['avro'], /Not Avro/],
    ['plain text', ['protobuf'], /Not protobuf/],
    ['plain text', ['datacontract'], /Not DataContract/],
    ['abc', ['utf-32'], /3 bytes, and four make a character/],
    ['a\u0001', ['windows-1252'], /Not Windows-1252: it would hold control characters/],
  ])('%j as %s says why it cannot', async (text, steps, words) => {
    const { stages } = await decodeBody(text, { steps });
    expect(stages.at(-1)?.problem).toMatch(words);
    expect(stages[0]?.text).toBe(text);
  });

  test('never throws, and the first stage is the exact text', async () => {
    const step = fc.constantFrom(...(Object.keys(STEP_LABELS) as Step[]));
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.array(step, { maxLength: 3 }), async (text, steps) => {
        expect((await decodeBody(text, { steps })).stages[0]?.text).toBe(text);
      }),
    );
  });

  test('a decompression bomb is cut off, and so is a bomb inside one', async () => {
    const bomb = base64(await pack('a'.repeat(3_000_000), 'deflate-raw'));
    const { stages } = await decodeBody(bomb, { steps: ['base64', 'deflate'], limits: BRIEF });
    expect(stages[1]?.problem).toBe('Only the first 1 MiB are unpacked.');
    expect(stages.at(-1)?.text).toHaveLength(1024 * 1024);
  });
});

describe('a value of a binary format', () => {
  test('keeps the digits of 64-bit numbers, and shows bytes, dates and what JSON has no word for', async () => {
    const values = { id: 9007199254740993n, raw: Uint8Array.from([1, 255]), at: new Date(0) };
    expect((await chain(base64(msgpack(values, { useBigInt64: true })))).text).toBe(
      '{"id":9007199254740993,"raw":"0x01ff","at":"1970-01-01T00:00:00.000Z"}',
    );
    const odd = Uint8Array.of(0x83, 0xf9, 0x7e, 0, 0xf9, 0x80, 0, ...cbor(new Map([[1, 'a']])));
    expect((await chain(base64(odd), ['base64', 'cbor'])).text).toBe('["NaN",-0,{"1":"a"}]');
  });

  test('that is nested without end is refused in words', async () => {
    for (const [step, list] of [
      ['msgpack', 0x91],
      ['cbor', 0x81],
    ] as const) {
      const deep = new Uint8Array(5000).fill(list);
      const { stages } = await decodeBody(base64(deep), { steps: ['base64', step] });
      expect(stages.at(-1)?.problem).toBe('Stopped: nested more than 500 levels deep.');
    }
  });

  test('is edited as it came, since it cannot be put back byte for byte', async () => {
    const text = base64(msgpack(ORDER));
    expect(await unwrapText(text)).toEqual({
      text,
      layers: [],
      raw: 'MessagePack cannot be written again exactly as it was.',
    });
    const gzipped = base64(await pack('{"a":1}', 'gzip'));
    const { text: inner, layers } = await unwrapText(gzipped);
    expect([inner, layers]).toEqual(['{"a":1}', ['base64', 'gzip']]);
    expect((await unwrapText(await wrapText(inner, layers))).text).toBe(inner);
  });
});
