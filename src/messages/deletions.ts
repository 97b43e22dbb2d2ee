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
  /** Of cleared messages: between when they were last seen, epoch ms by the connection's clock. */
  seen: { from: number; to: number } | undefined;
};

/** Characters of text kept in all; the oldest deletions go first. */
export const MOST_CHARACTERS = 33_554_432;

/** The deletions of this tab that can be added again. `onChange` is called after each change. */
export function createDeletions(records: Records, onChange: () => void, now: () => number = Date.now) {
  let deletions: readonly Deletion[] = [];
  let last = 0;

  function put(next: readonly Deletion[]): void {
    for (const one of deletions) if (!next.includes(one)) records.of(one.ref).keep(nameOf(one), undefined);
    deletions = next;
    onChange();
  }

  return {
    all: () => deletions,
    /** Keeps what was deleted until the tab closes. Nothing for no messages with a text that is certain. */
    note(deletion: Pick<Deletion, 'ref' | 'what'> & { ids: Iterable<string> }): Deletion | undefined {
      const queue = records.of(deletion.ref);
      const known = [...deletion.ids].flatMap((id) => {
        const record = queue.get(id);
        return record && certainMessage(record) ? record : [];
      });
      if (known.length === 0) return undefined;
      const ids = known.map(({ id }) => id);
      const made: Deletion = {
        ...deletion,
        id: ++last,
        at: now(),
        ids,
        seen: deletion.what === 'cleared' ? seenBetween(known) : undefined,
      };
      const own = new Set(ids);
      queue.keep(nameOf(made), { has: (id) => own.has(id) });
      let room = MOST_CHARACTERS;
      put([made, ...deletions].filter((one) => (room -= charactersOf(records, one)) >= 0));
      return deletions.includes(made) ? made : undefined;
    },
    /** Whoever adds them again has them now; call `leave` with those that are not back. */
    take: (id: number): Deletion | undefined => {
      const taken = deletions.find((one) => one.id === id);
      if (taken) {
        deletions = deletions.filter((one) => one !== taken);
        onChange();
      }
      return taken;
    },
    /** Ends a taken deletion: `ids` could not be added again, and can be tried once more. */
    leave(taken: Deletion, ids: readonly string[]): void {
      records.of(taken.ref).keep(nameOf(taken), undefined);
      if (ids.length === 0) return;
      const left = { ...taken, ids };
      const own = new Set(ids);
      records.of(taken.ref).keep(nameOf(left), { has: (id) => own.has(id) });
      put([left, ...deletions].toSorted((one, other) => other.id - one.id));
    },
  };
}

export type Deletions = ReturnType<typeof createDeletions>;

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
