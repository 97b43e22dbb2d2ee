import type { Term } from './filter';
import { SIZES, TIMES } from './units';

/** The terms as one would type them; `parseFilter` reads the same terms from it. */
export const printFilter = (terms: readonly Term[]) => terms.map(printTerm).join(' ');

function printTerm(term: Term): string {
  return (term.not ? '-' : '') + printTest(term);
}

function printTest(term: Term): string {
  switch (term.kind) {
    case 'text':
      return quoteWhereNeeded(term.text);
    case 'id':
      return `id:${term.text}`;
    case 'deq':
      return `deq:${term.compare === '=' ? '' : term.compare}${term.value}`;
    case 'size':
      return `size:${term.compare === '=' ? '' : term.compare}${printSize(term.value)}`;
    case 'age':
    case 'expires':
      return `${term.kind}:${term.compare}${printSpan(term.value)}`;
    case 'never':
      return 'expires:never';
    case 'format':
      return `format:${term.format}`;
    case 'leased':
      return `leased:${term.leased ? 'yes' : 'no'}`;
  }
}

/** Only a word that could be taken for something else is quoted. */
function quoteWhereNeeded(text: string): string {
  const isPlain = !/[\s"]/.test(text) && !text.startsWith('-') && !/^[a-z]+:/i.test(text);
  return isPlain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The shortest way to write so many bytes exactly. */
const printSize = (bytes: number) => (bytes === 0 ? '0B' : exact(bytes, SIZES));
/** The shortest way to write so many milliseconds exactly, in one unit. */
const printSpan = (ms: number) => (ms === 0 ? '0s' : exact(ms, TIMES));

function exact(value: number, units: readonly (readonly [name: string, worth: number])[]): string {
  const [name, worth] = units.find(([, each]) => value % each === 0) ?? ['', 1];
  return `${value / worth}${name}`;
}
