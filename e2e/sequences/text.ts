import { briefOfPreview } from './words';

// Every text says which message it is of and what was done to it: `m` names the message and never changes, each edit
// counts up `e`, a JSON value is put at `j`, and find and replace lengthens `r`. So an old text is told from a new one.

type Fields = { m: string; e: number; j: number; r: string };

/** Some end in a line end, which must not be lost. */
const endOf = (m: string) => (m.endsWith('1') ? '\r\n' : '');
const write = (fields: Fields) => `${JSON.stringify(fields)}${endOf(fields.m)}`;
const read = (text: string): Fields => JSON.parse(text) as Fields;

export const textOf = (key: string) => write({ m: key, e: 0, j: 0, r: 'z' });
/** The text as a person types it, without a line end. */
export const typed = (key: string) => JSON.stringify({ m: key, e: 0, j: 0, r: 'z' });
export const edited = (text: string, e: number) => JSON.stringify({ ...read(text), e });
/** The text after "JSON value" and "Find and replace", which leave the rest as it is. */
export const withValue = (text: string, j: number) => text.replace(/"j":\d+/, `"j":${j}`);
export const withReplaced = (text: string) => text.replace('"r":"', '"r":"x');
export const FOUND = { find: '"r":"', replacement: '"r":"x' };

/** The key of the message of a text; undefined for other texts. */
export function keyOf(text: string): string | undefined {
  return /"m":"(\w+)"/.exec(text)?.[1];
}

/** The text as a row shows it, `m3 e1 j0 rz`. */
export const brief = (text: string) => briefOfPreview(text.replaceAll(/"(\w)":/g, '$1: '));
/** The same with the line end, which rows do not show. */
export const exact = (text: string) => `${brief(text)}${text.endsWith('\r\n') ? ' ⏎' : ''}`;
