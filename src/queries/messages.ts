import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { Account, Draft, Message } from '@/azure/account';
import { StorageError } from '@/azure/errors';
import { nowOf } from '@/state/clocks';
import { currentLease, dropLeases, keepLeases, type Lease, loseLease, toLease } from '@/state/leases';
import { outcomesOf } from './outcomes';
import { queueKeys } from './queues';

/** Requests at a time for work on many messages. */
const CONCURRENCY = 8;

const peekedKey = (account: Account, queue: string) => [...queueKeys.one(account, queue), 'peeked'] as const;

/** The first `count` (1–32) visible messages. A row that did not change keeps its identity over refreshes. */
export const peekedMessages = (account: Account, queue: string, count: number) =>
  queryOptions({
    queryKey: [...peekedKey(account, queue), { count }],
    queryFn: ({ signal }) => account.peekMessages(queue, { count, signal }),
    structuralSharing: (old, fresh) => {
      const kept = keepIdentity(old as Message[] | undefined, fresh as Message[]);
      peekTimes.set(kept, nowOf(account.id));
      return kept;
    },
  });

const peekTimes = new WeakMap<readonly Message[], number>();

/**
 * Epoch ms, by the connection's clock, at which these messages were last seen so; 0 when they never were. `updatedAt` is
 * the query's: messages that were seen again unchanged are the same list, at another time.
 */
export const peekedAt = (peeked: readonly Message[] | undefined, updatedAt: number): number =>
  (updatedAt !== 0 && peeked && peekTimes.get(peeked)) || 0;

/** Adds one message. */
export const sendMessage = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (draft: Draft) => account.sendMessage(queue, draft),
  });

/** Leases `count` (1–32) messages for `visibilityTimeout` (1–604,800) seconds. Never a query: repeating it poisons messages. */
export const receiveMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async ({ count, visibilityTimeout }: { count: number; visibilityTimeout: number }) => {
      const askedAt = new Date(nowOf(account.id));
      const received = await account.receiveMessages(queue, { count, visibilityTimeout });
      const leases = received.map((message) => toLease(account, queue, message, { total: visibilityTimeout, askedAt }));
      keepLeases(leases);
      return leases;
    },
  });

type Change = { lease: Lease; visibilityTimeout: number; text?: string };

/**
 * Changes the text of a leased message, its visibility (seconds from now, 0–604,800), or both. Shown at once and taken
 * back when the account refuses; a refusal of the receipt ends the lease. Runs one after another, since each call voids
 * the receipt of the one before.
 */
export const updateMessage = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: peekedKey(account, queue),
    scope: { id: `${account.id}/${queue}/update` },
    mutationFn: (change: Change) => update(account, queue, change),
    onMutate: ({ lease, text, visibilityTimeout }) => {
      if (visibilityTimeout === 0) return;
      const endsAt = new Date(nowOf(account.id) + visibilityTimeout * 1000);
      // Whoever asks may have seen the lease before its last renewal: never put an old receipt back.
      const current = currentLease(lease) ?? lease;
      keepLeases([{ ...current, total: visibilityTimeout, endsAt, text: text ?? current.text }]);
    },
    onError: (error, { lease }) => {
      const current = currentLease(lease);
      if (current?.state === 'held') keepLeases([{ ...lease, receipt: current.receipt }]);
      settle(lease, error);
    },
  });

/** Makes leased messages visible to everybody now. Gives one outcome a message and never throws. */
export const releaseLeases = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (leases: readonly Lease[]) => updateAll(account, queue, leases, 0),
  });

/** Leases messages for `visibilityTimeout` seconds from now. Gives one outcome a message and never throws. */
export const extendLeases = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: peekedKey(account, queue),
    mutationFn: ({ leases, visibilityTimeout }: { leases: readonly Lease[]; visibilityTimeout: number }) =>
      updateAll(account, queue, leases, visibilityTimeout),
  });

/** Deletes leased messages for good. Gives one outcome a message and never throws. */
export const deleteMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (leases: readonly Lease[]) =>
      outcomesOf(leases, CONCURRENCY, async (lease) => {
        try {
          await account.deleteMessage(queue, currentLease(lease) ?? lease);
          dropLeases(account.id, queue, [lease.id]);
        } catch (error) {
          settle(lease, error);
          throw error;
        }
      }),
  });

const updateAll = (account: Account, queue: string, leases: readonly Lease[], visibilityTimeout: number) =>
  outcomesOf(leases, CONCURRENCY, async (lease) => {
    try {
      await update(account, queue, { lease, visibilityTimeout });
    } catch (error) {
      settle(lease, error);
      throw error;
    }
  });

async function update(account: Account, queue: string, { lease, visibilityTimeout, text }: Change) {
  const askedAt = new Date(nowOf(account.id));
  const { receipt } = currentLease(lease) ?? lease;
  const change = text === undefined ? { visibilityTimeout } : { visibilityTimeout, text };
  const answer = await account.updateMessage(queue, { id: lease.id, receipt }, change);
  if (visibilityTimeout === 0) {
    dropLeases(account.id, queue, [lease.id]);
    return undefined;
  }
  const renewed = toLease(
    account,
    queue,
    {
      ...lease,
      text: text ?? lease.text,
      receipt: answer.receipt ?? receipt,
      visibleAt: answer.visibleAt ?? new Date(askedAt.getTime() + visibilityTimeout * 1000),
    },
    { total: visibilityTimeout, askedAt },
  );
  // The answer's headers carry the new receipt; a CORS rule that hides them leaves a lease that cannot be used.
  const held: Lease = answer.receipt === undefined ? { ...renewed, state: 'unknown' } : renewed;
  keepLeases([held]);
  return held;
}

/** What a refusal says about the lease: somebody else holds the message, or it is gone. */
function settle(lease: Lease, error: unknown) {
  if (!(error instanceof StorageError)) return;
  if (error.code === 'PopReceiptMismatch') loseLease(lease);
  if (error.code === 'MessageNotFound') dropLeases(lease.connectionId, lease.queue, [lease.id]);
}

function keepIdentity(old: readonly Message[] | undefined, fresh: Message[]): Message[] {
  if (!old) return fresh;
  const known = new Map(old.map((message) => [message.id, message]));
  const kept = fresh.map((message) => {
    const before = known.get(message.id);
    return before && isUnchanged(before, message) ? before : message;
  });
  return kept.length === old.length && kept.every((message, index) => message === old[index])
    ? (old as Message[])
    : kept;
}

// Insertion and expiry of a message never change.
const isUnchanged = (before: Message, after: Message) =>
  before.dequeueCount === after.dequeueCount && before.text === after.text;
