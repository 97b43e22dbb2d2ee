/** Of such characters, so many take a browser some tens of milliseconds in one text field. */
const MANY = 1500;

/**
 * Whether a text has many characters that a browser lays out one by one: marks above or below others, invisible ones, and
 * changes between scripts that read in different directions. A field with it in one piece is slow with each key; rows of a
 * thousand characters are not.
 */
export function isSlowToDraw(text: string): boolean {
  let slow = 0;
  let isRightToLeft = false;
  for (let at = 0; at < text.length && slow <= MANY; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x300) {
      if (isLetterOrDigit(code)) {
        if (isRightToLeft) slow++;
        isRightToLeft = false;
      } else if ((code >= 0x7f && code <= 0x9f) || code === 0xad) slow++;
    } else if (isOfRightToLeft(code)) {
      if (!isRightToLeft) slow++;
      isRightToLeft = true;
    } else if (isMark(code) || isInvisible(code)) slow++;
  }
  return slow > MANY;
}

const isLetterOrDigit = (code: number) =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code >= 0xc0;
/** Hebrew, Arabic, and what is written like them. */
const isOfRightToLeft = (code: number) =>
  (code >= 0x590 && code <= 0x8ff) || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc);
const isMark = (code: number) =>
  code <= 0x36f ||
  (code >= 0x1ab0 && code <= 0x1aff) ||
  (code >= 0x1dc0 && code <= 0x1dff) ||
  (code >= 0x20d0 && code <= 0x20ff) ||
  (code >= 0xfe20 && code <= 0xfe2f);
const isInvisible = (code: number) =>
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0xfeff;
