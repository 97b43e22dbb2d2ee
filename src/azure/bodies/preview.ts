import { withoutTurns } from '../../words/isolate';
import { guessBase64, hexOf, packingOf, readableText } from './base64';
import { jsonProblem, jsonTokens } from './json-tokens';

/** Format of a message without its Base64. `BASE64`: Base64 of text that is neither JSON nor XML, or of compressed data. */
export type Format = 'JSON' | 'XML' | 'TEXT' | 'BASE64' | 'MSGPACK' | 'CBOR' | 'BINARY' | 'EMPTY';

/**
 * A stretch of a one-line preview: `key` is drawn muted, `text` normal, one straight after the other with nothing added
 * in between; joined they are the whole line, e.g. `{ key: 'order: ', text: '41907, ' }`.
 */
export type PreviewSegment = { key?: string; text: string };

/** Characters of a text that is read to its end at once; whether a longer one is JSON to its end is seen off the page. */
const READ_TO_END = 4096;

/** More than the widest row shows. */
const MOST_CHARACTERS = 300;

export type Preview = {
  format: Format;
  preview: PreviewSegment[];
  /** True when the text needs `decodeBody`, and then `previewOfStage`, to know the format. */
  isPacked?: true;
  /** As of `DecodedBody`. */
  stopped?: string;
};

/**
 * Returns the format badge and one-line preview of a message text, fast enough for each row of a grid. JSON of more than
 * 4,096 characters is read as far as the line needs it, and `decodeBody` notices when it breaks further on. Never throws.
 */
export function guessFormat(text: string): Preview {
  if (text === '') return { format: 'EMPTY', preview: [] };
  const plain = guessText(text);
  if (plain) return plain;
  const bytes = guessBase64(text);
  if (!bytes) return { format: 'TEXT', preview: oneLine(text), ...(mayBeEncoded(text) && { isPacked: true }) };
  if (packingOf(bytes)) return { format: 'BASE64', preview: oneLine(text), isPacked: true };
  const inner = readableText(bytes);
  if (inner === undefined) return { format: 'BINARY', preview: hexLine(bytes), isPacked: true };
  return (
    guessText(inner) ?? { format: 'BASE64', preview: oneLine(inner), ...(mayBeEncoded(inner) && { isPacked: true }) }
  );
}

/** Preview of the last stage of a decode chain, whose format is known. Bytes that are named are shown with their name. */
export const previewOfStage = (
  format: Format,
  { text, bytes, kind, label = '' }: { text?: string; bytes?: Uint8Array; kind?: string; label?: string },
): Preview => ({
  format,
  preview:
    text === undefined
      ? [
          ...(kind === 'named' ? [{ key: `${visibleControls(label)}: `, text: '' }] : []),
          ...hexLine(bytes ?? new Uint8Array()),
        ]
      : (guessText(text)?.preview ?? oneLine(text)),
});

/**
 * True for what may hold another text, by what it begins with, ends with or is made of: Base64 in any form, hex, URL escapes,
 * quotes, escapes, a literal, a NUL. `decodeBody` examines it.
 */
export const mayBeEncoded = (text: string) =>
  /^[\w+/=\s:-]{8,}$|%\w\w|&#?\w+;|^\s*(?:(?:bytearray\()?b?r?["'`]|data:|[{[]\s*\\)|^\[?-?\d{1,3}[, ]|\0$/i.test(
    text,
  ) && !/^[a-z]+(?:\s[a-z]+)+$/i.test(text);

function guessText(text: string): Preview | undefined {
  const start = text.trimStart();
  const first = start.charAt(0);
  if (first === '{' || first === '[') {
    const preview = jsonPreview(text);
    if (preview) return { format: 'JSON', preview, ...(text.length > READ_TO_END && { isPacked: true }) };
  }
  const isTag = /^<(?:[\p{L}_:?]|!--|!DOCTYPE)/u.test(start);
  return isTag && text.trimEnd().endsWith('>') ? { format: 'XML', preview: oneLine(text) } : undefined;
}

/** JSON without the outer braces and without quotes; undefined when what the line shows is not JSON. */
function jsonPreview(text: string): PreviewSegment[] | undefined {
  const segments: PreviewSegment[] = [];
  const tokens = jsonTokens(text);
  let current: PreviewSegment = { text: '' };
  let size = 0;
  let depth = 0;
  const push = (piece: string) => {
    current.text += visibleControls(piece);
    size += piece.length;
  };
  while (size < MOST_CHARACTERS) {
    const next = tokens.next();
    if (next.done) {
      if (next.value) return undefined;
      if (current.key !== undefined || current.text) segments.push(current);
      return segments;
    }
    const { kind, start, end } = next.value;
    const isOuter = depth === (kind === 'open' ? 0 : 1);
    if (kind === 'key') {
      if (current.key !== undefined || current.text) segments.push(current);
      current = {
        key: `${visibleControls(text.slice(start + 1, Math.min(end - 1, start + MOST_CHARACTERS)))}: `,
        text: '',
      };
      size += current.key?.length ?? 0;
    } else if (kind === 'value') push(unquoted(text.slice(start, Math.min(end, start + MOST_CHARACTERS))));
    else if (kind === 'comma') push(', ');
    else if (kind === 'open' || kind === 'close') {
      depth += kind === 'open' ? 1 : -1;
      if (!isOuter) push(text.slice(start, end));
    }
  }
  segments.push(current);
  const isWhole = text.length > READ_TO_END ? /[}\]][ \t\n\r]*$/.test(text.slice(-64)) : !jsonProblem(text);
  return isWhole ? segments : undefined;
}

const unquoted = (value: string) => value.replace(/^"|"$/g, '');
const oneLine = (text: string): PreviewSegment[] => [
  { text: visibleControls(text.slice(0, MOST_CHARACTERS)).replace(/\r\n|\n|\r/g, '⏎') },
];
/**
 * Replaces control characters by their symbols (␀, ␛) and names those that change the text direction, since
 * `safe\u202egpj.exe` must not read as a picture.
 */
const visibleControls = (text: string) =>
  // oxlint-disable-next-line no-control-regex -- finding them is the point
  withoutTurns(text).replace(/[\0-\b\v\f\x0e-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
const hexLine = (bytes: Uint8Array): PreviewSegment[] => [{ text: hexOf(bytes.subarray(0, MOST_CHARACTERS / 3), ' ') }];
