import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64 } from './base64';

test('encodes as btoa does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(toBase64(bytes)).toBe(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
    }),
  );
});
