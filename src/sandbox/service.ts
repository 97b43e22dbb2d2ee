import { readAddress, toEndpoints } from './address';
import { type Answer, type AnswerHead, toAnswer } from './answer';
import { authenticate, authorise } from './authorise';
import { brokenConnection } from './broken-connection';
import { type Clock, createClock } from './clock';
import { type Endpoint, type Incoming, type SandboxChange, wholeNumber } from './endpoint';
import { createFaultInjector } from './fault-injector';
import { type Faults, NO_FAULTS } from './faults';
import * as message from './message-endpoints';
import { type Network, REAL_NETWORK } from './network';
import { needsOf, type Operation, operationOf } from './operation';
import * as queueEndpoints from './queue-endpoints';
import { createRandom } from './random';
import { AZURE_RECEIPTS, type ReceiptRules } from './receipt';
import { type Received, receive } from './received';
import { SANDBOX } from './sandbox-account';
import { createSigner } from './signer';
import type { SandboxSnapshot } from './snapshot';
import { applySnapshot, takeSnapshot } from './snapshot-store';
import { authenticationFailed, StorageFault } from './storage-fault';
import { Store } from './store';
import { toResponse } from './to-response';
import { type WrittenAnswer, writeAnswer } from './write-answer';

/** A queue service in memory, called through its `fetch`. */
export type Sandbox = {
  /** Same arguments as the global `fetch`; supports abort signals, also during latency. */
  fetch: typeof globalThis.fetch;
  /** The same for a request that was read already. @throws TypeError when the connection breaks, and the reason of its signal. */
  answer: (request: Received) => Promise<WrittenAnswer>;
  clock: Clock;
  readonly faults: Faults;
  setFaults(change: Partial<Faults>): void;
  /** Deletes all queues and restores the default service properties. Keeps clock and faults. */
  reset(): void;
  /** Returns a snapshot with the contents of all queues, or only of those named. */
  snapshot(queues?: Iterable<string>): SandboxSnapshot;
  restore(snapshot: SandboxSnapshot): void;
  /** Calls `listener` after each change; returns a function that ends that. */
  subscribe(listener: (change: SandboxChange) => void): () => void;
  /**
   * Epoch ms at which the first leased message becomes visible again, in one queue or in all; undefined without one.
   */
  nextLeaseEnd(queue?: string): number | undefined;
};

/** `key` is Base64; endpoints are without a trailing slash and may be path-style. */
export type ServedAccount = { name: string; key: string; endpoint: string; secondaryEndpoint?: string };

const ACCOUNT: ServedAccount = { ...SANDBOX, name: SANDBOX.account };

/**
 * Creates an empty queue service. It checks and answers requests as Azure does, also where Azurite differs. The same `seed` yields
 * the same ids and faults. `network` is simulated where time is, in the lab. `receipts` is for tests; Azure's rules by default.
 */
export function createSandbox({
  clock = createClock(),
  seed = Date.now(),
  account = ACCOUNT,
  network = REAL_NETWORK,
  receipts = AZURE_RECEIPTS,
}: {
  clock?: Clock;
  seed?: number;
  account?: ServedAccount;
  network?: Network;
  receipts?: ReceiptRules;
} = {}): Sandbox {
  const endpoints = toEndpoints(account.endpoint, account.secondaryEndpoint);
  const sign = createSigner(account.key);
  const store = new Store();
  const random = createRandom(seed);
  // Separate generators, so that requests and faults do not change the ids of messages.
  const requestIds = createRandom(seed + 1);
  const listeners = new Set<(change: SandboxChange) => void>();
  let faults = NO_FAULTS;
  const injector = createFaultInjector(() => faults, createRandom(seed + 2), network);

  const report = (change: SandboxChange): void => {
    for (const listener of listeners) listener(change);
  };
  const policiesOf = (queue: string) => store.queue(queue)?.policies;
  /** Epoch ms by the service's clock. */
  const officialTime = (): number => clock.now() + faults.clockSkew;

  /** Waits only before the operation, which is done at one moment of the clock. */
  async function carryOut(incoming: Incoming, signal: AbortSignal | undefined): Promise<Answer> {
    const now = officialTime();
    const context = { account: account.name, sign, now, policiesOf };
    const granted = await authenticate(incoming, context);
    // A request that was aborted during authentication is not carried out.
    signal?.throwIfAborted();
    const operation = operationOf(incoming);
    const rare = ENDPOINTS[operation] ? undefined : await import('./rare-endpoints');
    const endpoint = ENDPOINTS[operation] ?? rare?.RARE_ENDPOINTS[operation];
    signal?.throwIfAborted();
    if (!endpoint) throw new Error(`No endpoint for ${operation}`);
    // The service reads this body before it compares permissions.
    if (operation === 'Set Queue ACL') rare?.policiesIn(incoming);
    authorise(granted, operation);
    if (incoming.secondary && needsOf(operation).writes) throw new StorageFault('InsufficientAccountPermissions');
    wholeNumber(incoming.query, 'timeout', 1, 2_147_483_647);
    return endpoint({ incoming, store, now, random, account, receipts, report });
  }

  async function atOnce(received: Received): Promise<WrittenAnswer> {
    const { method, headers, signal } = received;
    const answerHead: AnswerHead = {
      requestId: requestIds.guid(),
      date: officialTime(),
      version: DEFAULT_VERSION,
      clientRequestId: headers.get('x-ms-client-request-id'),
    };
    try {
      const address = readAddress(received.url, endpoints);
      // Other hosts do not respond.
      if (!address) throw brokenConnection();
      injector.before();
      answerHead.version = versionOf({ headers, query: address.query });
      const done = await carryOut({ ...received, ...address, version: answerHead.version }, signal);
      injector.after();
      return writeAnswer(done, answerHead, { method, truncated: injector.truncates() });
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return writeAnswer(toAnswer(error, answerHead), answerHead, { method, reason: error.message, truncated: false });
    }
  }

  async function answer(request: Received): Promise<WrittenAnswer> {
    request.signal?.throwIfAborted();
    const half = faults.latency / 2;
    if (half === 0) return atOnce(request);
    await network.delay(half, request.signal);
    const written = await atOnce(request);
    await network.delay(half, request.signal);
    return written;
  }

  return {
    async fetch(input, init) {
      const received = receive(input, init);
      return toResponse(await answer(received instanceof Promise ? await received : received));
    },
    answer,
    clock,
    get faults() {
      return faults;
    },
    setFaults(change) {
      faults = { ...faults, ...change };
    },
    reset() {
      store.reset();
      report({ what: 'reset' });
    },
    snapshot: (queues) => takeSnapshot({ store, clock, random }, queues),
    restore(snapshot) {
      applySnapshot(snapshot, { store, clock, random });
      report({ what: 'restored' });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    nextLeaseEnd(name) {
      const queue = name === undefined ? undefined : store.queue(name);
      const queues = name === undefined ? store.queues() : queue ? [queue] : [];
      let first: number | undefined;
      for (const { messages } of queues) {
        const end = messages.nextLeaseEnd(officialTime());
        if (end !== undefined && end < (first ?? Infinity)) first = end;
      }
      return first === undefined ? undefined : first - faults.clockSkew;
    },
  };
}

/** Of what runs and the explorer do all the time. */
const ENDPOINTS: Readonly<Partial<Record<Operation, Endpoint>>> = {
  'List Queues': queueEndpoints.listQueues,
  'Create Queue': queueEndpoints.createQueue,
  'Delete Queue': queueEndpoints.deleteQueue,
  'Get Queue Metadata': queueEndpoints.getQueueMetadata,
  'Set Queue Metadata': queueEndpoints.setQueueMetadata,
  'Put Message': message.putMessage,
  'Get Messages': message.getMessages,
  'Peek Messages': message.peekMessages,
  'Update Message': message.updateMessage,
  'Delete Message': message.deleteMessage,
  'Clear Messages': message.clearMessages,
};
/** Version of requests without one. */
const DEFAULT_VERSION = '2024-11-04';
/** The first supported version. */
const OLDEST = '2009-09-19';
const FORM = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

type Request = { headers: ReadonlyMap<string, string>; query: ReadonlyMap<string, string> };

/**
 * The service version of a request: that of its shared access signature (`sv`), else of its header.
 * @throws StorageFault when it is required and missing, or invalid.
 */
function versionOf({ headers, query }: Request): string {
  const signedBySas = query.has('sig') && !headers.has('authorization');
  const version = signedBySas ? query.get('sv') : headers.get('x-ms-version');
  if (version !== undefined && FORM.test(version) && version >= OLDEST) return version;
  if (signedBySas) {
    throw authenticationFailed(version ? 'sv is not a version.' : 'sv is mandatory. Cannot be empty');
  }
  if (version !== undefined)
    throw new StorageFault('InvalidHeaderValue', { HeaderName: 'x-ms-version', HeaderValue: version });
  if (headers.has('authorization')) throw new StorageFault('MissingRequiredHeader', { HeaderName: 'x-ms-version' });
  return DEFAULT_VERSION;
}
