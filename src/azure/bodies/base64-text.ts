import { base64ToBytes, bytesToBase64, utf8 } from './base64';

/** Bytes as they are, text as UTF-8. */
export const bytesOf = (content: string | Uint8Array<ArrayBuffer>) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Base64 of the UTF-8 of a text, as the older SDKs and Azure Functions expect it. A lone surrogate becomes U+FFFD. */
export const encodeBase64 = (text: string) => bytesToBase64(new TextEncoder().encode(text));

/** Characters of the padded Base64 of `bytes` bytes. */
export const base64Size = (bytes: number) => Math.ceil(bytes / 3) * 4;

/** Decodes canonical Base64 of UTF-8 and leaves a leading U+FEFF in; undefined when the text is not that. */
export function decodeBase64ToText(text: string): string | undefined {
  if (text === '') return '';
  const bytes = base64ToBytes(text);
  return bytes && utf8(bytes);
}
