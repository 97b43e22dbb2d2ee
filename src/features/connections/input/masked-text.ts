import { ACCESS_TOKEN, SIGNATURE } from '@/azure/protocol/mask-secrets';

/**
 * A text without its secrets. `shown` goes into the page, with a row of dots in place of each secret; `secrets` stay in
 * memory, so that no key is ever in the DOM, where extensions, recordings and screenshots find it. A row of dots is one
 * piece: a change inside it removes the key.
 */
export type MaskedText = { shown: string; secrets: readonly string[] };

export const NOTHING_TYPED: MaskedText = { shown: '', secrets: [] };

/** Always the same number, so that they do not tell the length. */
export const DOTS = '•'.repeat(35);

const ROWS_OF_DOTS = /•+/g;

/** One character of Base64, also as an escape of JSON. */
const BASE64 = String.raw`(?:[A-Za-z0-9+/]|\\u002[bfBF]|\\/)`;
const EQUALS = String.raw`(?:=|\\u003[dD])`;
/** The start of another setting on the next line. The rest of a key that a mail wrapped has nothing after its `=`. */
const NEXT_SETTING = String.raw`\s{0,20}[\r\n]\s{0,20}["']?[\w.-]{1,80}["']?[ \t]{0,9}[=:][ \t]{0,9}["']?[^\s=;"']`;

// Every repetition that starts with white space is limited: an unlimited one takes minutes on a page of blanks.
const SECRETS = new RegExp(
  [
    // The key of a connection string, up to the next pair, quote or setting.
    String.raw`(?<=\bAccountKey\s{0,20}=\s{0,20}["']?)[^\s;"'](?:(?!${NEXT_SETTING})[^;"'\`<])*`,
    // A key in JSON, YAML or a settings file, of any form.
    String.raw`(?<=(?:account|storage|access|primary)[_-]?key["']?\s{0,20}[:=]\s{0,20}["']?)[^\s;"'=,][^\s;"',]*`,
    SIGNATURE,
    // A bare account key, also with escapes of JSON.
    String.raw`(?<![A-Za-z0-9+/=])${BASE64}{86}${EQUALS}{2}(?![A-Za-z0-9+/=])`,
    ACCESS_TOKEN,
  ].join('|'),
  'gi',
);

/** Takes the secrets out of a text, given the text that was in the field before. */
export function mask(typed: string, before: MaskedText = NOTHING_TYPED): MaskedText {
  const secrets: string[] = [];
  const shown = unmask({ shown: typed, secrets: before.secrets }).replaceAll(SECRETS, (secret) => {
    secrets.push(secret);
    return DOTS;
  });
  return { shown, secrets };
}

/** The text with its secrets. Rows of dots without a secret, or that were changed, are left out. */
export function unmask({ shown, secrets }: MaskedText): string {
  let next = 0;
  return shown.replaceAll(ROWS_OF_DOTS, (dots) => {
    // Adjacent secrets, as in "sig=AccountKey=&", make one row of twice the dots.
    const count = Math.max(1, Math.round(dots.length / DOTS.length));
    const behind = secrets.slice(next, (next += count));
    return dots.length === count * DOTS.length && behind.length === count ? behind.join('') : '';
  });
}

/** The position of the caret after masking, when it was at `caret` in the typed text. */
export const maskedCaret = (typed: string, caret: number, before: MaskedText): number =>
  mask(typed.slice(0, caret), before).shown.length;
