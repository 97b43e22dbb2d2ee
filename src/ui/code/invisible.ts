import { counted } from '@/words/counts';
/**
 * Characters that cannot be seen, or not told from a blank: controls, byte order marks, joiners, marks of the direction,
 * fillers, tags, variation selectors. An emoji may have a joiner, a selector and tags of its own, a digit the selector of a
 * keycap: these are left as they are.
 */
export const INVISIBLE =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- finding them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}\u{e0001}\u{e0100}-\u{e01ef}]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier_Base}#*\d])[\ufe0e\ufe0f]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0020}-\u{e007f}]/gu;

const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** The short name of an invisible character: `NUL`, `U+FEFF`. */
export function invisibleName(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return CONTROLS[code] ?? (code === 0x7f ? 'DEL' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
}

const WORDS: Record<string, string> = {
  'U+00A0': 'no-break space',
  'U+00AD': 'soft hyphen',
  'U+061C': 'Arabic letter mark',
  'U+200B': 'zero-width space',
  'U+200C': 'zero-width non-joiner',
  'U+200D': 'zero-width joiner',
  'U+200E': 'left-to-right mark',
  'U+200F': 'right-to-left mark',
  'U+2028': 'line separator',
  'U+2029': 'paragraph separator',
  'U+202A': 'left-to-right embedding',
  'U+202B': 'right-to-left embedding',
  'U+202C': 'end of a direction',
  'U+202D': 'left-to-right override',
  'U+202E': 'right-to-left override',
  'U+202F': 'narrow no-break space',
  'U+2060': 'word joiner',
  'U+2066': 'left-to-right isolate',
  'U+2067': 'right-to-left isolate',
  'U+2068': 'isolate of the first direction',
  'U+2069': 'end of an isolate',
  'U+FEFF': 'byte order mark',
};

/** What an invisible character is, in words: `zero-width space`. */
function wordsOf(name: string): string {
  const known = WORDS[name];
  if (known !== undefined) return known;
  const code = Number.parseInt(name.slice(2), 16);
  if (!name.startsWith('U+') || code < 0xa0) return 'control character';
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag character';
  if ((code >= 0xfe00 && code <= 0xfe0f) || code >= 0xe0100 || (code >= 0x180b && code <= 0x180f))
    return 'variation selector';
  return code >= 0x2000 && code <= 0x200a ? 'space of another width' : 'invisible character';
}

/** `U+200B zero-width space` */
export const invisibleTitle = (name: string) => `${name} ${wordsOf(name)}`;

/** Characters of a text that are looked through. */
const MOST_CHARACTERS = 256 * 1024;
/** Characters that are named. */
const MOST_NAMED = 5;

/**
 * Names the invisible characters of a text in a sentence, of its first 256 Ki characters: `Begins with a byte order mark
 * (U+FEFF). Invisible here: U+200B zero-width space, 2 times.` Undefined without one. Blanks that are only wider or narrower
 * than others are named like the rest.
 */
export function invisibleNote(text: string): string | undefined {
  const isMarked = text.startsWith('\ufeff');
  const counts = new Map<string, number>();
  for (const { index, 0: char } of text.slice(0, MOST_CHARACTERS).matchAll(INVISIBLE)) {
    // A raw line end of Windows is no surprise.
    if (char === '\r' && text.charAt(index + 1) === '\n') continue;
    if (index === 0 && isMarked) continue;
    const name = invisibleName(char);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const named = [...counts]
    .slice(0, MOST_NAMED)
    .map(([name, count]) => `${invisibleTitle(name)}${count > 1 ? `, ${counted(count, 'time')}` : ''}`);
  const more = counts.size - named.length;
  if (more > 0) named.push(`and ${counted(more, 'more kind')}`);
  const begins = isMarked ? ['Begins with a byte order mark (U+FEFF).'] : [];
  const inside = named.length > 0 ? [`Invisible here: ${named.join('; ')}.`] : [];
  return isMarked || named.length > 0 ? [...begins, ...inside].join(' ') : undefined;
}
