import type { Account } from '@/azure/protocol/model';
import type { Wire } from '@/azure/wire/transport';
import { type RecordedAccount, recordedAccount } from '@/messages/recorded-account';
import { createRecords, type Records } from '@/messages/records';
import { type Clock, createClock } from '@/sandbox/clock';
import { connectTo, START } from '@/sandbox/open-sandbox.fixture';
import type { ReceiptRules } from '@/sandbox/receipt';
import { createSandbox, type Sandbox } from '@/sandbox/service';
import { createDeferred } from './requests/deferred';
import { each } from './requests/each';
import type { QueueTarget } from './requests/queue-target';

/** Ms; what waits longer waits for the test to move the clock. */
const LONG = 5000;
/** Seconds. */
const STEP = 5;
/** Waits between repeats overlap, as several requests are under way. */
const AT_A_TIME = 8;

export type BulkScene = {
  sandbox: Sandbox;
  clock: Clock;
  /** Another consumer: nothing of what it does is recorded. */
  account: Account;
  /** What this tab knows. */
  records: Records;
  /** A queue as this tab works on it. */
  targetOf: (queue: string) => QueueTarget;
  /** A queue with these texts, numbered when only their count is given. */
  fill: (queue: string, texts: number | readonly string[], timeToLive?: number | 'never') => Promise<QueueTarget>;
  /** Ids of all messages, hidden ones too, in the order they were sent; of those whose texts are meant, when told which. */
  idsIn: (queue: string, isMeant?: (text: string) => boolean) => string[];
  /** Texts of all messages, hidden ones too, sorted. */
  textsIn: (...queues: string[]) => Promise<string[]>;
  /** How often each text is in a queue, hidden messages too. */
  countsIn: (queue: string) => Map<string, number>;
  /**
   * Moves the clock over the end of leases and lets another consumer act, before anything of this tab that the clock wakes: a
   * renewal would else come first or second by how long each takes to be signed.
   */
  overtake: <Result>(milliseconds: number, act: () => Promise<Result>) => Promise<Result>;
  /** Moves the clock in steps, so that everything due on the way happens. */
  pass: (seconds: number) => Promise<void>;
};

/**
 * A sandbox whose clock is the test's: short waits pass by themselves, long ones when the clock is moved over them. Receipts
 * are Azure's when left out, and the records those of this scene alone. `wireOf` changes how requests are sent.
 */
export function bulkScene(
  seed = 1,
  receipts?: ReceiptRules,
  records = createRecords(),
  wireOf: (sandbox: Sandbox, clock: Clock) => Wire = () => ({}),
): BulkScene {
  const clock = createClock({ startsAt: START, paused: true });
  const sandbox = createSandbox({ clock, seed, ...(receipts && { receipts }) });
  const sleepers = new Set<{ at: number; wake: () => void }>();
  clock.subscribe(() => {
    for (const sleeper of sleepers) if (sleeper.at <= clock.now()) sleeper.wake();
  });

  function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (milliseconds < LONG) {
        nextTask(() => {
          clock.advance(milliseconds / AT_A_TIME);
          resolve();
        });
        return;
      }
      const abort = () => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        at: clock.now() + milliseconds,
        wake: () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  let underWay = 0;
  const wire = wireOf(sandbox, clock);
  const account = counted(connectTo(sandbox, { now: clock.now, delay, ...wire }), (change) => (underWay += change));
  let overtaking: Promise<unknown> | undefined;
  let updating = 0;
  const overtaken: Account = {
    ...account,
    updateMessage: async (...args) => {
      while (overtaking) await overtaking;
      updating++;
      try {
        return await account.updateMessage(...args);
      } finally {
        updating--;
      }
    },
  };
  const recorded = recordedAccount(overtaken, records, clock.now);
  const targetOf = (queue: string): QueueTarget => ({
    account: recorded,
    queue,
    records: records.of({ connectionId: account.id, queue }),
    now: clock.now,
    delay,
    network: wire.network?.(),
  });
  const messagesIn = (queue: string) => sandbox.snapshot([queue]).queues[0]?.messages ?? [];

  return {
    sandbox,
    clock,
    account,
    records,
    targetOf,
    async fill(queue, texts, timeToLive) {
      await account.createQueue(queue);
      const all = typeof texts === 'number' ? numbered(texts) : texts;
      await each(all, 1, (text) =>
        account.sendMessage(queue, { text, ...(timeToLive !== undefined && { timeToLive }) }),
      );
      return targetOf(queue);
    },
    idsIn: (queue, isMeant = () => true) =>
      messagesIn(queue)
        .toSorted((one, other) => one.sequence - other.sequence)
        .flatMap(({ id, text }) => (isMeant(text) ? id : [])),
    async textsIn(...queues) {
      const snapshot = sandbox.snapshot(queues);
      return snapshot.queues.flatMap(({ messages }) => messages.map(({ text }) => text)).toSorted();
    },
    countsIn(queue) {
      const counts = new Map<string, number>();
      for (const { text } of messagesIn(queue)) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      return counts;
    },
    async overtake(milliseconds, act) {
      const acted = createDeferred();
      overtaking = acted.promise;
      // A renewal that has begun would be carried out after the clock has moved, and be first all the same.
      while (updating > 0) await settled();
      clock.advance(milliseconds);
      try {
        return await act();
      } finally {
        overtaking = undefined;
        acted.resolve();
      }
    },
    async pass(seconds) {
      for (let left = seconds; left > 0; left -= STEP) {
        clock.advance(Math.min(STEP, left) * 1000);
        for (let quiet = 0; quiet < 3; quiet = underWay > 0 ? 0 : quiet + 1) await settled();
      }
    },
  };
}

/** The same account, with every call that is under way told as it begins (+1) and ends (−1). */
function counted(account: Account, count: (change: number) => void): Account {
  const told =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      count(1);
      try {
        return await call(...args);
      } finally {
        count(-1);
      }
    };
  return {
    ...account,
    sendMessage: told((...args) => account.sendMessage(...args)),
    receiveMessages: told((...args) => account.receiveMessages(...args)),
    updateMessage: told((...args) => account.updateMessage(...args)),
    deleteMessage: told((...args) => account.deleteMessage(...args)),
  };
}

type Operation = 'sendMessage' | 'receiveMessages' | 'updateMessage' | 'deleteMessage';

/** The same place, where something happens before one operation is asked for, and after it is answered and recorded. */
export function around(
  target: QueueTarget,
  name: Operation,
  { before, after }: { before?: () => unknown; after?: () => unknown },
): QueueTarget {
  const call = target.account[name] as (...args: unknown[]) => Promise<unknown>;
  const wrapped = async (...args: unknown[]) => {
    await before?.();
    const result = await call(...args);
    await after?.();
    return result;
  };
  return { ...target, account: { ...target.account, [name]: wrapped } };
}

/** The same place, where one operation fails. */
export const failing = (target: QueueTarget, name: Operation, error: unknown): QueueTarget =>
  around(target, name, {
    before() {
      throw error;
    },
  });

/** As many texts, in an order that sorting keeps. */
export const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `message ${String(index).padStart(5, '0')}`);

/** In the next turn of the event loop, without the 4 ms that browsers make of many timers in a row. */
export function nextTask(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    run();
  });
  port1.start();
  port2.postMessage(undefined);
}

/** Lets what is ready go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same place, where one operation never gets an answer. */
export function hanging(target: QueueTarget, operation: 'receiveMessages' | 'updateMessage'): QueueTarget {
  const account: RecordedAccount =
    operation === 'receiveMessages'
      ? {
          ...target.account,
          receiveMessages: (_queue: string, options?: { signal?: AbortSignal | undefined }) => never(options?.signal),
        }
      : { ...target.account, updateMessage: (_queue, _message, _change, options) => never(options?.signal) };
  return { ...target, account };
}

/** Has no answer until it is called off. */
export const never = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
