// In memory on purpose: a draft can hold what belongs on no disk, and it ends with the tab.
const kept = new Map<string, unknown>();

/** Drafts of one kind that outlive their dialog, one for each place. */
export function keptDrafts<Form>(kind: string) {
  return {
    find: (...place: string[]) => kept.get(keyOf(kind, place)) as Form | undefined,
    keep: (form: Form, ...place: string[]) => void kept.set(keyOf(kind, place), form),
    drop: (...place: string[]) => void kept.delete(keyOf(kind, place)),
  };
}

const keyOf = (kind: string, place: readonly string[]) => JSON.stringify([kind, ...place]);
