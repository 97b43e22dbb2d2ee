// In memory on purpose: a form can hold what belongs on no disk, and it ends with the tab.
const drafts = new Map<string, unknown>();

/** Forms of one kind that outlive their dialog, one for each `where` (ids of a connection, queue or message). */
export function formDrafts<Form>(kind: string) {
  const keyOf = (where: readonly string[]) => JSON.stringify([kind, ...where]);
  return {
    find: (...where: string[]) => drafts.get(keyOf(where)) as Form | undefined,
    keep: (form: Form, ...where: string[]) => void drafts.set(keyOf(where), form),
    drop: (...where: string[]) => void drafts.delete(keyOf(where)),
  };
}
