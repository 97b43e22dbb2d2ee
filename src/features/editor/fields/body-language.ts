import { isXml, jsonProblem } from '@/azure/bodies/decode-body';

export type BodyLanguage = 'json' | 'xml' | 'text';

/** Guesses the language of a body from its first character, so that a half-written one is coloured too. */
export function languageOf(text: string): BodyLanguage {
  const first = text.trimStart().charAt(0);
  return first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'text';
}

/** Characters of a line from which on its colours may be too many. */
const LONG_LINE = 5000;
/** Share of the characters of such a line that begin a colour. */
const MOST_COLOURS = 0.25;

/** The language in which the editor colours a text: `text` for long lines of little but punctuation. */
export function colouredLanguageOf(text: string): BodyLanguage {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (end - start > LONG_LINE && coloursIn(text, start, end) > MOST_COLOURS * (end - start)) return 'text';
    start = end + 1;
  }
  return languageOf(text);
}

function coloursIn(text: string, start: number, end: number): number {
  let colours = 0;
  for (let at = start; at < end; at++) {
    const char = text[at];
    // A tag and an attribute have two.
    if (char === '<' || char === '=') colours += 2;
    else if (char === ',' || char === ':' || char === '[' || char === '{') colours++;
  }
  return colours;
}

/** What is known of a text that was read to its end. `canFormat`: complete JSON or XML. */
type Read = { verdict: Verdict | undefined; canFormat: boolean };
type Verdict = { tone: 'accent' | 'warn' | 'neutral'; text: string };

let last: { text: string; read: Read } | undefined;

/** The verdict beside "Body", and whether the text can be formatted; neither keeps a message from being sent. */
export function readBody(text: string): Read {
  // Each key draws the pane more than once.
  if (last?.text !== text) last = { text, read: readAnew(text) };
  return last.read;
}

function readAnew(text: string): Read {
  switch (languageOf(text)) {
    case 'json': {
      const problem = jsonProblem(text);
      return problem
        ? { verdict: { tone: 'warn', text: `Line ${problem.line}: ${problem.message}` }, canFormat: false }
        : { verdict: { tone: 'accent', text: 'Valid JSON' }, canFormat: true };
    }
    case 'xml':
      return isXml(text)
        ? { verdict: { tone: 'accent', text: 'Well-formed XML' }, canFormat: true }
        : { verdict: { tone: 'warn', text: 'Not well-formed XML' }, canFormat: false };
    case 'text':
      return { verdict: text === '' ? undefined : { tone: 'neutral', text: 'Text' }, canFormat: false };
  }
}
