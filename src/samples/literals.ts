// Texts as literals of the languages. What a shell reads is quoted by `bashQuoted` of `@/azure/protocol/shell-text`.

/**
 * Characters that some language forbids raw in a string, or that are invisible, among them those that turn the direction of
 * writing, so that code reads otherwise than it runs.
 */
const INVISIBLE = new RegExp(
  String.raw`[\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]`,
  'g',
);

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Quotes a text so that JavaScript, Python and C# all read it the same way, half of a surrogate pair included. */
export const doubleQuoted = (text: string): string => JSON.stringify(text).replace(INVISIBLE, escaped);

/**
 * Quotes a text as an interpreted string of Go, which has no escape for half of a surrogate pair: U+FFFD stands in its place, as
 * wherever such a text becomes UTF-8. Source: go.dev/ref/spec#String_literals
 */
export const goQuoted = (text: string): string => JSON.stringify(text.toWellFormed()).replace(INVISIBLE, escaped);
