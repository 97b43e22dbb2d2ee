import fc from 'fast-check';
import { command, nth } from './command.fixture';

export const advance = command(
  'advance',
  fc.record({
    milliseconds: fc.oneof(
      { weight: 10, arbitrary: fc.integer({ min: 1, max: 3000 }) },
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 700_000_000 }) },
    ),
  }),
  (given, { pair }) => pair.advance(given.milliseconds),
);

/** To the very moment when a message becomes visible or expires, or one ms beside it. */
export const advanceTo = command(
  'advance to',
  fc.record({
    nth,
    moment: fc.constantFrom('visibleAt' as const, 'expiresAt' as const),
    beside: fc.integer({ min: -1, max: 1 }),
  }),
  async (given, { book, pair }) => {
    const handle = book.nth(given.nth);
    const step = (handle?.[given.moment] ?? 0) + given.beside - pair.now();
    // A message that lives for years would take all others with it.
    if (step > 0 && step < 700_000_000) await pair.advance(step);
  },
  (book) => book.nth(0) !== undefined,
);
