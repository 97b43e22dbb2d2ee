import { isXml, jsonProblem } from '@/azure/bodies/decode-body';

export type BodyLanguage = 'json' | 'xml' | 'text';

/** Guesses the language of a body from its first character, so that a half-written one is coloured too. */
export function languageOf(text: string): BodyLanguage {
  const first = text.trimStart().charAt(0);
  return first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'text';
}

/** The verdict beside "Body". It never keeps a message from being sent. */
export function bodyVerdict(text: string): { tone: 'accent' | 'warn' | 'neutral'; text: string } | undefined {
  switch (languageOf(text)) {
    case 'json': {
      const problem = jsonProblem(text);
      return problem
        ? { tone: 'warn', text: `Line ${problem.line}: ${problem.message}` }
        : { tone: 'accent', text: 'Valid JSON' };
    }
    case 'xml':
      return isXml(text) ? { tone: 'accent', text: 'Well-formed XML' } : { tone: 'warn', text: 'Not well-formed XML' };
    case 'text':
      return text === '' ? undefined : { tone: 'neutral', text: 'Text' };
  }
}
