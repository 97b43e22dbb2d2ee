export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
/** Values of `format:`, as on the grid's badges. */
export const FORMATS = ['json', 'xml', 'text', 'base64', 'binary', 'empty', 'msgpack', 'cbor'] as const;

type Test =
  /** Found in the id or the body, in any case. */
  | { kind: 'text'; text: string }
  /** The id begins with it. */
  | { kind: 'id'; text: string }
  | { kind: 'deq'; compare: Comparison; value: number }
  /** Bytes of the text. */
  | { kind: 'size'; compare: Comparison; value: number }
  /** Milliseconds since the message was added, or until it expires. */
  | { kind: 'age' | 'expires'; compare: Comparison; value: number }
  | { kind: 'never' }
  | { kind: 'format'; format: (typeof FORMATS)[number] }
  | { kind: 'leased'; leased: boolean };

/** One condition of a filter, negated by `not`. All terms must hold. */
export type Term = Test & { not: boolean };

/** A part of a filter that cannot be parsed; offsets from 0 in the typed text. */
export type FilterProblem = { at: number; end: number; message: string };

export type Filter = { terms: Term[]; problems: FilterProblem[] };

/** True when the matches can change with time alone. */
export const dependsOnTime = (terms: readonly Term[]) => terms.some(({ kind }) => kind === 'age' || kind === 'expires');
