/// <reference types="vite/client" />
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import type { Observe } from '@/azure/protocol/exchange';
import type { Account } from '@/azure/protocol/model';
import { startWorker } from '@/parts/part-worker';
import type { FromHost, ToHost } from '@/sandbox/apart/protocol';
import { createRemoteSandbox } from '@/sandbox/apart/remote-sandbox';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from '@/sandbox/apart/sandbox-worker?worker&url';
import { createClock } from '@/sandbox/clock';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { recordExchange } from '@/state/activity/request-log';

export type SandboxBench = {
  /** Messages stored while it is measured; each in a sandbox of its own, and all in turns. */
  sizes: number[];
  /** Turns that count, and those before them. */
  rounds: number;
  warmUp: number;
  /** Calls of each kind in a turn. */
  calls: number;
  /** Calls under way at once. */
  lanes: number;
};

const QUEUE = 'bench';
const KINDS = ['put', 'peek', 'receive', 'update', 'delete', 'mix', 'alone', 'logged'] as const;
export type Kind = (typeof KINDS)[number];
/** Ms per call, one figure per turn. */
export type Figures = Record<Kind, number[]>;

const TEXT = JSON.stringify({ order: 10_432, customer: 'Ada Lindqvist', lines: Array(8).fill('LAMP-0017 x 2') });

/**
 * The whole client on the sandbox in its worker, as the explorer has it: puts, peeks, receives, updates and deletes of single messages, so that as many stay
 * stored as there were. All sizes take turns, and the bare signature with them, so that what else the machine does falls
 * on all.
 */
export async function measureSandbox({ sizes, rounds, warmUp, calls, lanes }: SandboxBench) {
  const key = await importKey(SANDBOX.key);
  const stores = [];
  for (const size of sizes) stores.push(await filled(key, size));
  for (const { size, account } of stores) accounts.set(size, account);
  const signature: Record<'lanes' | 'alone', number[]> = { lanes: [], alone: [] };
  for (let round = -warmUp; round < rounds; round++) {
    for (const { account, logged, figures } of stores) {
      const turn = await measureTurn(account, logged, calls, lanes);
      if (round >= 0) for (const kind of KINDS) figures[kind].push(turn[kind]);
    }
    const sign = () => crypto.subtle.sign('HMAC', key, BYTES);
    const bare = { lanes: await perCall(calls, lanes, sign), alone: await perCall(calls, 1, sign) };
    if (round < 0) continue;
    signature.lanes.push(bare.lanes);
    signature.alone.push(bare.alone);
  }
  for (const { account, size } of stores) {
    const { approximateMessageCount } = await account.getQueueProperties(QUEUE);
    if (approximateMessageCount !== size) throw new Error(`${approximateMessageCount} messages in place of ${size}`);
  }
  return { signature, sizes: stores.map(({ size, fillTime, figures }) => ({ size, fillTime, figures })) };
}

/** By the number of messages that are stored there. */
const accounts = new Map<number, Account>();

/** One of each in turn once more, for whoever measures the page from outside. */
export async function mixAgain({ size, calls, lanes }: { size: number; calls: number; lanes: number }) {
  const account = accounts.get(size);
  if (!account) throw new Error(`No sandbox holds ${size} messages`);
  await perCall(calls / KINDS_OF_MIX, lanes, () => oneOfEach(account));
}

/** As long as what the client signs. */
const BYTES = new TextEncoder().encode('x'.repeat(250));

/** A queue of that many messages, restored from a snapshot: put one by one, a million would take a minute. */
async function filled(key: CryptoKey, size: number) {
  const start = performance.now();
  const clock = createClock();
  const worker = startWorker<ToHost, FromHost>(workerUrl, 'sandbox', {
    message: (message) => remote.message(message),
    failure: (cause) => remote.failure(cause),
  });
  const remote = createRemoteSandbox(clock, worker.post);
  await remote.open({ seed: 1, names: [], withDemo: false });
  const { sandbox } = remote;
  const { head } = await sandbox.snapshot();
  const now = clock.now();
  const messages = Array.from({ length: size }, (_, n) => ({
    id: `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    sequence: n + 1,
    text: TEXT,
    insertedAt: now - size + n,
    expiresAt: now - size + n + 604_800_000,
    visibleAt: now - size + n,
    dequeueCount: 0,
    receiptNumber: n + 1,
  }));
  await sandbox.restore({
    head: { ...head, nextReceiptNumber: size + 1, queueNames: [QUEUE] },
    queues: [{ name: QUEUE, metadata: {}, policies: [], nextSequence: size + 1, messages }],
  });
  const open = (observe?: Observe) =>
    connect(
      { account: SANDBOX.account, endpoint: SANDBOX.endpoint, credential: { kind: 'key', key } },
      { fetch: sandbox.fetch, ...(observe && { observe }) },
    );
  const figures = Object.fromEntries(KINDS.map((kind) => [kind, [] as number[]])) as Figures;
  return {
    size,
    fillTime: performance.now() - start,
    account: open(),
    logged: open(recordExchange('bench')),
    figures,
  };
}

type Leased = { id: string; receipt: string };

async function measureTurn(account: Account, logged: Account, calls: number, lanes: number) {
  const leased: Leased[] = [];
  const updated: Leased[] = [];
  const timed = (act: () => Promise<unknown>) => perCall(calls, lanes, act);
  return {
    put: await timed(() => account.sendMessage(QUEUE, { text: TEXT })),
    peek: await timed(() => account.peekMessages(QUEUE, { count: 1 })),
    receive: await timed(async () =>
      leased.push(...(await account.receiveMessages(QUEUE, { visibilityTimeout: 300 }))),
    ),
    update: await timed(async () => updated.push(await update(account, leased.pop()))),
    delete: await timed(() => account.deleteMessage(QUEUE, updated.pop() ?? NONE)),
    mix: (await perCall(calls / KINDS_OF_MIX, lanes, () => oneOfEach(account))) / KINDS_OF_MIX,
    alone: (await perCall(calls / KINDS_OF_MIX, 1, () => oneOfEach(account))) / KINDS_OF_MIX,
    logged: (await perCall(calls / KINDS_OF_MIX, lanes, () => oneOfEach(logged))) / KINDS_OF_MIX,
  } satisfies Record<Kind, number>;
}

const NONE: Leased = { id: '', receipt: '' };

async function update(account: Account, message = NONE): Promise<Leased> {
  const { receipt = '' } = await account.updateMessage(QUEUE, message, { visibilityTimeout: 300, text: TEXT });
  return { id: message.id, receipt };
}

const KINDS_OF_MIX = 5;

async function oneOfEach(account: Account): Promise<void> {
  await account.sendMessage(QUEUE, { text: TEXT });
  await account.peekMessages(QUEUE, { count: 1 });
  const [message] = await account.receiveMessages(QUEUE, { visibilityTimeout: 300 });
  await account.deleteMessage(QUEUE, await update(account, message));
}

/** Ms per call, with so many lanes of calls one after another. */
async function perCall(calls: number, lanes: number, act: () => Promise<unknown>): Promise<number> {
  let left = calls;
  const lane = async () => {
    while (left-- > 0) await act();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return (performance.now() - start) / calls;
}
