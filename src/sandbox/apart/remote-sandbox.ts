import { brokenConnection } from '../broken-connection';
import type { Clock, ClockState } from '../clock';
import { type Faults, NO_FAULTS } from '../faults';
import { type Received, receive } from '../received';
import type { SandboxSnapshot } from '../snapshot';
import { toResponse } from '../to-response';
import type { WrittenAnswer } from '../write-answer';
import type { AskKind, Asks, FromHost, PostedAnswer, PostedRequest, ToHost } from './protocol';

/** A sandbox that runs in a worker, so that it cannot stop the page. */
export type RemoteSandbox = {
  /** Same arguments as the global `fetch`; supports abort signals, also during latency. */
  fetch: typeof globalThis.fetch;
  readonly faults: Faults;
  setFaults(change: Partial<Faults>): void;
  /** Deletes all queues, restores the default service properties, and creates the demo queues or none. Keeps clock and faults. */
  startOver(withDemo: boolean): Promise<void>;
  /** Resolves to a copy of the contents of all queues, or only of those named: as large as they are. */
  snapshot(queues?: readonly string[]): Promise<SandboxSnapshot>;
  /** Also takes on the clock of the snapshot. */
  restore(snapshot: SandboxSnapshot): Promise<void>;
  /** Keeps the contents beside the service, for the returned function, which restores them. Only the last few are kept. */
  putAside(): Promise<() => Promise<void>>;
  /** Persists the contents under a name, until another is given; undefined ends that. */
  persist(name: string | undefined): Promise<void>;
  /** Writes what has changed, as the page is left. */
  flush(): void;
  /** Calls `listener` when `leaseEnd` has changed; returns a function that ends that. */
  subscribe(listener: () => void): () => void;
  /** Epoch ms at which the first leased message becomes visible again, as known in the last tenth of a second; undefined without one. */
  leaseEnd(): number | undefined;
  /** The same as it is now. */
  nextLeaseEnd(): Promise<number | undefined>;
};

type Waiting<Value> = { resolve: (value: Value) => void; reject: (cause: unknown) => void };

export type Remote = {
  sandbox: RemoteSandbox;
  /** Creates the service, from the first of these snapshots that there is, else with the demo queues or none. */
  open: (options: { seed: number; names: readonly string[]; withDemo: boolean }) => Promise<void>;
  /** Takes the messages of the worker. */
  message: (message: FromHost) => void;
  /** All that waits ends with that cause. */
  failure: (cause: unknown) => void;
};

/** Makes the page's end of a sandbox in a worker. It goes by `clock`, which the page may pause and move. `post` takes what is for the worker. */
export function createRemoteSandbox(clock: Clock, post: (message: ToHost) => void): Remote {
  const requests = new Map<number, Waiting<WrittenAnswer>>();
  const asks = new Map<number, Waiting<Asks[AskKind]['answer']>>();
  const listeners = new Set<() => void>();
  let outbox: PostedRequest[] = [];
  let lastId = 0;
  let faults = NO_FAULTS;
  let leaseEnd: number | undefined;
  /** The lease end that has passed and after which the next was asked for. */
  let passed: number | undefined;
  /** True while the clock takes on what the worker has restored. */
  let isRestoring = false;
  /** Why the worker does not answer any more. */
  let broken: { cause: unknown } | undefined;

  clock.subscribe(() => {
    if (!isRestoring) post({ kind: 'clock', state: clock.state() });
  });

  function ask<Kind extends AskKind>(what: Kind, of: Asks[Kind]['ask']): Promise<Asks[Kind]['answer']> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      if (broken) return reject(broken.cause);
      asks.set(id, { resolve, reject });
      post({ kind: 'ask', id, what, of } as ToHost);
    });
  }

  /** Has the clock of the page go by what the worker has restored, if it has. */
  async function goBy(state: Promise<ClockState | undefined>): Promise<void> {
    const restored = await state;
    if (!restored) return;
    isRestoring = true;
    clock.follow(restored);
    isRestoring = false;
  }

  function sendAll(): void {
    const all = outbox;
    outbox = [];
    post({ kind: 'requests', requests: all });
  }

  /** Requests of one turn go together. */
  function send(request: Received): Promise<WrittenAnswer> {
    const { signal } = request;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      function abort() {
        if (!requests.delete(id)) return;
        post({ kind: 'abort', id });
        reject(signal?.reason as Error);
      }
      if (broken) return reject(broken.cause);
      const end = () => signal?.removeEventListener('abort', abort);
      signal?.addEventListener('abort', abort);
      requests.set(id, {
        resolve(answer) {
          end();
          resolve(answer);
        },
        reject(cause) {
          end();
          reject(cause);
        },
      });
      if (outbox.push(posted(id, request)) === 1) queueMicrotask(sendAll);
    });
  }

  function answered(answer: PostedAnswer): void {
    const waiting = requests.get(answer.id);
    requests.delete(answer.id);
    if ('answer' in answer) waiting?.resolve(answer.answer);
    else waiting?.reject('isBroken' in answer ? brokenConnection() : new Error(answer.failure));
  }

  function setLeaseEnd(end: number | undefined): void {
    if (end === leaseEnd) return;
    leaseEnd = end;
    for (const listener of listeners) listener();
  }

  const sandbox: RemoteSandbox = {
    async fetch(input, init) {
      const received = receive(input, init);
      const request = received instanceof Promise ? await received : received;
      request.signal?.throwIfAborted();
      return toResponse(await send(request));
    },
    get faults() {
      return faults;
    },
    setFaults(change) {
      faults = { ...faults, ...change };
      post({ kind: 'faults', change });
    },
    startOver: (withDemo) => ask('startOver', { withDemo }),
    snapshot: (queues) => ask('snapshot', queues),
    restore: (snapshot) => goBy(ask('restore', snapshot)),
    async putAside() {
      const number = await ask('putAside', undefined);
      return () => goBy(ask('restoreAside', number));
    },
    persist: (name) => ask('persist', name),
    flush: () => post({ kind: 'flush' }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    leaseEnd() {
      if (leaseEnd === undefined || leaseEnd > clock.now()) return leaseEnd;
      // A lease that ends is no change to the service.
      if (passed !== leaseEnd) {
        passed = leaseEnd;
        void sandbox.nextLeaseEnd();
      }
      return undefined;
    },
    async nextLeaseEnd() {
      const end = await ask('nextLeaseEnd', undefined);
      setLeaseEnd(end);
      return end;
    },
  };

  return {
    sandbox,
    open: (options) => goBy(ask('open', { ...options, clock: clock.state() })),
    message(message) {
      switch (message.kind) {
        case 'answers':
          return message.answers.forEach(answered);
        case 'leaseEnd':
          return setLeaseEnd(message.end);
        case 'told':
          asks.get(message.id)?.resolve(message.told);
          return void asks.delete(message.id);
        case 'failed':
          asks.get(message.id)?.reject(new Error(message.message));
          return void asks.delete(message.id);
      }
    },
    failure(cause) {
      broken = { cause };
      for (const { reject } of [...requests.values(), ...asks.values()]) reject(cause);
      requests.clear();
      asks.clear();
    },
  };
}

function posted(id: number, { url, method, headers, sentNames, body, bodyLength }: Received): PostedRequest {
  const all = [...headers].map(([name, value]): [string, string] => [sentNames.get(name) ?? name, value]);
  return { id, url, method, headers: all, body, bodyLength };
}
