import { base64ToBytes, utf8 } from './base64';

/** Characters of the padded Base64 of `bytes` bytes. */
export const base64Size = (bytes: number) => Math.ceil(bytes / 3) * 4;

/** Decodes canonical Base64 of UTF-8 and leaves a leading U+FEFF in; undefined when the text is not that. */
export function decodeBase64ToText(text: string): string | undefined {
  if (text === '') return '';
  const bytes = base64ToBytes(text);
  return bytes && utf8(bytes);
}
