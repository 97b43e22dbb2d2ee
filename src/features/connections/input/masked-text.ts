import { ACCESS_TOKEN, SIGNATURE } from '@/azure/protocol/mask-secrets';

/**
 * Text whose secrets were taken out. `shown` goes into the page, with one row of dots in place of each secret; the
 * secrets themselves stay in memory, so that no key is ever in the DOM, where extensions, recordings and screenshots
 * find it. The price: a row of dots is one piece. It can be typed after, but a change inside it removes the key.
 */
export type MaskedText = { shown: string; secrets: readonly string[] };

export const NOTHING_TYPED: MaskedText = { shown: '', secrets: [] };

/** Always as many, so that they do not tell the length. */
export const DOTS = '•'.repeat(35);

const ROWS_OF_DOTS = /•+/g;

/** An escape of JSON stands for one character of Base64. */
const BASE64 = String.raw`(?:[A-Za-z0-9+/]|\\u002[bfBF]|\\/)`;
const EQUALS = String.raw`(?:=|\\u003[dD])`;
/** Where another setting begins on the next line; the rest of a key that a mail wrapped has nothing behind its `=`. */
const NEXT_SETTING = String.raw`\s{0,20}[\r\n]\s{0,20}["']?[\w.-]{1,80}["']?[ \t]{0,9}[=:][ \t]{0,9}["']?[^\s=;"']`;

// Every repetition that starts with white space is limited: a pattern that is not takes minutes on a page of blanks.
const SECRETS = new RegExp(
  [
    // The key of a connection string, up to the next pair, quote or setting.
    String.raw`(?<=\bAccountKey\s{0,20}=\s{0,20}["']?)[^\s;"'](?:(?!${NEXT_SETTING})[^;"'\`<])*`,
    // A key of JSON, YAML or a settings file, whatever it is.
    String.raw`(?<=(?:account|storage|access|primary)[_-]?key["']?\s{0,20}[:=]\s{0,20}["']?)[^\s;"'=,][^\s;"',]*`,
    SIGNATURE,
    // A bare account key, also with escapes of JSON in it.
    String.raw`(?<![A-Za-z0-9+/=])${BASE64}{86}${EQUALS}{2}(?![A-Za-z0-9+/=])`,
    ACCESS_TOKEN,
  ].join('|'),
  'gi',
);

/** Takes the secrets out of what is typed, given what was in the box before. */
export function mask(typed: string, before: MaskedText = NOTHING_TYPED): MaskedText {
  const secrets: string[] = [];
  const shown = unmask({ shown: typed, secrets: before.secrets }).replaceAll(SECRETS, (secret) => {
    secrets.push(secret);
    return DOTS;
  });
  return { shown, secrets };
}

/** The text as it was typed. Rows of dots that stand for no secret, or were changed, are left out. */
export function unmask({ shown, secrets }: MaskedText): string {
  let next = 0;
  return shown.replaceAll(ROWS_OF_DOTS, (dots) => {
    // Secrets that touch, as in "sig=AccountKey=&", make one row of twice the dots.
    const count = Math.max(1, Math.round(dots.length / DOTS.length));
    const behind = secrets.slice(next, (next += count));
    return dots.length === count * DOTS.length && behind.length === count ? behind.join('') : '';
  });
}

/** Where the caret belongs after sealing, when it was at `caret` in what was typed. */
export const sealedCaret = (typed: string, caret: number, before: MaskedText): number =>
  mask(typed.slice(0, caret), before).shown.length;
