import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToBase64 } from './body-base64';
import { type Layer, unwrapText, wrapText } from './body-layers';

test('a text survives every wrapping, and the wrapping is found again', async () => {
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

test('bytes and damaged data are left as they came', async () => {
  for (const bytes of [
    Uint8Array.of(8, 0xbb, 0xc7, 2, 0x12, 7, 0x63),
    Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3, 4, 5, 6, 7),
  ]) {
    const text = bytesToBase64(bytes);
    expect(await unwrapText(text)).toEqual({ text, layers: [] });
  }
});
