import { jsonProblem } from '../json-tokens';
import type { Decoded } from '../model';

/** True for a text in double quotes, or for JSON whose quotes are escaped. */
export const mayBeJsonString = (text: string) => /^\s*(?:"|[{[]\s*\\[\\"nrtu])/.test(text);

/** Takes the quotes and escapes of one JSON string off; also of one that has lost its outer quotes: `{\"a\":1}`. */
export function decodeJsonString(text: string | undefined): Decoded {
  if (text === undefined) return { problem: 'Not a JSON string: these bytes are no text.' };
  const trimmed = text.trim();
  const isQuoted = trimmed.startsWith('"');
  if (!isQuoted && !text.includes('\\')) return { problem: 'Not a JSON string: there are no quotes around it.' };
  const literal = isQuoted ? trimmed : `"${text}"`;
  const problem = jsonProblem(literal, 2);
  if (problem)
    return { problem: `Not a JSON string: ${problem.message} at character ${problem.at + (isQuoted ? 1 : 0)}.` };
  const value: unknown = JSON.parse(literal);
  return typeof value === 'string' ? { content: value } : { problem: 'Not a JSON string: it is another value.' };
}

const hexOf = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0');

/** The ways in which producers write a JSON string: of JavaScript, Python and most others; all ASCII; of .NET; of PHP. */
export const JSON_STRING_WRITERS = {
  'json-string': (text: string) => JSON.stringify(text),
  'json-string-ascii': (text: string) =>
    JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${hexOf(char)}`),
  'json-string-net': (text: string) =>
    `"${JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('\\"', '\\u0022')
      .replace(/[<>&'+`\u007f-\uffff]/g, (char) => `\\u${hexOf(char).toUpperCase()}`)}"`,
  'json-string-php': (text: string) => JSON.stringify(text).replaceAll('/', '\\/'),
  'json-string-bare': (text: string) => JSON.stringify(text).slice(1, -1),
} as const;
