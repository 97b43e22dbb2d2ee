import type { Account } from '@/azure/protocol/model';
import { nextTask } from '@/bulk/requests/next-task';
import { type RecordedAccount, recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';
import { createClock } from '@/sandbox/clock';
import { connectTo, START } from '@/sandbox/open-sandbox.fixture';
import { createSandbox, type Sandbox } from '@/sandbox/service';
import { atMost } from '../requests/each';
import type { QueueTarget } from '../requests/queue-target';

/** Requests by kind. `renewal` is an update that neither shows a message nor changes its text. */
export type RequestCounts = Record<'receive' | 'put' | 'delete' | 'change' | 'return' | 'renewal', number>;

export const noRequests = (): RequestCounts => ({ receive: 0, put: 0, delete: 0, change: 0, return: 0, renewal: 0 });

export const sumOfRequests = (counts: RequestCounts): number =>
  Object.values(counts).reduce((sum, number) => sum + number, 0);

/** Connections that a browser opens to one HTTP/1.1 host. */
const CONNECTIONS = 6;
/** Turns of the event loop without a call under way, after which nothing goes on by itself. */
const QUIET_TURNS = 3;

export type Simulation = {
  sandbox: Sandbox;
  /** The account without this tab's records, as another consumer has it. */
  account: Account;
  targetOf: (queue: string) => QueueTarget;
  /** Epoch ms of the simulated time. */
  now: () => number;
  /** Runs simulated time until the work has ended. */
  run: <Result>(work: Promise<Result>) => Promise<Result>;
};

/**
 * A sandbox at the other end of a network, in simulated time: a request takes `latency` ms, and waits while six are under way.
 * Time moves to the next event once nothing goes on by itself, so that hours pass in seconds and two runs are alike.
 */
export function createSimulation({ seed = 1, latency }: { seed?: number; latency: number }): Simulation {
  const clock = createClock({ startsAt: START, paused: true });
  const sleepers = new Set<{ at: number; wake: () => void }>();
  let busy = 0;

  /** Waits in simulated time; a call that waits is not under way. */
  async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper = { at: clock.now() + milliseconds, wake: () => leave(resolve) };
      const abort = () => leave(() => reject(signal?.reason as Error));
      function leave(next: () => void) {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        next();
      }
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
  const asleep = async (wait: () => Promise<void>) => {
    busy--;
    try {
      await wait();
    } finally {
      busy++;
    }
  };

  /** Moves time from one event to the next until the work has ended. */
  async function passTime(work: Promise<unknown>): Promise<void> {
    const ended = { is: false };
    const end = () => void (ended.is = true);
    work.then(end, end);
    for (;;) {
      for (let quiet = 0; quiet < QUIET_TURNS && !ended.is; quiet = busy > 0 ? 0 : quiet + 1) await nextTask();
      if (ended.is) return;
      const next = Math.min(...[...sleepers].map(({ at }) => at));
      if (next === Infinity) throw new Error('Nothing goes on any more.');
      clock.advance(Math.max(0, next - clock.now()));
      const due = [...sleepers].filter(({ at }) => at <= clock.now());
      for (const { wake } of due) wake();
    }
  }

  const sandbox = createSandbox({
    clock,
    seed,
    network: { now: clock.now, delay: (milliseconds, signal) => asleep(() => sleep(milliseconds, signal)) },
  });
  sandbox.setFaults({ latency });
  const connection = atMost(CONNECTIONS);
  const client = connectTo(
    {
      ...sandbox,
      async fetch(input, init) {
        busy--;
        return connection(init?.signal ?? new AbortController().signal, async () => {
          busy++;
          return sandbox.fetch(input, init);
        });
      },
    },
    { now: clock.now, delay: (milliseconds, signal) => asleep(() => sleep(milliseconds, signal)) },
  );
  const account = watched(client, (change) => (busy += change));
  const recorded = recordedAccount(account, createRecords(), clock.now);
  const targets = createRecords();

  return {
    sandbox,
    account: recorded,
    targetOf: (queue) => ({
      account: recordedAccount(account, targets, clock.now),
      queue,
      records: targets.of({ connectionId: account.id, queue }),
      now: clock.now,
      delay: sleep,
    }),
    now: clock.now,
    async run(work) {
      const signAgain = withoutSignatures();
      try {
        await passTime(work);
      } finally {
        signAgain();
      }
      return work;
    },
  };
}

const zeros = () => Promise.resolve(new ArrayBuffer(32));

/**
 * Lets client and sandbox write zeros for signatures, which saves two waits for another thread in each request; returns what
 * ends that. That signatures are right is tested elsewhere.
 */
function withoutSignatures(): () => void {
  const { subtle } = crypto;
  Object.defineProperty(subtle, 'sign', { value: zeros, configurable: true });
  return () => Reflect.deleteProperty(subtle, 'sign');
}

type Calls = Pick<
  Account,
  'createQueue' | 'sendMessage' | 'receiveMessages' | 'updateMessage' | 'deleteMessage' | 'peekMessages'
>;

/** The same account, with every call told as it begins (1) and ends (-1). */
function watched(account: Account, tell: (change: 1 | -1) => void): Account {
  const told =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      tell(1);
      try {
        return await call(...args);
      } finally {
        tell(-1);
      }
    };
  const calls: Calls = {
    createQueue: told((...args) => account.createQueue(...args)),
    sendMessage: told((...args) => account.sendMessage(...args)),
    receiveMessages: told((...args) => account.receiveMessages(...args)),
    updateMessage: told((...args) => account.updateMessage(...args)),
    deleteMessage: told((...args) => account.deleteMessage(...args)),
    peekMessages: told((...args) => account.peekMessages(...args)),
  };
  return { ...account, ...calls };
}

/** The same queue, with its requests counted by kind; `told` is called after each is counted. */
export function countedTarget(target: QueueTarget, counts: RequestCounts, told = () => {}): QueueTarget {
  const { account } = target;
  function add(kind: keyof RequestCounts): void {
    counts[kind]++;
    told();
  }
  const counted: RecordedAccount = {
    ...account,
    sendMessage: (...args) => (add('put'), account.sendMessage(...args)),
    receiveMessages: (...args) => (add('receive'), account.receiveMessages(...args)),
    deleteMessage: (...args) => (add('delete'), account.deleteMessage(...args)),
    updateMessage: (queue, receipt, change, options) => {
      add(change.text !== undefined ? 'change' : change.visibilityTimeout === 0 ? 'return' : 'renewal');
      return account.updateMessage(queue, receipt, change, options);
    },
  };
  return { ...target, account: counted };
}
