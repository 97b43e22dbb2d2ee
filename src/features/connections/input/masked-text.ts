import { replaceSecrets } from '@/azure/connection-input/find-secrets';

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

/** Takes the secrets out of a text, given the text that was in the field before. */
export function mask(typed: string, before: MaskedText = NOTHING_TYPED): MaskedText {
  const secrets: string[] = [];
  const shown = replaceSecrets(unmask({ shown: typed, secrets: before.secrets }), (secret) => {
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
