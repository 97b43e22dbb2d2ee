/** Characters that some language forbids raw in a string, or that nobody can see. */
const UNSEEN = /[\u007f-\u00a0\u00ad\u0600-\u0605\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** A string in double quotes that JavaScript, Python and C# all read the same way. */
export const doubleQuoted = (text: string) =>
  JSON.stringify(text).replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A word for a POSIX shell: inside single quotes everything stands for itself, but for the quote. */
export const shellQuoted = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
