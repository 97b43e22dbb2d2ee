import fc from 'fast-check';
import type { Book } from './book.fixture';
import { type DifferenceName, inBrief } from './differences.fixture';
import { atBoth, type Both, expectSame, type Outcome, type Pair, type Party } from './pair.fixture';

type Action<Given> = (given: Given, scene: Scene) => Promise<unknown>;
export type Scene = { book: Book; pair: Pair; name: string };
export type Side = keyof Both<unknown>;
export type HistoryCommand = fc.AsyncCommand<Book, Pair>;

export const command = <Given>(
  name: string,
  given: fc.Arbitrary<Given>,
  act: Action<Given>,
  isPossible: (book: Readonly<Book>, given: Given) => boolean = () => true,
): fc.Arbitrary<HistoryCommand> =>
  given.map((values) => ({
    check: (book) => isPossible(book, values),
    run: async (book, pair) => {
      await act(values, { book, pair, name });
    },
    toString: () => `${name}(${fc.stringify(values)})`,
  }));

/** One step at both, compared. `read` turns an answer into what must be the same: ids become names, receipts go. */
export async function same<Value>(
  { book, pair, name }: Scene,
  step: (party: Party, side: Side) => Promise<Value>,
  read: (value: Value, side: Side) => unknown = (value) => value,
): Promise<Both<Value | undefined>> {
  const outcomes = await atBoth(pair, step);
  book.count(name);
  if (isBeingDeleted(outcomes)) {
    book.tolerate('queue being deleted');
    return { sandbox: undefined, azurite: undefined };
  }
  const comparable = (side: Side) => {
    const { value, ...rest } = outcomes[side];
    return { ...rest, ...(value !== undefined && { value: read(value as Value, side) }) };
  };
  expectSame(name, { sandbox: comparable('sandbox'), azurite: comparable('azurite') });
  return { sandbox: outcomes.sandbox.value as Value, azurite: outcomes.azurite.value as Value };
}

/** What Azure may still call "being deleted" is already not there in Azurite. */
const isBeingDeleted = ({ sandbox, azurite }: Both<Outcome>) =>
  sandbox.refusal?.code === 'QueueBeingDeleted' && azurite.refusal?.code === 'QueueNotFound';

/** A refusal that the two word differently, by one of the named differences. */
export async function refused(
  { book, pair, name }: Scene,
  difference: DifferenceName,
  step: (party: Party, side: Side) => Promise<unknown>,
  expected: Both<string>,
): Promise<void> {
  const { sandbox, azurite } = await atBoth(pair, step);
  book.count(name);
  book.tolerate(difference);
  const found = { sandbox: inBrief(sandbox), azurite: inBrief(azurite) };
  expectSame(`${name}, which differs by "${difference}"`, { sandbox: found, azurite: expected });
}

/** The first two are there from the start. */
export const QUEUES = { present: ['a', 'b'], absent: ['c'] } as const;
export const queue = fc.oneof(
  { weight: 6, arbitrary: fc.constant('a') },
  { weight: 3, arbitrary: fc.constant('b') },
  { weight: 2, arbitrary: fc.constant('c') },
);
export const nth = fc.nat(20);

export const nameOf = (book: Book, letter: string) => `${book.prefix}-${letter}`;

/** A step that answers with nothing. */
export async function done(scene: Scene, step: (party: Party, side: Side) => Promise<void>): Promise<boolean> {
  const { sandbox } = await same(scene, async (party, side) => {
    await step(party, side);
    return 'done';
  });
  return sandbox !== undefined;
}
