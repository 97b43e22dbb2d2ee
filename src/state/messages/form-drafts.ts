// In memory only, since a form may contain what must not be on disk.
const drafts = new Map<string, unknown>();

/** True while a form was left with a draft. */
export const hasFormDrafts = (): boolean => drafts.size > 0;

/** Drafts of one kind of form that outlive their dialog, one for each `where` (ids of a connection, queue or message). */
export function formDrafts<Form>(kind: string) {
  const keyOf = (where: readonly string[]) => JSON.stringify([kind, ...where]);
  return {
    find: (...where: string[]) => drafts.get(keyOf(where)) as Form | undefined,
    keep: (form: Form, ...where: string[]) => void drafts.set(keyOf(where), form),
    drop: (...where: string[]) => void drafts.delete(keyOf(where)),
  };
}
