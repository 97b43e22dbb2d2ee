import { isXml, jsonProblem } from '@/azure/bodies/decode-body';

export type BodyLanguage = 'json' | 'xml' | 'text';

/** What a body means to be, from its first character, so that a half-written one is coloured too. */
export function languageOf(text: string): BodyLanguage {
  const first = text.trimStart().charAt(0);
  return first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'text';
}

/** What to say beside "Body": never a reason not to send. */
export function bodyVerdict(text: string): { tone: 'accent' | 'warn' | 'neutral'; words: string } | undefined {
  switch (languageOf(text)) {
    case 'json': {
      const problem = jsonProblem(text);
      return problem
        ? { tone: 'warn', words: `Line ${problem.line}: ${problem.message}` }
        : { tone: 'accent', words: 'Valid JSON' };
    }
    case 'xml':
      return isXml(text)
        ? { tone: 'accent', words: 'Well-formed XML' }
        : { tone: 'warn', words: 'Not well-formed XML' };
    case 'text':
      return text === '' ? undefined : { tone: 'neutral', words: 'Text' };
  }
}
