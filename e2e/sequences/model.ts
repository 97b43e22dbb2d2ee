import type { Side } from './stage';
import { brief, exact } from './text';
import type { Trap } from './wire';

/**
 * Who hides a message:
 * - `page`: leased by the page, which shows it so.
 * - `job`: leased by a job that runs.
 * - `other`: leased by another consumer or another tab.
 * - `kept`: leased by the page before it was reloaded.
 * - `nobody`: hidden until its time is over, such as by "Set visibility".
 */
export type Hold = 'none' | 'page' | 'job' | 'other' | 'kept' | 'nobody';

/** One message of the service as it should be. */
export type Item = {
  /** For reports and to replay: `m2`, and `m2 #2` for the second message with that text. */
  name: string;
  key: string;
  /** Undefined until the service was seen to have it. */
  id: string | undefined;
  side: Side;
  text: string;
  /** Or one of these: it was changed twice at the same time. */
  maybe: string[];
  /** What it was before, oldest first. */
  older: string[];
  hold: Hold;
  /** Epoch ms at which its delete was asked for, which waits for Undo. */
  deleting: number | undefined;
  gone: boolean;
  /** Nobody can say what the page knows of it: an answer was lost, or somebody else has its lease. */
  vague: boolean;
  /** Changed by another hand since the page looked last. */
  stale: boolean;
  /** As the service said when it handed it to the page. */
  dequeueCount: number | undefined;
  /** Receipt of the other consumer. */
  receipt: string | undefined;
};

export type JobKind = 'move' | 'copy' | 'text' | 'visibility' | 'delete';
/** What was done to a message while a job had it. */
export type Touch = 'extend' | 'release' | 'edit' | 'delete' | 'receive';
export type Upset = 'refuse POST' | 'lose POST' | 'refuse DELETE' | 'lose DELETE';

export type RunningJob = {
  kind: JobKind;
  /** All that it is for, and how they were when it began. */
  items: Item[];
  wasHeld: Set<Item>;
  /** Of "Change text". */
  change: ((text: string) => string) | undefined;
  touched: Map<Item, Touch[]>;
  /** What goes wrong with one of its requests. */
  upset: Upset | undefined;
  trap: Trap | undefined;
  /** Anything may be undone: it was cancelled, or the queue was cleared under it. */
  ended: 'cancelled' | 'cleared' | undefined;
  /** What a clear took while it ran, or it had done before: which of both is seen by what the service has. */
  cleared: ReadonlySet<Item>;
  /** Epoch ms before its first request. */
  began: number;
  /** Its place among the jobs of this tab, from 1. */
  number: number;
  /** Messages left over of an earlier job, to be tried again. */
  again: { item: Item; copy: Item | undefined }[] | undefined;
};

/** What an ended job has left to be tried again. */
export type EndedJob = {
  number: number;
  kind: JobKind;
  change: ((text: string) => string) | undefined;
  failed: { item: Item; copy: Item | undefined }[];
};

/** What can be added again: the texts as they were last. */
export type Deletion = { what: 'deleted' | 'cleared'; sure: string[]; maybe: string[] };

export type Model = ReturnType<typeof emptyModel>;

export function emptyModel() {
  return {
    items: [] as Item[],
    running: undefined as RunningJob | undefined,
    ended: [] as EndedJob[],
    /** Jobs of this tab so far. */
    jobs: 0,
    deletions: [] as Deletion[],
    /** Somebody else has had a hand in it, or a lease has run out: then others may be blamed. */
    hasOthers: false,
    mode: 'peek' as 'peek' | 'receive' | 'browse',
    /** Ids that an ended browse shows; undefined when the rows are peeked. */
    browsed: undefined as Set<string> | undefined,
    peekCount: 32,
    /** Epoch ms of the last thing before which a waiting delete may well be sent: a job, or the page being left. */
    sendsAt: 0,
    /** Edits and new messages so far, so that no two are alike. */
    edits: 0,
    made: 0,
  };
}

type NewItem = Partial<Omit<Item, 'key' | 'text'>> & Pick<Item, 'key' | 'text'>;

/** A message more. */
export function addItem(model: Model, fresh: NewItem): Item {
  const before = model.items.filter(({ key }) => key === fresh.key).length;
  const item: Item = {
    name: before === 0 ? fresh.key : `${fresh.key} #${before + 1}`,
    id: undefined,
    side: 'source',
    older: [],
    maybe: [],
    hold: 'none',
    deleting: undefined,
    gone: false,
    vague: false,
    stale: false,
    dequeueCount: undefined,
    receipt: undefined,
    ...fresh,
  };
  model.items.push(item);
  return item;
}

export function setText(item: Item, text: string) {
  item.maybe = [];
  if (text === item.text) return;
  item.older.push(item.text);
  item.text = text;
}

export const liveIn = (model: Model, side: Side) => model.items.filter((item) => item.side === side && !item.gone);
/** What the page holds with leases of its own, and is not about to delete. */
export const heldByPage = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, deleting }) => hold === 'page' && deleting === undefined);
/** What the page takes for its own: also what somebody else has by now. */
export const believed = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, deleting, vague }) => (hold === 'page' || vague) && deleting === undefined);
/** What everybody sees in the queue that is worked on. */
export const free = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, id }) => hold === 'none' && id !== undefined);
export const pending = (model: Model) => model.items.filter(({ deleting, gone }) => deleting !== undefined && !gone);
export const jobHas = (model: Model, item: Item) => model.running?.items.includes(item) ?? false;

/** Notes what was done to a message that a running job has. */
export function touch(model: Model, item: Item, what: Touch) {
  const job = model.running;
  if (!job?.items.includes(item)) return;
  job.touched.set(item, [...(job.touched.get(item) ?? []), what]);
}

export const shortId = ({ id }: Pick<Item, 'id'>) => id?.slice(0, 8) ?? '?';

const HOLDS: Record<Hold, string> = {
  none: 'visible',
  page: 'leased by the page',
  job: 'leased by a job',
  other: 'leased by another consumer',
  kept: 'leased before the reload',
  nobody: 'hidden',
};

/** All messages as they should be, a line each. */
export const stateWords = (model: Model) =>
  model.items
    .filter(({ gone }) => !gone)
    .map(
      (item) =>
        `${item.side}  ${exact(item.text)}  ${HOLDS[item.hold]}${item.deleting === undefined ? '' : ', being deleted'}${
          item.older.length > 0 ? `  (was ${item.older.map(brief).join(', ')})` : ''
        }`,
    )
    .toSorted();

/** Ms of the time for Undo in which it must be offered, and no delete may be sent. */
const SURE_OF_UNDO = 3500;

/** Whether the page must still let this delete be undone, or the time for it may be over. */
export const mustUndo = (model: Model, { deleting = 0 }: Item, now: number) =>
  now - deleting < SURE_OF_UNDO && model.sendsAt < deleting;

/** They are sent. What somebody else has by now is still there. */
export function endDeletes(model: Model, items: Item[]) {
  for (const at of [...new Set(items.map(({ deleting = 0 }) => deleting))].toSorted((a, b) => a - b)) {
    const group = items.filter(({ deleting = 0 }) => deleting === at);
    const sent = group.filter(({ hold: by }) => by !== 'other');
    for (const item of group) item.deleting = undefined;
    for (const item of sent) item.gone = true;
    if (sent.length > 0)
      model.deletions.unshift({
        what: 'deleted',
        sure: sent.filter(({ vague }) => !vague).map(({ text }) => text),
        maybe: sent.map(({ text }) => text),
      });
  }
}
