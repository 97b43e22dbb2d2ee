import { nowOf } from './clocks';
import { connectionOf, whenConnectionsChange } from './connections';
import { type CutOffReceive, earlierLeases, type KeptReceipt } from './earlier-leases';
import { allLeases, whenLeasesChange } from './leases';
import { receiptEntries, takeReceipts } from './receipt-storage';
import { cutOffReceives } from './receives-under-way';
import { openTabs, tabName } from './tab';

/*
 * Which receipts are written down (`receipt-storage.ts`), and what becomes of those that the page before this one wrote.
 */

type Place = Pick<KeptReceipt, 'connectionId' | 'queue'>;
type Held = { id: string; receipt: string; endsAt: Date };
type Hold = { place: Place; held: () => readonly Held[]; entries: ReturnType<typeof receiptEntries> };

/** Ms until a change is written. */
const SOON = 100;
/** Ms: a lease that runs on for longer than this is worth a question before the tab closes. */
const LONG = 5 * 60_000;
/** Ms between looks whether the tab that this one seems to be a copy of is still open, and how many. */
const LOOK = 500;
const LOOKS = 10;
/** Void receipts that may lie in the storage before they are cleared out. */
const MOST_VOID = 4000;

const resting = receiptEntries('resting');
/** Bulk work that holds messages. */
const holds = new Set<Hold>();
let lastHold = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes away leases that were given back, or that nobody asks about any more. */
export function dropEarlier(given: readonly KeptReceipt[]) {
  const gone = new Set(given);
  earlierLeases.setState(({ leases }) => ({ leases: leases.filter((lease) => !gone.has(lease)) }));
  writeSoon();
}

/** Says no more of receives that were cut off in a queue. */
export function dropCutOff({ connectionId, queue }: Place) {
  const isThere = (one: Place) => one.connectionId === connectionId && one.queue === queue;
  for (const receive of cutOffReceives()) if (isThere(receive)) receive.forget();
  earlierLeases.setState(({ cutOff }) => ({ cutOff: cutOff.filter((one) => !isThere(one)) }));
}

/** Keeps the receipts of bulk work that holds messages until `end`; `held` is asked when the page goes away. */
export function holdReceipts(place: Place, held: () => readonly Held[]) {
  const entries = receiptEntries(String(++lastHold));
  const hold: Hold = { place, held, entries };
  holds.add(hold);
  return {
    /** More are held now. What is given back meanwhile is cleared out now and then, when the page goes away, and at the end. */
    add(fresh: readonly Held[]) {
      entries.append(keptOf(place, fresh));
      // A move of a million messages holds a few dozen.
      if (entries.unkept() === 0 && entries.written() < MOST_VOID) return;
      const now = held();
      if (now.length < entries.written() / 2) entries.replace(keptOf(place, now));
    },
    end() {
      holds.delete(hold);
      entries.clear();
    },
  };
}

/** Takes over receipts that bulk work could not return, so that a person can. */
export function leaveReceipts(place: Place, held: readonly Held[]) {
  if (held.length > 0) adopt(keptOf(place, held));
}

const keptOf = (place: Place, held: readonly Held[]): KeptReceipt[] =>
  held.map(({ id, receipt, endsAt }) => ({
    connectionId: place.connectionId,
    queue: place.queue,
    id,
    receipt,
    endsAt: endsAt.getTime(),
  }));

const isRunning = ({ connectionId, endsAt }: Pick<KeptReceipt, 'connectionId' | 'endsAt'>) =>
  endsAt > nowOf(connectionId);

/** All but what bulk work holds. */
const restingLeases = (): KeptReceipt[] => [
  ...earlierLeases.getState().leases.filter(({ connectionId }) => connectionOf(connectionId)),
  ...allLeases().flatMap(({ connectionId, queue, id, receipt, endsAt, state }) =>
    state === 'held' ? { connectionId, queue, id, receipt, endsAt: endsAt.getTime() } : [],
  ),
];

function writeSoon() {
  timer ??= setTimeout(writeResting, SOON);
}

function writeResting() {
  clearTimeout(timer);
  timer = undefined;
  resting.replace(restingLeases().filter(isRunning));
}

/** The last moment to write what is held as it is now. */
function writeEverything() {
  writeResting();
  for (const { place, held, entries } of holds) entries.replace(keptOf(place, held()).filter(isRunning));
}

async function start() {
  const read = [
    ...takeReceipts().map((one) => ({ cutOff: [] as CutOffReceive[], ...one })),
    ...cutOffReceives().map(({ tab, forget, ...receive }) => {
      const isOver = receive.until <= nowOf(receive.connectionId);
      if (isOver) forget();
      return { tab, leases: [], cutOff: isOver ? [] : [receive] };
    }),
  ];
  adoptAll(read.filter(({ tab }) => tab === tabName()));
  // Another name: this tab was duplicated, and the leases are the other one's; or it came back before the browser had let
  // its old name go.
  let others = read.filter(({ tab }) => tab !== tabName());
  for (let look = 0; others.length > 0 && look < LOOKS; look++) {
    const open = await openTabs();
    adoptAll(others.filter(({ tab }) => !open.has(tab ?? '')));
    others = others.filter(({ tab }) => open.has(tab ?? ''));
    if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

const adoptAll = (read: readonly { leases: readonly KeptReceipt[]; cutOff: readonly CutOffReceive[] }[]) =>
  adopt(
    read.flatMap(({ leases }) => leases),
    read.flatMap(({ cutOff }) => cutOff),
  );

/** A message that was written down twice, by its owner and by the job it was lent to, has the lease that ends last. */
function adopt(leases: readonly KeptReceipt[], cutOff: readonly CutOffReceive[] = []) {
  earlierLeases.setState((state) => {
    const all = [...state.leases, ...leases.filter(isRunning)].toSorted((one, other) => one.endsAt - other.endsAt);
    const byId = new Map(all.map((lease) => [`${lease.connectionId}/${lease.queue}/${lease.id}`, lease]));
    return { leases: [...byId.values()], cutOff: [...state.cutOff, ...cutOff] };
  });
  writeSoon();
}

/** Whether somebody should know of what this tab holds before it closes. */
const holdsMuch = () =>
  holds.size > 0 || restingLeases().some(({ connectionId, endsAt }) => endsAt - nowOf(connectionId) > LONG);

void start();
whenLeasesChange(writeSoon);
whenConnectionsChange(writeSoon);
addEventListener('pagehide', writeEverything);
addEventListener('beforeunload', (event) => {
  if (holdsMuch()) event.preventDefault();
});
