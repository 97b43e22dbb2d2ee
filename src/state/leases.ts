import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Account, LeasedMessage } from '@/azure/account';
import { nowOf, realDelay, whenClocksChange } from './clocks';

/** A message lent to this tab. Written only by what receive, update and delete answered. */
export type Lease = LeasedMessage & {
  /** `Account.id` */
  connectionId: string;
  queue: string;
  /** By the connection's clock (`clocks.ts`), which is this device's but for the sandbox. */
  leasedAt: Date;
  /** Seconds the lease was asked for. */
  total: number;
  /** When it ends, by the connection's clock. */
  endsAt: Date;
  /**
   * `unknown`: the CORS rule hid the new receipt, so the message is still ours but nothing can be done with it.
   * `ended`: the time ran out or somebody else has it; kept so that an open draft can say so.
   */
  state: 'held' | 'unknown' | 'ended';
};

type LeasePlace = Pick<Lease, 'connectionId' | 'queue' | 'id'>;

const store = create<{ leases: readonly Lease[] }>(() => ({ leases: [] }));

/** Messages of one queue that are still lent to us, held and unknown. */
export const useLeases = (connectionId: string, queue: string) =>
  store(useShallow((state) => state.leases.filter((lease) => isIn(lease, connectionId, queue) && isRunning(lease))));

/** All leases of one queue that this tab knows of, ended ones too. */
export const useKnownLeases = (connectionId: string, queue: string) =>
  store(useShallow((state) => state.leases.filter((lease) => isIn(lease, connectionId, queue))));

/** Every lease of this tab, ended ones too. */
export const useAllLeases = () => store((state) => state.leases);

export const allLeases = () => store.getState().leases;
export const whenLeasesChange = (changed: () => void) => store.subscribe(changed);

/** One lease, ended ones too; undefined when this tab never held it or gave it back. */
export const useLease = (connectionId: string, queue: string, id: string | undefined) =>
  store((state) => state.leases.find((lease) => lease.id === id && isIn(lease, connectionId, queue)));

/** Leases of one queue that can be worked with now. */
export const currentLeases = (connectionId: string, queue: string) =>
  store.getState().leases.filter((lease) => isIn(lease, connectionId, queue) && lease.state === 'held');

/** The newest facts of a lease, with the receipt that works now. */
export const currentLease = (place: LeasePlace) => store.getState().leases.find((lease) => isSame(lease, place));

export const isRunning = (lease: Lease) => lease.state !== 'ended';

/**
 * Milliseconds left of a lease, 0 when it is over.
 */
export const leaseRemaining = (lease: Pick<Lease, 'endsAt'>, now: number) => Math.max(0, lease.endsAt.getTime() - now);

/**
 * A received or updated message as a lease. `total` in seconds, `askedAt` the moment before the request by the
 * connection's clock. The end is TimeNextVisible in that clock; with the skew hidden by CORS, the moment asked plus the time asked
 * for, which can only be too early.
 */
export function toLease(
  account: Pick<Account, 'id' | 'clockSkew'>,
  queue: string,
  message: LeasedMessage,
  { total, askedAt }: { total: number; askedAt: Date },
): Lease {
  const skew = account.clockSkew();
  const endsAt = skew === undefined ? askedAt.getTime() + total * 1000 : message.visibleAt.getTime() - skew;
  return {
    ...message,
    connectionId: account.id,
    queue,
    leasedAt: askedAt,
    total,
    endsAt: new Date(endsAt),
    state: 'held',
  };
}

/** Connections that were forgotten: an answer that is still under way then lends nothing. */
const forgotten = new Set<string>();

/** Adds leases, or replaces those of the same message in their place. */
export function keepLeases(answered: readonly Lease[]) {
  const leases = answered.filter(({ connectionId }) => !forgotten.has(connectionId));
  const fresh = new Map(leases.map((lease) => [nameOf(lease), lease]));
  const kept = store.getState().leases.map((known) => {
    const lease = fresh.get(nameOf(known));
    fresh.delete(nameOf(known));
    return lease ?? known;
  });
  put([...kept, ...fresh.values()]);
}

/** Marks a lease as over: its receipt no longer works. */
export function loseLease(place: LeasePlace) {
  put(store.getState().leases.map((lease) => (isSame(lease, place) ? ended(lease) : lease)));
}

/** Forgets leases that were given back or whose messages are gone; without `ids` those of the whole queue. */
export function dropLeases(connectionId: string, queue: string, ids?: readonly string[]) {
  const dropped = ids && new Set(ids);
  put(
    store.getState().leases.filter((lease) => !(isIn(lease, connectionId, queue) && (dropped?.has(lease.id) ?? true))),
  );
}

/** Forgets everything lent by one account, and what is still to come, when its connection is forgotten. */
export function closeLeases(connectionId: string) {
  forgotten.add(connectionId);
  dropConnectionLeases(connectionId);
}

/** Keeps leases of a connection again, when it is added. */
export const openLeases = (connectionId: string) => forgotten.delete(connectionId);

/** Forgets everything lent by one account. */
export const dropConnectionLeases = (connectionId: string) =>
  put(store.getState().leases.filter((lease) => lease.connectionId !== connectionId));

/** Ends the leases whose time is over; runs by itself when the next one is due. */
export function endLeases() {
  const { leases } = store.getState();
  if (leases.some(isOver)) put(leases.map((lease) => (isOver(lease) ? ended(lease) : lease)));
}

let alarm: ReturnType<typeof setTimeout> | undefined;

function put(leases: readonly Lease[]) {
  store.setState({ leases });
  setAlarm();
}

function setAlarm() {
  clearTimeout(alarm);
  const waits = store
    .getState()
    .leases.filter(isRunning)
    .map(({ connectionId, endsAt }) => realDelay(connectionId, endsAt.getTime()));
  const wait = waits.reduce((least, one) => Math.min(least, one), Infinity);
  if (Number.isFinite(wait)) alarm = setTimeout(ring, Math.min(wait, LONGEST_TIMER));
}

function ring() {
  endLeases();
  setAlarm();
}

/** `setTimeout` counts in 32 bits. */
const LONGEST_TIMER = 2 ** 31 - 1;

// A clock that was moved may have ended leases at once.
whenClocksChange(ring);

const isOver = (lease: Lease) => isRunning(lease) && leaseRemaining(lease, nowOf(lease.connectionId)) === 0;
const ended = (lease: Lease): Lease => ({ ...lease, state: 'ended' });
const nameOf = ({ connectionId, queue, id }: LeasePlace) => `${connectionId}/${queue}/${id}`;
const isIn = (lease: Lease, connectionId: string, queue: string) =>
  lease.connectionId === connectionId && lease.queue === queue;
const isSame = (lease: LeasePlace, other: LeasePlace) =>
  lease.id === other.id && lease.queue === other.queue && lease.connectionId === other.connectionId;
