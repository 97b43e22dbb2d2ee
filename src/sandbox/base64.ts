const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Every 12 bits as two characters. */
const PAIRS = Array.from({ length: 4096 }, (_, bits) => ALPHABET.charAt(bits >> 6) + ALPHABET.charAt(bits & 63));

/** Base64 of a few bytes: several times as fast as `btoa`, which wants them as a string first. */
export function toBase64(bytes: Uint8Array): string {
  const { length } = bytes;
  let text = '';
  for (let at = 0; at < length; at += 3) {
    // What is behind the end counts as 0.
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += (PAIRS[bits >> 12] ?? '') + (PAIRS[bits & 0xfff] ?? '');
  }
  const rest = length % 3;
  return rest === 0 ? text : text.slice(0, rest - 3) + '='.repeat(3 - rest);
}
