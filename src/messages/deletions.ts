import type { QueueRecords } from './queue-records';
import { certainMessage, type MessageRecord, type QueueRef } from './record';
import type { Records } from './records';

/** What this tab deleted, as far as it knew the messages: enough to add them again. Never stored. */
export type Deletion = {
  id: number;
  ref: QueueRef;
  /** Epoch ms by this device's clock. */
  at: number;
  what: 'deleted' | 'cleared';
  /** Over records, which keep the texts for as long as the deletion is kept. */
  ids: readonly string[];
  /** So many more were known here and are left out, as nobody can say for certain what their text was at last. */
  unsure: number;
  /** Of cleared messages: so many may have been deleted before the clear, as no answer said so. */
  maybeBefore: number;
  /** Of cleared messages: between when they were last seen, epoch ms by the connection's clock. */
  seen: { from: number; to: number } | undefined;
  /** They were added again, and no answer said so: once more can make two of each. */
  isMaybeBack: boolean;
};

/** Characters of text kept in all; the oldest deletions go first, and of one deletion what came last. */
const MOST_CHARACTERS = 33_554_432;

/** The deletions of this tab that can be added again. `onChange` is called after each change. */
export function createDeletions(
  records: Records,
  onChange: () => void,
  now: () => number = Date.now,
  mostCharacters = MOST_CHARACTERS,
) {
  let deletions: readonly Deletion[] = [];
  let last = 0;

  function keep(deletion: Deletion): void {
    const own = new Set(deletion.ids);
    records.of(deletion.ref).pin(nameOf(deletion), { has: (id) => own.has(id) });
  }

  function put(next: readonly Deletion[]): void {
    let room = mostCharacters;
    const kept = next.filter((one) => (room -= charactersOf(records, one)) >= 0);
    for (const one of kept) keep(one);
    for (const one of [...deletions, ...next]) {
      if (!kept.includes(one)) records.of(one.ref).pin(nameOf(one), undefined);
    }
    deletions = kept;
    onChange();
  }

  return {
    /** Newest first. */
    all: () => deletions,
    /** Keeps what was deleted until the tab closes. Nothing for no messages with a text that is certain. */
    note({ ref, what, ids }: Pick<Deletion, 'ref' | 'what' | 'ids'>): Deletion | undefined {
      const known = knownOf(records.of(ref), ids, mostCharacters);
      if (known.length === 0) return undefined;
      const made: Deletion = {
        ref,
        what,
        id: ++last,
        at: now(),
        ids: known.map(({ id }) => id),
        unsure: unsureOf(records.of(ref), ids),
        maybeBefore: maybeBeforeOf(
          records.of(ref),
          known.map(({ id }) => id),
        ),
        seen: what === 'cleared' ? seenBetween(known) : undefined,
        isMaybeBack: false,
      };
      put([made, ...deletions]);
      return made;
    },
    /** Whoever adds them again has them from now on, until `leave` says how that ended. */
    take(id: number): Deletion | undefined {
      const taken = deletions.find((one) => one.id === id);
      if (taken) {
        deletions = deletions.filter((one) => one !== taken);
        onChange();
      }
      return taken;
    },
    /** Ends what `take` began: what was not added can be tried again, and what may have been is told apart. */
    leave(taken: Deletion, { failed, maybe }: { failed: readonly string[]; maybe: readonly string[] }): void {
      records.of(taken.ref).pin(nameOf(taken), undefined);
      const before = (ids: readonly string[]) => maybeBeforeOf(records.of(taken.ref), ids);
      const left = [
        ...(failed.length > 0 ? [{ ...taken, ids: failed, maybeBefore: before(failed) }] : []),
        ...(maybe.length > 0
          ? [{ ...taken, id: ++last, ids: maybe, unsure: 0, maybeBefore: before(maybe), isMaybeBack: true }]
          : []),
      ];
      if (left.length > 0) put([...left, ...deletions].toSorted((one, other) => other.id - one.id));
    },
  };
}

/** How many nobody could say of whether they were still there when the queue was cleared. */
const maybeBeforeOf = (queue: QueueRecords, ids: readonly string[]): number =>
  ids.filter((id) => {
    const standing = queue.get(id)?.standing;
    return standing?.is === 'deleted' && standing.maybeBefore === true;
  }).length;

/** How many have a text that may not be their last. */
function unsureOf(queue: QueueRecords, ids: Iterable<string>): number {
  let unsure = 0;
  for (const id of ids) {
    const record = queue.get(id);
    if (record?.message && !certainMessage(record)) unsure++;
  }
  return unsure;
}

/** Those whose last text is certain or about to be answered, as many as there is room for. */
function knownOf(queue: QueueRecords, ids: Iterable<string>, room: number): MessageRecord[] {
  const known: MessageRecord[] = [];
  let left = room;
  for (const id of ids) {
    const record = queue.get(id);
    const message = record && certainMessage(record);
    if (message && (left -= message.text.length) >= 0) known.push(record);
  }
  return known;
}

const nameOf = ({ id }: Pick<Deletion, 'id'>) => `deletion ${id}`;

const seenBetween = (known: readonly MessageRecord[]) => {
  const times = known.flatMap(({ source }) => source?.at ?? []);
  return times.length === 0
    ? undefined
    : {
        from: times.reduce((one, other) => Math.min(one, other)),
        to: times.reduce((one, other) => Math.max(one, other)),
      };
};

const charactersOf = (records: Records, { ref, ids }: Deletion): number => {
  const queue = records.of(ref);
  return ids.reduce((sum, id) => sum + (queue.get(id)?.message?.text.length ?? 0), 0);
};
