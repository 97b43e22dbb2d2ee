// In memory on purpose: what is written can hold what belongs on no disk, and it ends with the tab.
const kept = new Map<string, unknown>();

/** Forms of one kind that outlive their dialog, one for each place. */
export const keptForms = <Form>(kind: string) => ({
  find: (...place: string[]) => kept.get(JSON.stringify([kind, ...place])) as Form | undefined,
  keep: (form: Form, ...place: string[]) => void kept.set(JSON.stringify([kind, ...place]), form),
  drop: (...place: string[]) => void kept.delete(JSON.stringify([kind, ...place])),
});
