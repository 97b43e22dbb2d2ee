import type { OutcomeKind } from '../requests/outcome';
import { changed, type Faulted, HIDDEN_FOR } from './faulted.fixture';

export type Verdict = {
  operation: Faulted;
  messages: number;
  counts: Partial<Record<OutcomeKind, number>>;
  /** Copies more than there should be; each of them was reported. */
  duplicates: number;
  state: string;
  /** What was lost, duplicated or deleted without being reported, as sentences. Empty when all is well. */
  violations: string[];
};

type Facts = {
  operation: Faulted;
  texts: readonly string[];
  /** What the operation said of each text; nothing means that the message was not reached. */
  reported: ReadonlyMap<string, OutcomeKind>;
  /** How often each text is in the queue it came from, and in the one, or the file, it went to. */
  left: ReadonlyMap<string, number>;
  arrived: ReadonlyMap<string, number>;
  /** How often each text is in the file that was written before anything else. */
  filed?: ReadonlyMap<string, number> | undefined;
  /** Texts of messages that are hidden for as long as `visibility` hides them; undefined where nobody looked. */
  hidden?: ReadonlySet<string> | undefined;
  /** Texts whose messages are still there under their first ids; undefined where nobody looked. */
  originals?: ReadonlySet<string> | undefined;
};

/** Whether a message that shows again at `visibleAt` (epoch ms) is hidden by `visibility` and not by a lease. */
export const isHiddenForLong = (visibleAt: number, now: number): boolean => visibleAt - now > (HIDDEN_FOR * 1000) / 2;

/** Holds what is in the queues against what was reported. */
export function judge(facts: Facts): Omit<Verdict, 'state'> {
  const { operation, texts, reported, left, arrived, filed, hidden, originals } = facts;
  const check = CHECKS[operation];
  const violations = texts.flatMap((text) => {
    const kind = reported.get(text);
    const found: Found = {
      source: left.get(text) ?? 0,
      target: arrived.get(text) ?? 0,
      changed: left.get(changed(text)) ?? 0,
      arrivedChanged: arrived.get(changed(text)) ?? 0,
      filed: filed?.get(text) ?? 0,
      hidden: hidden && (hidden.has(text) || hidden.has(changed(text))),
      isOriginal: originals?.has(text),
    };
    return check(kind, found) ? [] : [`${text}: ${kind ?? 'not reported'}, found ${JSON.stringify(found)}`];
  });
  const known = new Set(texts.flatMap((text) => [text, changed(text)]));
  for (const text of [...left.keys(), ...arrived.keys()])
    if (!known.has(text)) violations.push(`${text} was never there`);

  const counts: Verdict['counts'] = {};
  for (const kind of reported.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  const isCopied = operation === 'copy' || operation === 'copyChanged' || operation === 'export';
  const copied = isCopied ? (counts.done ?? 0) : 0;
  const duplicates = Math.max(0, sum(left) + sum(arrived) - texts.length - copied);
  return { operation, messages: texts.length, counts, duplicates, violations };
}

const sum = (all: ReadonlyMap<string, number>) => [...all.values()].reduce((one, other) => one + other, 0);

type Found = {
  source: number;
  target: number;
  /** With its changed text, in the queue it came from and in the one it went to. */
  changed: number;
  arrivedChanged: number;
  /** In the file that was written first. */
  filed: number;
  hidden: boolean | undefined;
  /** With its text, under the id that it had at first. */
  isOriginal: boolean | undefined;
};

/** Whether what is found agrees with what was reported. Nothing reported means that the message was not reached. */
const CHECKS: Record<Faulted, (kind: OutcomeKind | undefined, found: Found) => boolean> = {
  browse: (_, { source, target }) => source === 1 && target === 0,
  move: moved,
  redrive: moved,
  changeAndMove: movedChanged,
  copy(kind, { source, target }) {
    if (source !== 1) return false;
    if (kind === 'done') return target === 1;
    return kind === 'maybeTwice' ? target <= 1 : target === 0;
  },
  delete(kind, { source }) {
    if (kind === 'done') return source === 0;
    return kind === 'maybeDone' ? source <= 1 : source === 1;
  },
  change(kind, { source, changed: after }) {
    if (source + after !== 1) return false;
    if (kind === 'done') return after === 1;
    return kind === 'maybeDone' || source === 1;
  },
  visibility(kind, { source, target, hidden }) {
    if (source !== 1 || target !== 0) return false;
    return kind === 'maybeDone' || hidden === undefined || hidden === (kind === 'done');
  },
  import: (kind, { target }) => isAdded(kind, target),
  export: (kind, { source, target }) => source === 1 && target === (kind === 'done' ? 1 : 0),
  addAgain: (kind, { source, target }) => target === 0 && isAdded(kind, source),
  requeue(kind, { source, target, isOriginal }) {
    if (target !== 0) return false;
    if (kind === 'done') return source === 1 && isOriginal !== true;
    if (kind === 'inBoth') return source === 2 && isOriginal !== false;
    if (kind === 'maybeTwice') return source === 1 || source === 2;
    return source === 1 && isOriginal !== false;
  },
  copyChanged: (kind, found) =>
    found.target === 0 && CHECKS.copy(kind, { ...found, target: found.arrivedChanged }) && found.changed === 0,
  changeAndHide(kind, { source, changed: after, hidden }) {
    if (source + after !== 1) return false;
    if (kind === 'done') return after === 1 && hidden !== false;
    return kind === 'maybeDone' || (source === 1 && hidden !== true);
  },
  exportAndDelete: (kind, found) => isFiled(kind, found) && found.target === 0 && CHECKS.delete(kind, found),
  exportChangeAndMove: (kind, found) => isFiled(kind, found) && movedChanged(kind, found),
  undoMove: (kind, found) => moved(kind, { ...found, source: found.target, target: found.source }),
  undoChangedMove: (kind, found) =>
    found.target === 0 && moved(kind, { ...found, source: found.arrivedChanged, target: found.source }),
  undoChange(kind, { source, changed: before }) {
    if (source + before !== 1) return false;
    if (kind === 'done') return source === 1;
    return kind === 'maybeDone' || before === 1;
  },
};

/** Nothing is done with what is not in the file. */
function isFiled(kind: OutcomeKind | undefined, { filed }: Found): boolean {
  const mayBeMissing = kind === undefined || kind === 'failed' || kind === 'skipped';
  return mayBeMissing ? filed <= 1 : filed === 1;
}

function movedChanged(kind: OutcomeKind | undefined, found: Found): boolean {
  return found.changed === 0 && found.target === 0 && moved(kind, { ...found, target: found.arrivedChanged });
}

/** A copy that could be taken back is no copy, so what failed is where it was. */
function moved(kind: OutcomeKind | undefined, { source, target }: Found): boolean {
  if (kind === 'done') return source === 0 && target === 1;
  if (kind === 'inBoth') return source === 1 && target === 1;
  if (kind === 'maybeTwice') return source <= 1 && target <= 1 && source + target >= 1;
  return source === 1 && target === 0;
}

function isAdded(kind: OutcomeKind | undefined, found: number): boolean {
  if (kind === 'done') return found === 1;
  return kind === 'maybeDone' ? found <= 1 : found === 0;
}
