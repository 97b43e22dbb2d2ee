import { type Comparison, type Filter, type FilterProblem, FORMATS, type Term } from './filter';
import { parseSize, parseSpan } from './units';

type Piece = { at: number; end: number; text: string; not: boolean; isQuoted: boolean };

const FIELDS = ['deq', 'size', 'age', 'expires', 'format', 'leased', 'id'] as const;
type Field = (typeof FIELDS)[number];
type TermOrProblem = Term | string;

/**
 * Parses the text of the filter field: words and "phrases", `-` to exclude, and fields such as `deq:>=5`. Never throws; a part
 * that cannot be parsed is a problem with its offsets, and the other parts still filter.
 */
export function parseFilter(text: string): Filter {
  const filter: Filter = { terms: [], problems: [] };
  for (const piece of pieces(text, filter.problems)) {
    const term = parseTerm(piece);
    if (typeof term === 'string') filter.problems.push({ at: piece.at, end: piece.end, message: term });
    else filter.terms.push(term);
  }
  filter.problems.sort((a, b) => a.at - b.at);
  return filter;
}

/** Splits at blanks; a quoted part may contain blanks, and `\"` and `\\` in it are escapes for `"` and `\`. */
function* pieces(text: string, problems: FilterProblem[]): Generator<Piece> {
  let at = 0;
  for (;;) {
    while (isBlank(text[at])) at++;
    if (at >= text.length) return;
    const start = at;
    const not = text[at] === '-' && at + 1 < text.length && !isBlank(text[at + 1]);
    if (not) at++;
    if (text[at] === '"') {
      const { value, end, isClosed } = quoted(text, at);
      if (!isClosed) problems.push({ at, end: text.length, message: 'The quote is never closed' });
      at = end;
      if (value !== '') yield { at: start, end, text: value, not, isQuoted: true };
      continue;
    }
    const begin = at;
    // A field may have a quoted value: id:"a b".
    while (at < text.length && !isBlank(text[at])) at++;
    yield { at: start, end: at, text: text.slice(begin, at), not, isQuoted: false };
  }
}

const isBlank = (char: string | undefined) => char !== undefined && /\s/.test(char);

function quoted(text: string, start: number): { value: string; end: number; isClosed: boolean } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { value, end: at + 1, isClosed: true };
    const next = text.charAt(at + 1);
    if (char === '\\' && (next === '"' || next === '\\')) {
      value += next;
      at++;
    } else value += char;
  }
  return { value, end: text.length, isClosed: false };
}

function parseTerm({ text, not, isQuoted }: Piece): TermOrProblem {
  const [, name = '', comparison = '', value = ''] = /^([a-z]+):(>=|<=|!=|=|>|<)?(.*)$/is.exec(text) ?? [];
  const field = FIELDS.find((one) => one === name.toLowerCase());
  if (isQuoted || name === '' || (!field && comparison === '')) return { kind: 'text', text, not };
  if (!field)
    return `${name} is not a field of a message: deq, size, age, expires, format, leased and id are. An expression looks inside bodies`;
  return parseField(field, (comparison || undefined) as Comparison | undefined, value, not);
}

function parseField(field: Field, comparison: Comparison | undefined, value: string, not: boolean): TermOrProblem {
  switch (field) {
    case 'deq': {
      if (!/^\d{1,10}$/.test(value)) return `Expected a whole number after ${field}:, as in deq:>=5`;
      return { kind: field, compare: comparison ?? '=', value: Number(value), not };
    }
    case 'size': {
      const bytes = parseSize(value);
      if (bytes === undefined) return 'Expected a size in B, KiB or MiB after size:, as in size:>10KiB';
      return { kind: field, compare: comparison ?? '=', value: bytes, not };
    }
    case 'age':
    case 'expires': {
      const isNever = field === 'expires' && value.toLowerCase() === 'never';
      if (isNever && (comparison === undefined || comparison === '=')) return { kind: 'never', not };
      if (isNever && comparison === '!=') return { kind: 'never', not: !not };
      const span = isNever ? undefined : parseSpan(value);
      if (span === undefined) return `Expected a time in s, m, h, d or w after ${field}:, as in ${example(field)}`;
      if (comparison === undefined || comparison === '=' || comparison === '!=')
        return `Expected > or < after ${field}:, as in ${example(field)}`;
      return { kind: field, compare: comparison, value: span, not };
    }
    case 'format': {
      const format = FORMATS.find((one) => one === value.toLowerCase());
      if (!format) return `Expected one of ${FORMATS.join(', ')} after format:`;
      return equal(field, comparison, (isNot) => ({ kind: field, format, not: not !== isNot }));
    }
    case 'leased': {
      const leased = { yes: true, true: true, no: false, false: false }[value.toLowerCase()];
      if (leased === undefined) return 'Expected yes or no after leased:';
      return equal(field, comparison, (isNot) => ({ kind: field, leased, not: not !== isNot }));
    }
    case 'id': {
      if (value === '') return 'Expected the beginning of an id after id:, as in id:0b1f';
      return equal(field, comparison, (isNot) => ({ kind: field, text: value, not: not !== isNot }));
    }
  }
}

const example = (field: 'age' | 'expires') => (field === 'age' ? 'age:>1h' : 'expires:<1h');

function equal(field: Field, comparison: Comparison | undefined, term: (isNot: boolean) => Term): TermOrProblem {
  if (comparison === undefined || comparison === '=') return term(false);
  if (comparison === '!=') return term(true);
  return `${field}: can be equal or not (!=), it has no ${comparison}`;
}
