// What is copied into a terminal: see docs/decisions/security.md#copied-commands-hold-texts-that-no-shell-reads.

/** Characters that no shell of the two below reads as anything but themselves, also at the start of a word. */
const PLAIN = /^[\w%+:,./][\w@%+=:,./-]*$/;

/** Besides the line end: a terminal that text is pasted into may act on them, even between quotes. */
// oxlint-disable-next-line no-control-regex -- Control characters are what is looked for.
const CONTROL = /[\0-\x09\x0b-\x1f\x7f-\x9f]/;

/**
 * Quotes a text as one word for bash and zsh, which between single quotes read nothing but the closing one. A text with
 * control characters is written in their escapes (`$'\t'`).
 */
export function bashQuoted(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(new RegExp(CONTROL, 'g'), bytesEscaped)}'`;
}

/** The UTF-8 bytes of a character in octal, three digits each, so that no digit after them belongs to them. */
const bytesEscaped = (char: string): string =>
  [...new TextEncoder().encode(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/**
 * Quotes a text as a string of PowerShell: between single quotes only the closing one is special, and PowerShell takes the
 * typographic ones for it, too; doubled, each stands for itself (about_Quoting_Rules).
 */
export const powershellQuoted = (text: string): string => `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;

/**
 * A JavaScript string that stays the same between the double quotes of bash and of PowerShell: everything that one of them
 * might read is an escape.
 */
export const scriptQuoted = (text: string): string =>
  `'${text.replaceAll(/[^\w :/.,*=+-]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;

/** A path that cmd, PowerShell and Windows' own parser read as it is, between double quotes. */
const WINDOWS_PATH = /^[A-Za-z]:\\[\w .()+,=@~\\-]*\w$/;

/**
 * `node` with the path of a program, for the shells of the machine that the path is of; undefined for a path that the shells
 * of Windows do not read alike.
 */
export function nodeCommand(path: string): string | undefined {
  if (path.startsWith('/')) return `node ${bashQuoted(path)}`;
  return WINDOWS_PATH.test(path) ? `node "${path}"` : undefined;
}
