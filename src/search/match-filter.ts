import type { Comparison, Term } from './filter';

/** What a filter looks at. Times in epoch ms. */
export type Searched = {
  id: string;
  /** As it came, and what it means; the same string where nothing was taken off. */
  text: string;
  body: string;
  insertedAt: number;
  expiresAt: number | null;
  dequeueCount: number;
  size: number;
  isLeased: boolean;
  /** Worked out only when asked for. */
  format: () => string;
};

export type Matcher = (message: Searched, now: number) => boolean;

/** Prepares the terms once for many messages. */
export function matcherOf(terms: readonly Term[]): Matcher {
  // The cheap tests first: most messages never come to the search in their body.
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
      // Quicker than a lower-case copy of each body, and there is none to keep.
      const pattern = new RegExp(term.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
      return ({ id, text, body }) => pattern.test(body) || pattern.test(id) || (text !== body && pattern.test(text));
    }
    case 'id': {
      const start = term.text.toLowerCase();
      return ({ id }) => id.toLowerCase().startsWith(start);
    }
    case 'deq':
      return ({ dequeueCount }) => holds(dequeueCount, term.compare, term.value);
    case 'size':
      return ({ size }) => holds(size, term.compare, term.value);
    case 'age':
      return ({ insertedAt }, now) => holds(now - insertedAt, term.compare, term.value);
    case 'expires':
      return ({ expiresAt }, now) =>
        expiresAt === null ? term.compare.startsWith('>') : holds(expiresAt - now, term.compare, term.value);
    case 'never':
      return ({ expiresAt }) => expiresAt === null;
    case 'format':
      return ({ format }) => format().toLowerCase() === term.format;
    case 'leased':
      return ({ isLeased }) => isLeased === term.leased;
  }
}

function holds(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
