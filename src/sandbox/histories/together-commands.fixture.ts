import fc from 'fast-check';
import { StorageError } from '@/azure/protocol/errors';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import type { Loan } from './book.fixture';
import { command, nameOf, nth, queue, same } from './command.fixture';
import { named } from './message-commands.fixture';
import { atBoth, expectSame } from './pair.fixture';

/** Several receivers at once: who gets what is chance, what they get together is not, and nothing goes to two. */
export const receiveTogether = command(
  'receive together',
  fc.record({ queue, receivers: fc.integer({ min: 2, max: 4 }), count: fc.integer({ min: 1, max: 3 }) }),
  async ({ queue: letter, receivers, count }, { book, pair, name }) => {
    const queueName = nameOf(book, letter);
    const options = { count, visibilityTimeout: TIMEOUT };
    const { sandbox, azurite } = await same(
      { book, pair, name },
      async ({ account, answers }) => {
        const all = Array.from({ length: receivers }, () => account.receiveMessages(queueName, options));
        const lists = await Promise.allSettled(all);
        // Who comes first is chance, too, and with it what each of the answers holds.
        answers.length = 0;
        return lists.flatMap((list) => {
          if (list.status === 'rejected') throw list.reason;
          return list.value;
        });
      },
      (messages, side) => named(book, side, messages).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
    const loans: Loan[] = [];
    for (const message of sandbox ?? []) {
      const handle = book.find(book.labelOf('sandbox', message.id));
      const twin = azurite?.find(({ id }) => id === handle?.ids.azurite);
      if (!handle || !twin) continue;
      handle.wasReceived = true;
      loans.push({ handle, receipts: { sandbox: message.receipt, azurite: twin.receipt } });
    }
    book.lend(loans, pair.now() + TIMEOUT * 1000);
  },
);

/** Seconds. */
const TIMEOUT = 2;

/** Two that hold the same receipt, at once: it is good for one of them. How the other is told is a named difference. */
export const race = command(
  'race',
  fc.record({ nth, what: fc.constantFrom('update' as const, 'delete' as const) }),
  async (given, { book, pair, name }) => {
    const handle = book.nth(given.nth);
    const receipts = handle?.receipts.at(-1);
    if (!handle || !receipts) return;
    const outcomes = await atBoth(pair, async ({ account }, side) => {
      const message = { id: handle.ids[side], receipt: receipts[side] };
      const act = async () => {
        if (given.what === 'update') {
          return (await account.updateMessage(handle.queue, message, { visibilityTimeout: 0 })).receipt ?? '';
        }
        await account.deleteMessage(handle.queue, message);
        return 'deleted';
      };
      return Promise.all([act(), act()].map((result) => result.then(toWin, toLoss)));
    });
    book.count(name);
    if (given.what === 'update') book.tolerate('void receipt');
    const results = {
      sandbox: outcomes.sandbox.value as Result[],
      azurite: outcomes.azurite.value as Result[],
    };
    const ends = (all: Result[]) => all.map(({ end }) => end).toSorted();
    expectSame(`${name}: ${given.what}`, { sandbox: ends(results.sandbox), azurite: ends(results.azurite) });
    const [sandbox, azurite] = [results.sandbox, results.azurite].map((all) => all.find(({ end }) => end === 'won'));
    if (!sandbox || !azurite) return;
    if (given.what === 'delete') handle.isGone = true;
    else book.lend([{ handle, receipts: { sandbox: sandbox.receipt, azurite: azurite.receipt } }], pair.now());
  },
  (book) => book.nth(0) !== undefined,
);

type Result = { end: string; receipt: string };

const toWin = (receipt: string): Result => ({ end: 'won', receipt });

function toLoss(error: unknown): Result {
  if (!(error instanceof StorageError)) throw error;
  return { end: receiptRefusal(error) ?? `${error.status} ${error.code}`, receipt: '' };
}
