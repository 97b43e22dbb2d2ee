/** A name that only connections have before an escape for `=`, or an escaped address of an account, encoded up to four times. */
const ENCODED =
  /(?:Account(?:Name|Key)|DefaultEndpointsProtocol|(?:Queue|Blob|Table|File)?Endpoint|EndpointSuffix|SharedAccessSignature|UseDevelopmentStorage|(?:\b|%(?:25){0,3}(?:26|3F))sig)%(?:25){0,3}3D|https?%(?:25){0,3}3A%(?:25){0,3}2F[^\s"'<>]{0,80}?\.(?:queue|blob|table|file)\./i;
/** The same in plain. */
const PLAIN =
  /(?:Account(?:Name|Key)|DefaultEndpointsProtocol|(?:Queue|Blob|Table|File)Endpoint|EndpointSuffix|SharedAccessSignature|UseDevelopmentStorage)\s?=|[?&]sig=/i;
/** Base64 of some length, in either alphabet. A tool may have cut it into lines, all but the last of them long. */
export const BASE64_RUNS =
  /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]|%2[bBfF]){24,}(?:\r?\n[ \t]{0,20}(?![\w.-]{1,80}["']?[ \t]?[:=][ \t]?[^\s=])[A-Za-z0-9+/_-]{4,})*(?:=|%3[dD]){0,2}/g;
/** What a connection or a secret of it has, in the text behind Base64. */
const HOLDS_A_CONNECTION =
  /(?:Account(?:Name|Key)|SharedAccess(?:Signature|Key)|UseDevelopmentStorage|(?:Queue|Blob)Endpoint)["']?\s?(?:[=:]|%3D)|[?&]sig=|^\s*[A-Za-z0-9+/]{86}==\s*$|^eyJ[\w-]{8,}\.[\w-]+\.[\w-]+\s*$/i;

const PERCENT = /(?:%[0-9a-f]{2})+/gi;

/** A text without one layer of encoding, and what that layer was, as a sentence. */
export type Undisguised = { text: string; note: string };

/** Times that percent-encoding is taken off. */
const DEEPEST_ENCODING = 4;

/** Takes percent-encoding off a text that holds a connection under it; undefined for all other texts. */
export function withoutPercents(text: string): Undisguised | undefined {
  if (!ENCODED.test(text) || PLAIN.test(text)) return undefined;
  let decoded = text;
  for (let depth = 0; depth < DEEPEST_ENCODING && ENCODED.test(decoded) && !PLAIN.test(decoded); depth++) {
    decoded = percentDecoded(decoded);
  }
  return decoded === text ? undefined : { text: decoded, note: PERCENTS };
}

const PERCENTS = 'The text was percent-encoded, and is decoded.';

/** Decodes every run of escapes that is UTF-8, and leaves the others as they are. */
const percentDecoded = (text: string): string =>
  text.replace(PERCENT, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/** Puts the text behind Base64 in its place, where that text holds a connection; undefined when none does. */
export function withoutBase64(text: string): Undisguised | undefined {
  const decoded = text.replace(BASE64_RUNS, (run, at: number) => {
    // A key that is in Base64 twice is the key's matter.
    const isKey = /AccountKey ?= ?$/i.test(text.slice(Math.max(0, at - 16), at));
    return (isKey ? undefined : connectionInBase64(run)) ?? run;
  });
  return decoded === text ? undefined : { text: decoded, note: BASE64 };
}

const BASE64 = 'The connection was in Base64, and is decoded.';

/** A value of a Kubernetes Secret, which is Base64 throughout; undefined for what is no Base64 of plain text. */
export function valueOfSecret(value: string): Undisguised | undefined {
  const bare = value.replace(/["'\s]+/g, '');
  if (bare.length < 4 || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined;
  const text = textInBase64(bare)?.trim();
  return text !== undefined && /^[\t\r\n -~]{3,}$/.test(text) ? { text, note: BASE64 } : undefined;
}

/** The text behind a run of Base64 when it holds a connection or a secret, through up to three layers; else undefined. */
function connectionInBase64(run: string, depth = 3): string | undefined {
  const text = textInBase64(run);
  if (text === undefined) return undefined;
  if (HOLDS_A_CONNECTION.test(text) || ENCODED.test(text)) return text;
  return depth > 1 && /^[A-Za-z0-9+/_\s-]{24,}={0,2}\s*$/.test(text) ? connectionInBase64(text, depth - 1) : undefined;
}

/** True for a run of Base64 with a connection or a secret somewhere inside, also where other text is right before or behind. */
export const hidesConnection = (run: string): boolean =>
  connectionInBase64(run) !== undefined ||
  [0, 1, 2, 3].some((start) => {
    const raw = rawOf(plainBase64(run).slice(start))?.replaceAll('\0', '');
    return raw !== undefined && HOLDS_A_CONNECTION.test(raw);
  });

/** The characters behind Base64, in UTF-8 or UTF-16, without control characters; undefined when there are others. */
export function textInBase64(base64: string): string | undefined {
  const raw = rawOf(plainBase64(base64));
  if (raw === undefined) return undefined;
  // PowerShell and .NET encode UTF-16 by default, where every other byte of such a text is zero.
  const characters = /^(?:[\t\r\n -~]\0)+$/.test(raw) ? raw.replaceAll('\0', '') : raw;
  if (/^[\t\r\n -~]+$/.test(characters)) return characters;
  try {
    const text = utf8.decode(Uint8Array.from(characters, (character) => character.charCodeAt(0)));
    // oxlint-disable-next-line no-control-regex -- Control characters are what tells bytes from text.
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Base64 in its usual alphabet, without line breaks and padding. */
const plainBase64 = (base64: string): string =>
  percentDecoded(base64)
    .replace(/[\s=]+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');

/** The bytes behind Base64 as characters; undefined for other text. */
function rawOf(base64: string): string | undefined {
  if (base64 === '' || /[^A-Za-z0-9+/]/.test(base64)) return undefined;
  return atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
