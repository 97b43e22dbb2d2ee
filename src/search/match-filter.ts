import type { Comparison, Term } from './filter';
import { finderOf } from './find-words';

/** Properties of a message that filters test. Times in epoch ms. */
export type Searched = {
  id: string;
  /** The message text and its decoded body, which may be the same string. */
  text: string;
  body: string;
  /** The texts of the inner values of the body, once they are needed. */
  inner?: readonly string[] | undefined;
  insertedAt: number;
  expiresAt: number | null;
  dequeueCount: number;
  size: number;
  isLeased: boolean;
  /** Computed on call. */
  format: () => string;
};

export type Matcher = (message: Searched, now: number) => boolean;

/** Compiles the terms into one predicate. */
export function matcherOf(terms: readonly Term[]): Matcher {
  // Cheap tests first, so that most bodies are not searched.
  const ordered = terms.toSorted((a, b) => Number(a.kind === 'text') - Number(b.kind === 'text'));
  const tests = ordered.map((term): Matcher => {
    const test = testOf(term);
    return term.not ? (message, now) => !test(message, now) : test;
  });
  return (message, now) => tests.every((test) => test(message, now));
}

function testOf(term: Term): Matcher {
  switch (term.kind) {
    case 'text': {
      const contains = finderOf(term.text);
      return ({ id, text, body, inner }) =>
        contains(body) || contains(id) || (text !== body && contains(text)) || inner?.some(contains) === true;
    }
    case 'id': {
      const start = term.text.toLowerCase();
      return ({ id }) => id.toLowerCase().startsWith(start);
    }
    case 'deq':
      return ({ dequeueCount }) => COMPARE[term.compare](dequeueCount, term.value);
    case 'size':
      return ({ size }) => COMPARE[term.compare](size, term.value);
    case 'age':
      return ({ insertedAt }, now) => COMPARE[term.compare](now - insertedAt, term.value);
    case 'expires':
      return ({ expiresAt }, now) =>
        expiresAt === null ? term.compare.startsWith('>') : COMPARE[term.compare](expiresAt - now, term.value);
    case 'never':
      return ({ expiresAt }) => expiresAt === null;
    case 'format':
      return ({ format }) => format().toLowerCase() === term.format;
    case 'leased':
      return ({ isLeased }) => isLeased === term.leased;
  }
}

const COMPARE: Record<Comparison, (actual: number, expected: number) => boolean> = {
  '=': (actual, expected) => actual === expected,
  '!=': (actual, expected) => actual !== expected,
  '<': (actual, expected) => actual < expected,
  '<=': (actual, expected) => actual <= expected,
  '>': (actual, expected) => actual > expected,
  '>=': (actual, expected) => actual >= expected,
};
