import { nowOf } from './clocks';
import { connectionOf, whenConnectionsChange } from './connections';
import { earlierLeases, type KeptReceipt } from './earlier-leases';
import { allLeases, whenLeasesChange } from './leases';
import { openTabs, tabName } from './tab';

/*
 * What is lent to this tab, in `sessionStorage`, so that a reload can give it back: ids and pop receipts, never a text
 * and never a key. A receipt opens nothing without the account's key, and is void once its lease has ended.
 */

type Place = Pick<KeptReceipt, 'connectionId' | 'queue'>;
type Held = { id: string; receipt: string; endsAt: Date };
type Written = {
  tab: string | undefined;
  places: [connectionId: string, queue: string, leases: [id: string, receipt: string, endsAt: number][]][];
};

const PREFIX = 'queuescope.receipts.';
const RESTING = `${PREFIX}resting.`;
/** Receipts in one entry: what does not fit into the storage any more is lost, what came before is not. */
const IN_ONE = 2000;
/** Ms until a change is written. */
const SOON = 100;
/** Ms: a lease that runs on for longer than this is worth a question before the tab closes. */
const LONG = 5 * 60_000;
/** Ms between looks whether the tab that this one seems to be a copy of is still open, and how many. */
const LOOK = 500;
const LOOKS = 10;

/** Bulk work that holds messages. */
const holds = new Map<number, { place: Place; held: () => readonly Held[] }>();
let lastHold = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes away leases that were given back, or that nobody asks about any more. */
export function dropEarlier(given: readonly KeptReceipt[]) {
  const gone = new Set(given);
  earlierLeases.setState(({ leases }) => ({ leases: leases.filter((lease) => !gone.has(lease)) }));
  writeSoon();
}

/** Keeps the receipts of bulk work that holds messages until `end`; `held` is asked when the page goes away. */
export function holdReceipts(place: Place, held: () => readonly Held[]) {
  const name = ++lastHold;
  let parts = 0;
  const prefix = prefixOf(name);
  holds.set(name, { place, held });
  return {
    /** More are held now. What is given back meanwhile is written when the page goes away, or at the end. */
    add: (fresh: readonly Held[]) => write(`${prefix}${parts++}`, keptOf(place, fresh)),
    end() {
      holds.delete(name);
      remove(prefix);
    },
  };
}

const prefixOf = (hold: number) => `${PREFIX}${hold}.`;

const keptOf = (place: Place, held: readonly Held[]): KeptReceipt[] =>
  held.map(({ id, receipt, endsAt }) => ({
    connectionId: place.connectionId,
    queue: place.queue,
    id,
    receipt,
    endsAt: endsAt.getTime(),
  }));

const isRunning = ({ connectionId, endsAt }: KeptReceipt) => endsAt > nowOf(connectionId);

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
  writeAll(RESTING, restingLeases());
}

/** The last moment to write what is held as it is now. */
function writeEverything() {
  writeResting();
  for (const [name, { place, held }] of holds) writeAll(prefixOf(name), keptOf(place, held()));
}

function writeAll(prefix: string, leases: readonly KeptReceipt[]) {
  remove(prefix);
  const running = leases.filter(isRunning);
  for (let from = 0; from < running.length; from += IN_ONE) {
    if (!write(`${prefix}${from}`, running.slice(from, from + IN_ONE))) return;
  }
}

/** False when there is no room: what is not written shows again when its lease ends. */
function write(key: string, leases: readonly KeptReceipt[]): boolean {
  const places = Map.groupBy(leases, ({ connectionId, queue }) => `${connectionId}/${queue}`);
  const written: Written = {
    tab: tabName(),
    places: [...places.values()].map((own) => [
      own[0]?.connectionId ?? '',
      own[0]?.queue ?? '',
      own.map(({ id, receipt, endsAt }) => [id, receipt, endsAt]),
    ]),
  };
  try {
    sessionStorage.setItem(key, JSON.stringify(written));
    return true;
  } catch {
    return false;
  }
}

function keysOf(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    // A page without storage forgets its leases with a reload; the service ends them anyway.
    return [];
  }
}
const remove = (prefix: string) => keysOf(prefix).forEach((key) => sessionStorage.removeItem(key));

/** Reads what the page before this one wrote, and takes it away. */
function readAll(): { tab: string | undefined; leases: KeptReceipt[] }[] {
  const read = keysOf(PREFIX).flatMap((key) => {
    try {
      const { tab, places } = JSON.parse(sessionStorage.getItem(key) ?? '') as Written;
      const leases = places.flatMap(([connectionId, queue, own]) =>
        own.map(([id, receipt, endsAt]) => ({ connectionId, queue, id, receipt, endsAt })),
      );
      return { tab, leases };
    } catch {
      return [];
    }
  });
  remove(PREFIX);
  return read;
}

async function start() {
  const read = readAll();
  adopt(read.filter(({ tab }) => tab === tabName()).flatMap(({ leases }) => leases));
  // Another name: this tab was duplicated, and the leases are the other one's; or it came back before the browser had let
  // its old name go.
  let others = read.filter(({ tab }) => tab !== tabName());
  for (let look = 0; others.length > 0 && look < LOOKS; look++) {
    const open = await openTabs();
    adopt(others.filter(({ tab }) => !open.has(tab ?? '')).flatMap(({ leases }) => leases));
    others = others.filter(({ tab }) => open.has(tab ?? ''));
    if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

function adopt(leases: readonly KeptReceipt[]) {
  earlierLeases.setState((state) => ({ leases: [...state.leases, ...leases.filter(isRunning)] }));
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
