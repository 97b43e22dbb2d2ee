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

/** A message of the service as it should be. */
export type Item = {
  /** For reports and replays: `m2`, and `m2 #2` for the second message with that text. */
  name: string;
  key: string;
  /** Undefined until the service showed it. */
  id: string | undefined;
  side: Side;
  text: string;
  /** Other texts that it may have: it was changed twice at the same time. */
  maybe: string[];
  /** Its earlier texts, oldest first. */
  older: string[];
  hold: Hold;
  /** Epoch ms of its delete, which waits for Undo. */
  deleting: number | undefined;
  gone: boolean;
  /** The page's knowledge of it is uncertain: an answer was lost, or another consumer has its lease. */
  vague: boolean;
  /** Another consumer changed it since the page last looked. */
  stale: boolean;
  /** The dequeue count when the service handed it to the page. */
  dequeueCount: number | undefined;
  /** The receipt of the other consumer. */
  receipt: string | undefined;
  /** Epoch ms before the press that added it, during the sequence. */
  addedAt: number | undefined;
};

export type JobKind = 'move' | 'copy' | 'text' | 'visibility' | 'delete';
/** What was done to a message while a job had it. */
export type Touch = 'extend' | 'release' | 'edit' | 'delete' | 'receive';
export type Upset = 'refuse POST' | 'lose POST' | 'refuse DELETE' | 'lose DELETE';

export type RunningJob = {
  kind: JobKind;
  /** The messages of the job, as they were when it began. */
  items: Item[];
  /** For all messages of the queue: it may reach what is added within its first seconds. */
  isWhole: boolean;
  wasHeld: Set<Item>;
  /** The change of "Change text". */
  change: ((text: string) => string) | undefined;
  touched: Map<Item, Touch[]>;
  /** The fault of one of its requests. */
  upset: Upset | undefined;
  trap: Trap | undefined;
  /** Why any part may be undone: the job was cancelled, or the queue was cleared meanwhile. */
  ended: 'cancelled' | 'cleared' | undefined;
  /** Messages that a clear deleted while it ran, or that it had done before; the service shows which. */
  cleared: ReadonlySet<Item>;
  /** Epoch ms before its first request. */
  began: number;
  /** Its number among the jobs of this tab, from 1. */
  number: number;
  /** Messages that an earlier job left, to be retried. */
  again: { item: Item; copy: Item | undefined }[] | undefined;
};

/** The messages of an ended job that can be retried. */
export type EndedJob = {
  number: number;
  kind: JobKind;
  change: ((text: string) => string) | undefined;
  failed: { item: Item; copy: Item | undefined }[];
};

/** A deletion that can be added again, with the last texts. */
export type Deletion = { what: 'deleted' | 'cleared'; sure: string[]; maybe: string[] };

export type Model = ReturnType<typeof emptyModel>;

export function emptyModel() {
  return {
    items: [] as Item[],
    running: undefined as RunningJob | undefined,
    ended: [] as EndedJob[],
    /** Moves that can be undone, oldest first: the job, and each message with its copy. */
    moves: [] as { number: number; moved: { item: Item; copy: Item }[] }[],
    /** Changes of texts that can be undone where the message is leased still, oldest first. */
    changes: [] as { number: number; changed: { item: Item; before: string; after: string }[] }[],
    /** Jobs of this tab so far. */
    jobs: 0,
    deletions: [] as Deletion[],
    /** Another consumer acted or a lease ended, so the page may blame others. */
    hasOthers: false,
    mode: 'peek' as 'peek' | 'receive' | 'browse',
    /** Ids that an ended browse shows; undefined when the rows are peeked. */
    browsed: undefined as Set<string> | undefined,
    peekCount: 32,
    /** Epoch ms of the last event that may send a waiting delete: a job, or leaving the page. */
    sendsAt: 0,
    /** Edits and new messages so far, so that no two are alike. */
    edits: 0,
    made: 0,
  };
}

type NewItem = Partial<Omit<Item, 'key' | 'text'>> & Pick<Item, 'key' | 'text'>;

/** Adds a message. */
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
    addedAt: undefined,
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
/** Messages that the page has leased and is not about to delete. */
export const heldByPage = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, deleting }) => hold === 'page' && deleting === undefined);
/** Messages that the page takes for its own, also those that another consumer has by now. */
export const believed = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, deleting, vague }) => (hold === 'page' || vague) && deleting === undefined);
/** Visible messages of the queue that is worked on. */
export const free = (model: Model) =>
  liveIn(model, 'source').filter(({ hold, id }) => hold === 'none' && id !== undefined);
export const pending = (model: Model) => model.items.filter(({ deleting, gone }) => deleting !== undefined && !gone);
/** Ms from its beginning within which a job for the whole queue may reach what is added: two full seconds, and the way there. */
const REACHES_NEW = 5000;

/** Messages that were added since a job for the whole queue began, and that it may have reached. */
export const reachedPerhaps = (model: Model, { isWhole, began, items }: RunningJob) =>
  liveIn(model, 'source').filter(
    (item) =>
      isWhole && !items.includes(item) && (item.addedAt ?? 0) >= began && (item.addedAt ?? 0) - began < REACHES_NEW,
  );

export const jobHas = (model: Model, item: Item) => model.running?.items.includes(item) ?? false;

/** Notes what was done to a message of a running job. */
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

/** All messages as they should be, one per line. */
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

/** Ms for which Undo must be offered, and no delete may be sent. */
const SURE_OF_UNDO = 3500;

/** True while the page must offer Undo for this delete. */
export const mustUndo = (model: Model, { deleting = 0 }: Item, now: number) =>
  now - deleting < SURE_OF_UNDO && model.sendsAt < deleting;

/** The deletes were sent. Messages that another consumer has are still there. */
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
