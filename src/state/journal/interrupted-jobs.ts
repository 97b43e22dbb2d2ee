import { decodeHead, decodeJournal } from '@/bulk/journal/codec';
import type { JournalHead } from '@/bulk/journal/journal';
import { replay } from '@/bulk/journal/replay';
import { type JobStanding, standingOf } from '@/bulk/journal/standing';
import { createDeferred } from '@/bulk/requests/deferred';
import { currentConnections, whenConnectionsChange } from '../connections/connections';
import { holdLock } from '../tab/tab-identity';
import { nowOf } from '../time/connection-clocks';
import {
  type InterruptedJob,
  interruptedJobs,
  type JobElsewhere,
  journalStore,
  type UnreadableJob,
} from './interrupted-store';
import { ownUse } from './job-journals';
import { type JournalNews, lockName, onJournalNews, tellJournals } from './journal-news';
import { journalStorage, readHeads, readParts, sweepParts } from './journal-storage';

let isStarted = false;
/** The reading under way, and whether another one is to follow. */
let reading: Promise<void> | undefined;
let isStale = false;
/** Ids of jobs whose locks this tab waits for. */
const awaited = new Set<string>();

/** Lists the jobs that were cut off, now and whenever a tab that runs one ends. */
export function watchJournals(): Promise<void> {
  if (!isStarted) {
    isStarted = true;
    onJournalNews(hear);
    void sweepParts().catch(() => {});
    forgetWithConnections();
  }
  return refresh();
}

function hear(news: JournalNews): void {
  if (news.kind === 'changed') void refresh();
  else
    journalStore.setState(({ elsewhere }) => ({
      elsewhere: elsewhere.map((one) => (one.id === news.id ? { ...one, done: news.done, total: news.total } : one)),
    }));
}

/** Reads the journals anew; what is told meanwhile is read once more. */
function refresh(): Promise<void> {
  isStale = true;
  reading ??= (async () => {
    while (isStale) {
      isStale = false;
      // Without a storage there are none.
      await read().catch(() => {});
    }
    reading = undefined;
  })();
  return reading;
}

async function read(): Promise<void> {
  const heads = (await readHeads()).filter(([id]) => ownUse(id) !== 'run');
  if (heads.length === 0) return journalStore.setState({ interrupted: [], elsewhere: [], unreadable: [] }, true);
  const held = await heldLocks();
  const { interrupted: before, elsewhere: others } = journalStore.getState();
  const state = {
    interrupted: [] as InterruptedJob[],
    elsewhere: [] as JobElsewhere[],
    unreadable: [] as UnreadableJob[],
  };
  for (const [id, text] of heads) {
    try {
      const released = ownUse(id) === 'release' ? before.find((one) => one.id === id) : undefined;
      if (released) {
        state.interrupted.push(released);
        continue;
      }
      if (held.has(lockName(id))) {
        const head = decodeHead(text);
        const known = others.find((one) => one.id === id);
        state.elsewhere.push({ id, head, done: known?.done, total: known?.total ?? totalOf(head) });
        void refreshOnceFree(id);
        continue;
      }
      const parts = await readParts(id);
      const known = before.find((one) => one.id === id && one.parts === parts.length);
      if (known) state.interrupted.push(known);
      else {
        const journal = decodeJournal(text, parts);
        state.interrupted.push({ id, head: journal.head, journal, replayed: replay(journal), parts: parts.length });
      }
    } catch (error) {
      state.unreadable.push({ id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  journalStore.setState(state, true);
}

const totalOf = ({ ids, total }: JournalHead): number | undefined => ids?.length ?? total;

async function heldLocks(): Promise<Set<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name = '' }) => name));
}

/** Reads the journals again once no tab runs this job any more. */
async function refreshOnceFree(id: string): Promise<void> {
  if (awaited.has(id)) return;
  awaited.add(id);
  await navigator.locks.request(lockName(id), () => {}).catch(() => {});
  awaited.delete(id);
  await refresh();
}

const standings = new WeakMap<InterruptedJob, { at: number; standing: JobStanding }>();

/** Where a job that was cut off stands at `now`, epoch ms by its connection's clock. Counted anew when something becomes visible. */
export function standingAt(job: InterruptedJob, now: number): JobStanding {
  const known = standings.get(job);
  if (known && now >= known.at && now < known.standing.changesAt) return known.standing;
  const standing = standingOf(job.journal, now, job.replayed);
  standings.set(job, { at: now, standing });
  return standing;
}

/** Where it stands now. */
export const standingNow = (job: InterruptedJob): JobStanding => standingAt(job, nowOf(job.head.from.connectionId));

/** Takes a job that was cut off for this tab; undefined when another tab has it by now, or it is forgotten. */
export async function takeJob(id: string): Promise<{ job: InterruptedJob; release: () => void } | undefined> {
  const over = createDeferred();
  if (!(await holdLock(lockName(id), over.promise))) return undefined;
  // Another tab may have gone on with it, and stopped as well.
  await refreshHeld(id);
  const job = interruptedJobs().find((one) => one.id === id);
  if (job) return { job, release: over.resolve };
  over.resolve();
  return undefined;
}

async function refreshHeld(id: string): Promise<void> {
  const parts = await readParts(id);
  const text = (await readHeads()).find(([one]) => one === id)?.[1];
  journalStore.setState(({ interrupted }) => {
    const others = interrupted.filter((one) => one.id !== id);
    if (text === undefined) return { interrupted: others };
    const journal = decodeJournal(text, parts);
    const found = { id, head: journal.head, journal, replayed: replay(journal), parts: parts.length };
    return { interrupted: [...others, found] };
  });
}

/** Forgets what is stored of a job: it is done, or the person was told. */
export async function forgetJob(id: string): Promise<void> {
  await journalStorage.forget(id).catch(() => {});
  journalStore.setState(({ interrupted, unreadable }) => ({
    interrupted: interrupted.filter((one) => one.id !== id),
    unreadable: unreadable.filter((one) => one.id !== id),
  }));
  tellJournals();
}

const connectionIds = () => new Set(currentConnections().map(({ id }) => id));

/** Forgets the jobs of each connection that is forgotten from now on. */
function forgetWithConnections(): void {
  let known = connectionIds();
  whenConnectionsChange(() => {
    const now = connectionIds();
    for (const id of known) if (!now.has(id)) void forgetJobsOf(id);
    known = now;
  });
}

async function forgetJobsOf(connectionId: string): Promise<void> {
  for (const [id, text] of await readHeads().catch(() => [])) {
    if (String(text).includes(JSON.stringify(connectionId)) && isOf(text, connectionId)) await forgetJob(id);
  }
}

function isOf(text: unknown, connectionId: string): boolean {
  try {
    const { from, to } = decodeHead(text);
    return from.connectionId === connectionId || to?.connectionId === connectionId;
  } catch {
    return false;
  }
}
