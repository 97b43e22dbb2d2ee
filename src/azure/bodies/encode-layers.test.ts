import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import { type Layer, wrapText } from './encode-layers';
import { unwrapText } from './unwrap-text';

test('a text survives every wrapping, and its layers are found again', async () => {
  const layers = fc.constantFrom<Layer[][]>(
    ['base64'],
    ['base64', 'gzip'],
    ['base64', 'zlib'],
    ['base64', 'gzip', 'gzip'],
  );
  const text = fc.string({ minLength: 1 }).map((inner) => `{"a":${JSON.stringify(inner)}}`);
  await fc.assert(
    fc.asyncProperty(text, layers, async (inner, wrapping) => {
      expect(await unwrapText(await wrapText(inner, wrapping))).toEqual({ text: inner, layers: wrapping });
    }),
    { numRuns: 50 },
  );
});

test('plain text has no layers and comes back untouched', async () => {
  expect(await unwrapText('{"a":1}')).toEqual({ text: '{"a":1}', layers: [] });
  expect(await wrapText('a\r\nb', [])).toBe('a\r\nb');
});

test('bytes and damaged data are not unwrapped', async () => {
  for (const bytes of [
    Uint8Array.of(8, 0xbb, 0xc7, 2, 0x12, 7, 0x63),
    Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3, 4, 5, 6, 7),
  ]) {
    const text = bytesToBase64(bytes);
    expect(await unwrapText(text)).toMatchObject({ text, layers: [], raw: expect.any(String) });
  }
});

/** Texts that other programs wrote, and the layers that are found in them. */
const JSON_TEXT = '{"name":"Zoë (it\'s!)","n":1}';
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);
const hex = (text: string) =>
  Array.from(new TextEncoder().encode(text), (one) => one.toString(16).padStart(2, '0')).join('');

test.each<[string, string, Layer[]]>([
  ['UTF-16', bytesToBase64(utf16(JSON_TEXT)), ['base64', 'utf-16le']],
  ['UTF-16 with a byte order mark', bytesToBase64(utf16(`\ufeff${JSON_TEXT}`)), ['base64', 'utf-16le-bom']],
  ['hex', hex(JSON_TEXT), ['hex']],
  ['hex in capitals', hex(JSON_TEXT).toUpperCase(), ['HEX']],
  ['URL escapes', encodeURIComponent(JSON_TEXT), ['url']],
  [
    'URL escapes of a form',
    encodeURIComponent(JSON_TEXT)
      .replaceAll('%20', '+')
      .replace(/[!'()]/g, (char) => `%${hex(char)}`),
    ['url-form'],
  ],
])('%s is edited as what it means, and written again byte for byte', async (_, text, layers) => {
  expect(await unwrapText(text)).toEqual({ text: JSON_TEXT, layers });
  expect(await wrapText(JSON_TEXT, layers)).toBe(text);
});

test('what could not be written again exactly is edited as it came, and says why', async () => {
  // Lower-case escapes: no writer of ours does that.
  const text = encodeURIComponent(JSON_TEXT).replace(/%../g, (escape) => escape.toLowerCase());
  expect(await unwrapText(text)).toEqual({
    text,
    layers: [],
    raw: 'URL-encoded cannot be written again exactly as it was.',
  });
});

test('the steps that a queue is read by are taken for the edit too', async () => {
  const text = bytesToBase64(new TextEncoder().encode('%7B%22a%22%3A1%7D'));
  expect(await unwrapText(text, { steps: ['base64', 'url'] })).toEqual({ text: '{"a":1}', layers: ['base64', 'url'] });
  expect(await unwrapText(btoa('{"a":1}'), { steps: [] })).toEqual({ text: btoa('{"a":1}'), layers: [] });
  const wrong = await unwrapText('plain words', { steps: ['cbor'] });
  expect(wrong).toMatchObject({ text: 'plain words', layers: [], raw: expect.stringMatching(/^Not CBOR/) });
});
