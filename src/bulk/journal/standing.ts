import { stays } from '../planning/steps';
import type { Journal, JournalHead } from './journal';
import { type JournaledItem, type Replayed, replay } from './replay';

/**
 * Where an item stands:
 * - `done`: every step is done, or as good as.
 * - `twice`: a copy of it is or may be in the target, and the original is or may be here; or it was copied twice.
 * - `maybe`: the last step may have been done.
 * - `notDone`: the job left it out, or could not do it.
 * - `hidden`: nothing was done, and it is hidden by the lease.
 * - `untouched`: nothing was done, and it is visible.
 * - `passed`: not meant.
 */
export type ItemStanding = 'done' | 'twice' | 'maybe' | 'notDone' | 'hidden' | 'untouched' | 'passed';

/** Where a job stands. Its counts add up to `total`: done, twice, maybe, not done, hidden and untouched. */
export type JobStanding = {
  /** Items that are meant, about for a queue; undefined where nobody knows. */
  total: number | undefined;
  done: number;
  /** Keys of items that may be there twice. */
  twice: readonly string[];
  maybe: readonly string[];
  /** Left out, or refused: how many, by the code of the service's refusal, empty without one. */
  notDone: ReadonlyMap<string, number>;
  hidden: number;
  untouched: number | undefined;
  /** Those that the job would go on with; undefined where nobody knows. */
  left: number | undefined;
  /** Other messages that it hides: those that it passed, and those that it has worked on. */
  othersHidden: number;
  /** Of `twice`, those that are hidden. */
  twiceHidden: number;
  /** The latest end of what hides any of them, epoch ms by the connection's clock. */
  hiddenUntil: number;
  /** When the next of them becomes visible, so that the counts change; Infinity without any. */
  changesAt: number;
  /** Receives without an answer may hide so many more until then. */
  maybeHidden: { messages: number; until: number };
};

/** True for an item with nothing left to do, although it may be there twice. */
export const isSettled = (item: JournaledItem, { steps }: Pick<JournalHead, 'steps'>): boolean =>
  steps.includes('delete') ? item.isDeleted || item.outcome === 'done' : item.copy !== undefined && !item.isTakingBack;

const mayBeCopied = ({ openPuts, isTakingBack }: JournaledItem): boolean => openPuts > 0 || isTakingBack;

/** True when the target certainly has a copy. */
export const isCopied = ({ copy, isTakingBack }: JournaledItem): boolean => copy !== undefined && !isTakingBack;

/** Where an item stands at `now`, epoch ms by the connection's clock. */
export function itemStanding(item: JournaledItem, head: Pick<JournalHead, 'steps'>, now: number): ItemStanding {
  const { outcome } = item;
  if (item.isPassed && outcome === undefined) return 'passed';
  return workStanding(item, head) ?? (outcome !== undefined ? 'notDone' : isHidden(item, now) ? 'hidden' : 'untouched');
}

/** By what was done to it; undefined when nothing was. */
function workStanding(item: JournaledItem, { steps }: Pick<JournalHead, 'steps'>): ItemStanding | undefined {
  const { outcome } = item;
  if (steps.includes('send')) {
    if (outcome === 'maybeTwice') return 'twice';
    if (isSettled(item, { steps })) return mayBeCopied(item) ? 'twice' : 'done';
    if (!steps.includes('delete')) return item.openPuts > 1 ? 'twice' : mayBeCopied(item) ? 'maybe' : undefined;
    return isCopied(item) || mayBeCopied(item) ? 'twice' : undefined;
  }
  if (outcome === 'done' || item.isDeleted) return 'done';
  if (steps.includes('delete')) return item.openDeletes > 0 ? 'maybe' : undefined;
  if (item.isChanged) return 'done';
  if (steps.includes('hide')) return item.openTexts > 0 ? 'maybe' : undefined;
  return item.openTexts > 0 || outcome === 'maybeDone' ? 'maybe' : undefined;
}

/** True while its lease may hide it. */
export const isHidden = ({ lease }: JournaledItem, now: number): boolean => lease !== undefined && lease.until > now;

/** Where a job stands at `now`, epoch ms by the connection's clock. Linear in its messages. */
export function standingOf(journal: Journal, now: number, replayed: Replayed = replay(journal)): JobStanding {
  const { head } = journal;
  const { items, openReceives } = replayed;
  const counts = { done: 0, hidden: 0, untouched: 0, othersHidden: 0, twiceHidden: 0, left: 0, known: 0 };
  const twice: string[] = [];
  const maybe: string[] = [];
  const notDone = new Map<string, number>();
  let hiddenUntil = 0;
  let changesAt = Infinity;
  for (const item of items.values()) {
    const standing = itemStanding(item, head, now);
    if (standing === 'twice') twice.push(item.key);
    else if (standing === 'maybe') maybe.push(item.key);
    else if (standing === 'notDone') notDone.set(item.code, (notDone.get(item.code) ?? 0) + 1);
    else if (standing !== 'passed') counts[standing]++;
    if (standing !== 'passed') counts.known++;
    if (isLeft(item, head, now)) counts.left++;
    if (isHidden(item, now)) {
      hiddenUntil = Math.max(hiddenUntil, item.lease?.until ?? 0);
      changesAt = Math.min(changesAt, item.lease?.until ?? Infinity);
      if (standing === 'twice') counts.twiceHidden++;
      else if (standing !== 'hidden') counts.othersHidden++;
    }
  }
  const open = openReceives.filter(({ until }) => until > now);
  const { known, ...others } = counts;
  const total = head.ids ? head.ids.length : head.total === undefined ? undefined : Math.max(head.total, known);
  const unseen = total === undefined ? undefined : Math.max(0, total - known);
  return {
    ...others,
    total,
    twice,
    maybe,
    notDone,
    untouched: unseen === undefined ? undefined : counts.untouched + unseen,
    left: unseen === undefined ? undefined : counts.left + unseen,
    hiddenUntil,
    changesAt: Math.min(changesAt, ...open.map(({ until }) => until)),
    maybeHidden: {
      messages: open.reduce((sum, { messages }) => sum + messages, 0),
      until: open.reduce((latest, { until }) => Math.max(latest, until), 0),
    },
  };
}

/** True for an item that a job which goes on works on: what was left out on purpose, and what is settled, is not. */
export function isLeft(item: JournaledItem, head: Pick<JournalHead, 'steps'>, now: number): boolean {
  const standing = itemStanding(item, head, now);
  if (standing === 'done' || standing === 'passed') return false;
  if (standing === 'twice') return !isSettled(item, head);
  return item.outcome !== 'skipped';
}

/** True when what is left of the job needs no text, so that leases whose texts are not loaded any more will do. */
export const needsNoText = ({ steps }: Pick<JournalHead, 'steps'>): boolean =>
  steps.length > 0 && !steps.includes('send') && !steps.includes('change') && !stays(steps);
