import type { QueueRecords } from './queue-records';
import { certainMessage, type MessageRecord, type QueueRef } from './record';
import type { Records } from './records';

/** Messages that this tab deleted together, to add them again. Never stored. */
export type Deletion = {
  id: number;
  ref: QueueRef;
  /** Epoch ms by this device's clock. */
  at: number;
  what: 'deleted' | 'cleared';
  /** Ids of pinned records, which have the texts. */
  ids: readonly string[];
  /** Number of further messages that are left out, since their last text is not certain. */
  unsure: number;
  /** Number of cleared messages that may have been deleted before the clear. */
  maybeBefore: number;
  /** First and last time that the cleared messages were seen, epoch ms by the connection's clock. */
  seen: { from: number; to: number } | undefined;
  /** True when they were added again without a response: adding them again may duplicate them. */
  isMaybeBack: boolean;
};

/** Of all pinned texts; the oldest deletions are dropped first, and the last messages of one deletion. */
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

  function pin(deletion: Deletion): void {
    const own = new Set(deletion.ids);
    records.of(deletion.ref).pin(nameOf(deletion), { has: (id) => own.has(id) });
  }

  function put(next: readonly Deletion[]): void {
    let room = mostCharacters;
    const retained = next.filter((one) => (room -= charactersOf(records, one)) >= 0);
    for (const one of retained) pin(one);
    for (const one of [...deletions, ...next]) {
      if (!retained.includes(one)) records.of(one.ref).pin(nameOf(one), undefined);
    }
    deletions = retained;
    onChange();
  }

  return {
    /** Newest first. */
    all: () => deletions,
    /** Records deleted messages until the tab closes; undefined when none has a certain text. */
    note({ ref, what, ids }: Pick<Deletion, 'ref' | 'what' | 'ids'>): Deletion | undefined {
      const queue = records.of(ref);
      const certain = certainRecords(queue, ids, mostCharacters);
      if (certain.length === 0) return undefined;
      const certainIds = certain.map(({ id }) => id);
      const made: Deletion = {
        ref,
        what,
        id: ++last,
        at: now(),
        ids: certainIds,
        unsure: unsureOf(queue, ids),
        maybeBefore: maybeBeforeOf(queue, certainIds),
        seen: what === 'cleared' ? seenBetween(certain) : undefined,
        isMaybeBack: false,
      };
      put([made, ...deletions]);
      return made;
    },
    /** Takes a deletion out of the list to add its messages again; `leave` ends that. */
    take(id: number): Deletion | undefined {
      const taken = deletions.find((one) => one.id === id);
      if (taken) {
        deletions = deletions.filter((one) => one !== taken);
        onChange();
      }
      return taken;
    },
    /** Ends `take`: lists failed messages again, and those that may have been added as another deletion. */
    leave(taken: Deletion, { failed, maybe }: { failed: readonly string[]; maybe: readonly string[] }): void {
      records.of(taken.ref).pin(nameOf(taken), undefined);
      const before = (ids: readonly string[]) => maybeBeforeOf(records.of(taken.ref), ids);
      const remaining = [
        ...(failed.length > 0 ? [{ ...taken, ids: failed, maybeBefore: before(failed) }] : []),
        ...(maybe.length > 0
          ? [{ ...taken, id: ++last, ids: maybe, unsure: 0, maybeBefore: before(maybe), isMaybeBack: true }]
          : []),
      ];
      if (remaining.length > 0) put([...remaining, ...deletions].toSorted((one, other) => other.id - one.id));
    },
  };
}

/** Counts messages that may have been deleted before the queue was cleared. */
const maybeBeforeOf = (queue: QueueRecords, ids: readonly string[]): number =>
  ids.filter((id) => {
    const standing = queue.get(id)?.standing;
    return standing?.is === 'deleted' && standing.maybeBefore === true;
  }).length;

/** Counts messages with a text that may not be their last. */
function unsureOf(queue: QueueRecords, ids: Iterable<string>): number {
  let unsure = 0;
  for (const id of ids) {
    const record = queue.get(id);
    if (record?.message && !certainMessage(record)) unsure++;
  }
  return unsure;
}

/** Records with a certain last text, as many as fit into `room` characters. */
function certainRecords(queue: QueueRecords, ids: Iterable<string>, room: number): MessageRecord[] {
  const certain: MessageRecord[] = [];
  let remaining = room;
  for (const id of ids) {
    const record = queue.get(id);
    const message = record && certainMessage(record);
    if (message && (remaining -= message.text.length) >= 0) certain.push(record);
  }
  return certain;
}

const nameOf = ({ id }: Pick<Deletion, 'id'>) => `deletion ${id}`;

const seenBetween = (certain: readonly MessageRecord[]) => {
  const times = certain.flatMap(({ source }) => source?.at ?? []);
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
