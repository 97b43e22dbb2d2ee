import fc from 'fast-check';
import type { ServiceProperties } from '@/azure/protocol/model';
import { Book, newTally, type Tally } from './book.fixture';
import { QUEUES } from './command.fixture';
import { allCommands } from './commands.fixture';
import { atBoth, expectSame, type Pair } from './pair.fixture';

/** Commands of one history at most; half as many on average. */
const LONGEST = 160;
/** Histories between two looks at how many operations there were. */
const BATCH = 10;
/** Ms after which what was found is shown as it is, not made smaller still. */
const PATIENCE = 60_000;

/** Where each history starts: new accounts of the two have defaults of their own, and Azurite's CORS lets this page in. */
const PROPERTIES: ServiceProperties = {
  logging: { version: '1.0', read: false, write: false, delete: false, retention: { enabled: false } },
  hourMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
  minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
};

/**
 * Random histories at both services until there were so many operations.
 * @throws Error at the first difference, with the seed that finds it again and, unless told not to look for it, the
 *   shortest history that shows it
 */
export async function runHistories(
  pair: Pair,
  { operations, seed, shrinks = true }: { operations: number; seed: number; shrinks?: boolean },
): Promise<Tally & { histories: number }> {
  const tally = newTally();
  let histories = 0;
  const history = fc.asyncProperty(
    fc.commands(allCommands, { maxCommands: LONGEST, size: 'max' }),
    async (commands) => {
      const book = new Book(`history-${seed}-${++histories}`, tally);
      const { cors = [] } = await pair.azurite.account.getServiceProperties();
      await atBoth(pair, ({ account }) => account.setServiceProperties({ ...PROPERTIES, cors }));
      const names = QUEUES.present.map((letter) => `${book.prefix}-${letter}`);
      for (const name of names) await atBoth(pair, ({ account }) => account.createQueue(name));
      await fc.asyncModelRun(() => ({ model: book, real: pair }), commands);
      await expectSameEnd(pair, book.prefix);
    },
  );
  for (let batch = 0; tally.operations < operations; batch++) {
    await fc.assert(history, {
      seed: seed + batch,
      numRuns: BATCH,
      interruptAfterTimeLimit: PATIENCE,
      endOnFailure: !shrinks,
      markInterruptAsFailure: true,
    });
  }
  return { ...tally, histories };
}

/** What is left is the same, and goes. */
async function expectSameEnd(pair: Pair, prefix: string): Promise<void> {
  const left = await atBoth(pair, async ({ account }) => {
    const names: string[] = [];
    for await (const page of account.listQueues({ prefix })) names.push(...page.map(({ name }) => name));
    for (const name of names) await account.deleteQueue(name);
    return names;
  });
  expectSame('queues at the end', { sandbox: left.sandbox.value, azurite: left.azurite.value });
}
