import type { SentMessage } from '@/azure/protocol/model';
import type { MessageRow } from '@/messages/message-rows';
import { browseAll } from '../jobs/browse';
import { startExport } from '../jobs/export-job';
import { startImport } from '../jobs/import-messages';
import type { Job } from '../jobs/job';
import type { JobState } from '../jobs/job-state';
import { startMessageJob } from '../jobs/message-job';
import { startJob } from '../jobs/start-job';
import type { FirstFile } from '../jobs/write-first';
import { leaseById } from '../leasing/lease-by-id';
import type { LeaseHandle } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import { type Work as DoWork, mayBeCarriedOut } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { addAgain, addMessage } from '../work/add-message';
import { changeText, type TextDifference } from '../work/change-text';
import { clearQueue } from '../work/clear-queue';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { deleteLeased, extend, type LeaseOutcome, receive, release, saveText } from '../work/lease-actions';
import { moveMessage, requeueMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { type MovedMessage, undoMove } from '../work/undo-move';
import { changedText, type Doing, type Work } from './ledger.fixture';
import { Gate } from './line.fixture';
import type { Listing, Page } from './page.fixture';
import { judge, judgeWhole } from './verdicts.fixture';
import { checkPeek } from './views.fixture';
import type { World } from './world.fixture';

/*
 * What a person can do, by the product's own functions. Each tells the oracle beforehand what is meant, and afterwards what
 * the product says of it.
 */

/** Where a job stops: after so many requests, on that side of the next one. Undefined: it goes on to its end. */
export type Stop = { after: number; side: 'sent' | 'acted' } | undefined;

const LEASE = 120;

/** Messages whose leases the page shows, those that somebody of us works on too. */
export const leasedRows = (page: Page): MessageRow[] => page.rows().peek.filter(({ lease }) => lease?.state === 'held');

/** Everything that the page shows of the queue. */
export function shownIds(page: Page): string[] {
  const { peek, browse } = page.rows();
  return [...new Set([...peek, ...browse].map(({ id }) => id))];
}

/** Nobody but this tab has it, and nobody of us works on it: whatever is asked of it has to succeed. */
function isFree(page: Page, id: string): boolean {
  const { ledger, tab, queue } = page;
  const truth = ledger.in(queue).get(id);
  const hider = ledger.hiders.get(id);
  const isOurs = hider?.hand === tab && hider.state === 'told' && (truth?.visibleAt ?? 0) > ledger.time.now() + 3000;
  return isOurs && isUnclaimed(page, id);
}

const isUnclaimed = (page: Page, id: string): boolean =>
  !page.ledger.isExcused(page.tab, page.queue, id) &&
  !page.ledger.waiting[page.tab].has(id) &&
  !page.listings.some(
    ({ work }) => work.isLive && ((work.scope?.has(id) ?? true) || page.ledger.isTouchedBy(work, id)),
  );

/** What a job has to do: what this tab leased, and what can be received. */
function reachable(page: Page, wanted: ReadonlySet<string> | 'all'): Set<string> {
  const { ledger, queue } = page;
  const now = ledger.time.now();
  const ids = [...ledger.in(queue).values()].flatMap(({ id, visibleAt }) => {
    if (wanted !== 'all' && !wanted.has(id)) return [];
    const { lease } = page.recordsHere.get(id) ?? {};
    const isPersonal = lease?.holder === 'tab';
    return (visibleAt <= now && isUnclaimed(page, id)) || (isPersonal && isFree(page, id)) ? id : [];
  });
  // Another job that runs may be first.
  return page.listings.some(({ work }) => work.isLive) ? new Set() : new Set(ids);
}

export async function doPeek(page: Page): Promise<void> {
  await page.peek();
  checkPeek(page);
}

export function doReceive(world: World, page: Page, count: number, seconds: number): void {
  const work = world.work(page, `Receive ${count}`, 'receive', undefined);
  page.begin(async () => {
    try {
      await receive(page.target(work), { count, visibilityTimeout: seconds });
    } catch (error) {
      expectDoubt(work, error);
    }
  });
}

/** A call that throws has met trouble, and says so. */
function expectDoubt({ ledger, name, number }: Work, error: unknown): void {
  if (ledger.lastTrouble <= number) ledger.fail(`${name} threw: ${String(error)}`);
}

/** One action on messages that the page shows as leased. */
function onLeased(
  world: World,
  page: Page,
  words: string,
  does: Doing,
  ids: readonly string[],
  call: (target: QueueTarget) => Promise<readonly LeaseOutcome[]>,
): void {
  const work = world.work(page, words, does, ids);
  work.expected = new Set(ids.filter((id) => isFree(page, id)));
  page.begin(async () => {
    const outcomes = await call(page.target(work));
    if (!page.isAlive) return;
    for (const { item, kind, reason } of outcomes) judge(work, item.id, kind, reason);
    if (outcomes.length !== ids.length) work.ledger.fail(`${work.name} has not one outcome a message`);
    if (does === 'delete') page.noteDeleted(outcomes);
  });
}

export const doRelease = (world: World, page: Page, ids: readonly string[]): void =>
  onLeased(world, page, 'Release', 'release', ids, (target) => release(target, ids));

export const doExtend = (world: World, page: Page, ids: readonly string[], seconds: number): void =>
  onLeased(world, page, 'Extend', 'extend', ids, (target) => extend(target, ids, seconds));

/** Edits what the page shows, as a person who reads it. */
export function doEdit(world: World, page: Page, { id, message }: MessageRow, isReleased: boolean): string {
  const text = `${message.text}e`;
  const work = world.work(page, 'Edit', 'edit', [id]);
  work.edit = { base: message.text, text };
  const mustWork = isFree(page, id);
  const fail = (words: string) => work.ledger.fail(`${work.name} of "${message.text}" ${words}`);
  page.begin(async () => {
    try {
      await saveText(page.target(work), { id, text, visibilityTimeout: isReleased ? 0 : undefined });
      if (page.isAlive && !work.changed.has(id)) fail('says that it is saved, and it is not');
    } catch (error) {
      if (!page.isAlive) return;
      if (work.changed.has(id) && !mayBeCarriedOut(error)) fail('says that it is not saved, and it is');
      if (mustWork && work.ledger.lastTrouble <= work.number) fail(`was refused: ${String(error)}`);
    }
  });
  return text;
}

/** Deletes leased messages: after a time for Undo where their leases last so long. */
export function doDelete(world: World, page: Page, ids: readonly string[]): 'waits' | 'sent' {
  const work = world.work(page, 'Delete', 'delete', ids);
  const waiting = page.toCome.hold(page.target(work), ids);
  if (!waiting) {
    onLeased(world, page, 'Delete at once', 'delete', ids, (target) => deleteLeased(target, ids));
    return 'sent';
  }
  for (const id of ids) page.ledger.waiting[page.tab].set(id, work);
  return 'waits';
}

export function doUndo(page: Page): boolean {
  const last = page.toCome.waiting().at(-1);
  if (!last || !page.toCome.undo()) return false;
  for (const id of last.ids) page.ledger.waiting[page.tab].delete(id);
  return true;
}

/** Clears the queue, once what waits for Undo is sent. */
export function doClear(world: World, page: Page): void {
  const work = world.work(page, 'Clear', 'clear', undefined);
  const { recordsHere } = page;
  const clear = async () => {
    await page.toCome.flush(recordsHere);
    const known = [...recordsHere.all()].filter(({ standing }) => standing.is !== 'deleted').map(({ id }) => id);
    const outcome = await clearQueue(page.target(work).account)(page.queue);
    if (!page.isAlive || outcome.kind !== 'done') return;
    const ids = known.filter((id) => {
      const standing = recordsHere.get(id)?.standing;
      return standing?.is === 'deleted' && standing.how === 'cleared';
    });
    page.deletions.note({ ref: recordsHere.ref, what: 'cleared', ids });
  };
  page.begin(clear);
}

/** Leases one message by its id, past those before it. */
export function doLeaseOne(world: World, page: Page, id: string, seconds: number): void {
  const work = named(world.work(page, 'Lease one', 'lease', undefined), 'A search');
  page.begin(async () => {
    try {
      const search = { ids: new Set([id]), visibilityTimeout: seconds };
      const { found, unreturned } = await leaseById(page.target(work), search);
      work.saidMaybeHidden = unreturned > 0 || work.ledger.lastTrouble > work.number;
      const { lease } = page.recordsHere.get(id) ?? {};
      if (found.includes(id) && page.isAlive && !lease) work.ledger.fail(`${work.name} found what is not leased`);
    } catch (error) {
      work.saidMaybeHidden = true;
      expectDoubt(work, error);
    }
  });
}

/** The product names some pieces of work itself, and tells others by that name who has a message. */
function named(work: Work, claim: string): Work {
  work.claim = claim;
  return work;
}

const toChanged = (text: string) => ({ text: changedText(text) });

type JobDoing = 'move' | 'requeue' | 'copy' | 'delete' | 'change' | 'hide';

export type JobWish = {
  does: JobDoing;
  words: string;
  wanted: ReadonlySet<string> | 'all';
  to?: string;
  seconds?: number;
  /** The text is changed on its way, or with the request that hides it. */
  isChanged?: boolean;
  /** All are written to a file before anything is done with the first. */
  hasFile?: boolean;
  stop: Stop;
};

/** Moves, requeues, copies, deletes, changes or hides messages, one at a time. */
export function doJob(
  world: World,
  page: Page,
  { does, words, wanted, to, seconds = 60, isChanged = false, hasFile = false, stop }: JobWish,
): Listing {
  // To requeue is to move to the same queue.
  const work = world.work(page, words, does === 'requeue' ? 'move' : does, wanted === 'all' ? undefined : wanted, to);
  work.expected = reachable(page, wanted);
  work.hidesFor = does === 'hide' ? seconds : 0;
  if (isChanged || does === 'change') work.textFor = (_, text) => changedText(text);
  const gate = gateOf(stop);
  const from = page.target(work, gate);
  const moved: MovedMessage[] = [];
  const rewritten = new Map<string, TextDifference>();
  const file = hasFile ? fileInMemory() : undefined;
  const job = startMessageJob<SentMessage | TextDifference>({
    from,
    wanted,
    name: work.name,
    concurrency: 1,
    visibilityTimeout: LEASE,
    work: tracked(work, workOf(does, page, work, { gate, seconds, wanted, isChanged })),
    ...(file && { file: file.options }),
    onOutcome: ({ item, kind, reason, copied, value }) => {
      if (page.isAlive) judge(work, item.id, kind, reason);
      if (kind !== 'done' || !value) return;
      if (does === 'move' && copied && !('before' in value)) moved.push({ id: item.id, ...copied, copy: value });
      if ('before' in value) rewritten.set(item.id, value);
    },
  });
  return list(page, work, gate, job, { moved, rewritten, atEnd: () => file && checkFirstFile(work, file.lines()) });
}

type FileLine = { id: string; text: string };

/** A file of JSON Lines that is written in memory, and what is in it. */
function fileInMemory(): { options: FirstFile; lines: () => FileLine[] } {
  const utf8 = new TextDecoder();
  let written = '';
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (piece) => void (written += utf8.decode(piece, { stream: true })),
  });
  return {
    options: { format: 'jsonl', stream },
    lines: () =>
      written
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as FileLine),
  };
}

/** Whatever is gone, sent or changed by the job is in its file, with a text that it had since the job began. */
function checkFirstFile(work: Work, lines: readonly FileLine[]): void {
  const { ledger, deleted, copies, hand, queue } = work;
  const inFile = new Map(lines.map(({ id, text }) => [id, text]));
  if (inFile.size < lines.length) ledger.fail(`The file of ${work.name} has a message twice`);
  for (const id of [...deleted, ...copies.keys()]) {
    const text = inFile.get(id);
    const isExcused = hand !== 'other' && ledger.isExcused(hand, queue, id);
    if (text === undefined) ledger.fail(`${work.name} did something with ${id}, which is not in its file`);
    else if (!isExcused && !ledger.textsSince(id, work.number).has(text))
      ledger.fail(`The file of ${work.name} has "${text}", which ${id} never was meanwhile`);
  }
}

/** Writes the old texts again where the messages are leased still, as the report of the newest change offers. */
export function doUndoChange(world: World, page: Page, stop: Stop): string | undefined {
  const isHeld = (id: string) => {
    const lease = page.recordsHere.get(id)?.lease;
    return lease?.holder === 'tab' && lease.state === 'held';
  };
  const done = page.listings.findLast(
    ({ job, rewritten }) => isEnded(job.state) && [...rewritten.keys()].some((id) => isHeld(id)),
  );
  if (!done) return undefined;
  const items = new Map([...done.rewritten].filter(([id]) => isHeld(id)));
  done.rewritten.clear();
  const work = world.work(page, 'Undo', 'change', new Set(items.keys()));
  work.textFor = (id) => items.get(id)?.before ?? '';
  const gate = gateOf(stop);
  const job = startMessageJob<TextDifference>({
    from: page.target(work, gate),
    wanted: new Set(items.keys()),
    cap: 0,
    name: work.name,
    concurrency: 1,
    work: tracked(work, (handle: LeaseHandle) =>
      changeText((text) => {
        const one = items.get(handle.id);
        return one?.after === text ? { text: one.before } : { refused: 'Its text was changed since.' };
      })(handle),
    ),
    onOutcome: ({ item, kind, reason }) => {
      if (page.isAlive) judge(work, item.id, kind, reason);
    },
  });
  list(page, work, gate, job, { canRetry: false });
  return done.work.name;
}

/** Undoes the newest job that moved something, as its report offers; undefined when there is none. */
export function doUndoMove(world: World, page: Page, stop: Stop): string | undefined {
  const done = page.listings.findLast(({ job, moved }) => moved.length > 0 && isEnded(job.state));
  const to = done?.work.to;
  if (!done || to === undefined) return undefined;
  const items = done.moved.splice(0);
  // It moves the copies back, without a lease on them.
  const work = world.work(page, 'Undo', 'move', new Set(items.map(({ copy }) => copy.id)), page.queue, to);
  const texts = new Map(items.map(({ copy, text }) => [copy.id, text]));
  work.textFor = (id, text) => texts.get(id) ?? text;
  const gate = gateOf(stop);
  const undo = undoMove({ from: page.target(work, gate), to: page.target(work, gate, to) });
  const job = startJob<MovedMessage, SentMessage>({
    source: items,
    work: async (item, previous) => {
      work.item = item.copy.id;
      const outcome = await undo(item, previous);
      work.item = undefined;
      return outcome;
    },
    concurrency: 1,
    total: items.length,
    key: ({ id }) => id,
    name: ({ id }) => id,
    now: world.time.now,
    delay: world.time.delay,
    onOutcome: ({ item, kind, reason }) => {
      if (page.isAlive) judge(work, item.copy.id, kind, reason);
    },
  });
  list(page, work, gate, job);
  return done.work.name;
}

type AnyWork = DoWork<LeaseHandle, SentMessage | TextDifference> & Planned;
/** A retry is given what the same work gave before. */
const any = (work: unknown) => work as AnyWork;

type How = Required<Pick<JobWish, 'seconds' | 'wanted' | 'isChanged'>> & { gate: Gate };

/** What comes of it is of no interest here: the service is asked. */
function workOf(does: JobDoing, page: Page, work: Work, { gate, seconds, wanted, isChanged }: How): AnyWork {
  const to = () => page.target(work, gate, work.to);
  const change = isChanged ? toChanged : undefined;
  switch (does) {
    case 'move':
      return any(moveMessage(to(), change));
    case 'requeue':
      return any(requeueMessage(to(), { isWhole: wanted === 'all' }));
    case 'copy':
      return any(copyMessage(to(), change));
    case 'delete':
      return planned(deleteMessage.steps ?? [], async (handle: LeaseHandle) => {
        const outcome = await deleteMessage(handle);
        if (outcome.kind === 'done' && page.isAlive) page.noteDeleted([{ item: handle, kind: 'done' }]);
        return outcome;
      });
    case 'change':
      return any(changeText(toChanged));
    case 'hide':
      return any(setVisibility(seconds, change));
  }
}

/** Says what is worked on now. */
const tracked = <Item extends { id: string }, Value>(
  work: Work,
  doWork: DoWork<Item, Value> & Planned,
): DoWork<Item, Value> & Planned =>
  planned(doWork.steps ?? [], async (item: Item, previous?: Parameters<DoWork<Item, Value>>[1]) => {
    work.item = item.id;
    const outcome = await doWork(item, previous);
    work.item = undefined;
    return outcome;
  });

function gateOf(stop: Stop): Gate {
  const gate = new Gate();
  if (stop) gate.stopAfter(stop.after, stop.side);
  return gate;
}

function list<Item, Value>(
  page: Page,
  work: Work,
  gate: Gate,
  job: Job<Item, Value>,
  {
    canRetry = true,
    moved = [],
    rewritten = new Map(),
    atEnd = () => {},
  }: Partial<Pick<Listing, 'canRetry' | 'moved' | 'rewritten'>> & { atEnd?: () => void } = {},
): Listing {
  const listing: Listing = { work, gate, job, canRetry, moved, rewritten };
  page.listings.push(listing);
  work.isLive = true;
  const follow = async () => {
    await job.finished;
    work.isLive = page.listings.some((one) => one !== listing && one.work === work && !isEnded(one.job.state));
    if (!page.isAlive) return;
    work.saidMaybeHidden ||= (job.leasing?.maybeHidden.length ?? 0) > 0;
    atEnd();
    if (job.state === 'done') judgeWhole(work);
    if (job.state === 'failed') expectDoubt(work, job.error);
  };
  void follow();
  return listing;
}

export const isEnded = (state: JobState): boolean => state === 'done' || state === 'cancelled' || state === 'failed';

/** Tries again what failed, in the newest job that has something; of what is uncertain too, if that is wished. */
export function doRetry(page: Page, uncertain: boolean): string | undefined {
  for (const listing of page.listings.toReversed()) {
    const { job, work, gate, canRetry } = listing;
    if (!canRetry || !isEnded(job.state)) continue;
    work.expected = new Set();
    const again = job.retryFailed({ uncertain });
    if (!again) continue;
    list(page, work, gate, again, { moved: listing.moved, rewritten: listing.rewritten });
    return work.name;
  }
  return undefined;
}

/** Looks at the whole queue, and returns it or keeps the leases. */
export function doBrowse(world: World, page: Page, keep: boolean, stop: Stop): Listing {
  const work = named(world.work(page, keep ? 'Browse and keep' : 'Browse all', 'browse', undefined), 'Browse all');
  work.expected = reachable(page, 'all');
  const gate = gateOf(stop);
  const stopping = new AbortController();
  const run = browseAll(page.target(work, gate), {
    visibilityTimeout: LEASE,
    keep,
    returnedAtATime: 1,
    signal: stopping.signal,
  });
  const browse = page.beginBrowse(() => stopping.abort());
  let state: JobState = 'running';
  const look = async () => {
    try {
      for await (const ids of run.batches()) {
        browse.rows.add(ids);
        for (const id of ids) work.outcomes.set(id, 'done');
      }
      state = 'done';
    } catch (error) {
      state = 'failed';
      if (page.isAlive) expectDoubt(work, error);
    }
    work.isLive = false;
    work.saidMaybeHidden = run.report.maybeHidden.length > 0;
    if (page.isAlive && state === 'done' && !stopping.signal.aborted) {
      for (const id of work.expected) if (isHeldByPerson(page, id)) work.expected.delete(id);
      judgeWhole(work);
    }
  };
  const finished = look();
  const job = {
    get state() {
      return state;
    },
    finished,
    pause: () => {},
    resume: () => {},
    cancel: () => stopping.abort(),
    abandon: () => run.abandon(),
    retryFailed: () => undefined,
  } as unknown as Listing['job'];
  const listing: Listing = { work, gate, job, canRetry: false, moved: [], rewritten: new Map() };
  page.listings.push(listing);
  return listing;
}

const isHeldByPerson = (page: Page, id: string): boolean => page.recordsHere.get(id)?.lease?.holder === 'tab';

/** Writes messages to a file, and holds that against the service. */
export function doExport(world: World, page: Page, wanted: ReadonlySet<string> | 'all', stop: Stop): Listing {
  const work = named(world.work(page, 'Export', 'export', wanted === 'all' ? undefined : wanted), 'Export');
  const { ledger } = work;
  const waited = new Set(ledger.waiting[page.tab].keys());
  // What is loaded already may be another's by now, and nobody asks.
  const stale = new Set(shownIds(page).filter((id) => ledger.isExcused(page.tab, page.queue, id)));
  if (wanted === 'all') work.expected = reachable(page, wanted);
  const gate = gateOf(stop);
  const utf8 = new TextDecoder();
  let file = '';
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (piece) => void (file += utf8.decode(piece, { stream: true })),
  });
  const job = startExport({ from: page.target(work, gate), wanted, stream, format: 'jsonl' });
  const checkFile = () => {
    if (job.state === 'failed') return;
    for (const row of file.split('\n').filter(Boolean)) {
      const { id, text } = JSON.parse(row) as { id: string; text: string };
      const fail = (words: string) => ledger.fail(`The file has "${text}", ${words}`);
      if (work.outcomes.has(id)) fail('which it has already');
      work.outcomes.set(id, 'done');
      if (stale.has(id)) continue;
      const { number: goneAt = Infinity } = ledger.gone.get(id) ?? {};
      if (waited.has(id)) fail('whose delete waits for Undo');
      if (goneAt <= work.number) fail('which is gone');
      if (!ledger.textsSince(id, work.number).has(text)) fail(`which is "${ledger.in(page.queue).get(id)?.text}"`);
    }
  };
  return list(page, work, gate, job, { canRetry: false, atEnd: checkFile });
}

/** Adds messages of a file. */
export function doImport(world: World, page: Page, texts: readonly string[], stop: Stop): Listing {
  const work = world.work(page, 'Import', 'import', undefined);
  for (const text of texts) work.texts.add(text);
  const gate = gateOf(stop);
  const bytes = new TextEncoder().encode(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
  const file = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const job = startImport(file, page.target(work, gate), {
    format: 'jsonl',
    concurrency: 1,
    onOutcome: ({ item, kind, reason }) => {
      if (page.isAlive && 'draft' in item) judge(work, item.draft.text, kind, reason);
    },
  });
  return list(page, work, gate, job);
}

/** Adds one message. */
export function doAdd(world: World, page: Page, text: string): void {
  const work = world.work(page, 'Add', 'add', undefined);
  work.texts.add(text);
  const add = addMessage<{ draft: { text: string } }>(page.target(work), () => text);
  page.begin(async () => {
    const { kind, reason } = await add({ draft: { text } });
    if (page.isAlive) judge(work, text, kind, reason);
  });
}

/** Adds what was deleted last once more. */
export function doAddAgain(world: World, page: Page, stop: Stop): Listing | undefined {
  const [newest] = page.deletions.all();
  const deletion = newest && page.deletions.take(newest.id);
  if (!deletion) return undefined;
  const work = world.work(page, 'Add again', 'addAgain', undefined, page.queue);
  work.expected = new Set(deletion.ids);
  const gate = gateOf(stop);
  const target = page.target(work, gate);
  const job = startJob<{ id: string }, SentMessage>({
    source: deletion.ids.map((id) => ({ id })),
    work: tracked(work, addAgain(target)),
    concurrency: 1,
    total: deletion.ids.length,
    key: ({ id }) => id,
    name: ({ id }) => id,
    now: world.time.now,
    delay: world.time.delay,
    onOutcome: ({ item, kind, reason }) => {
      if (page.isAlive) judge(work, item.id, kind, reason);
    },
  });
  const ended = (kind: string) => deletion.ids.filter((id) => (work.outcomes.get(id) ?? 'failed') === kind);
  const leave = () => page.deletions.leave(deletion, { failed: ended('failed'), maybe: ended('maybeDone') });
  return list(page, work, gate, job, { canRetry: false, atEnd: leave });
}
