import { keptStore } from './kept-store';

/** A message text that a person saved in this browser. */
export type Template = { id: string; name: string; text: string };

const store = keptStore('queuescope.templates', { templates: [] as readonly Template[] });

/** By name. */
export const useTemplates = () => store((state) => state.templates);

/** Saves a text under a name, in place of an existing one. */
export function saveTemplate(name: string, text: string): Template {
  const fresh = crypto.randomUUID();
  change((templates) => {
    const id = templates.find((one) => one.name === name)?.id ?? fresh;
    return [...templates.filter((one) => one.id !== id), { id, name, text }];
  });
  return store.getState().templates.find((one) => one.name === name) ?? { id: fresh, name, text };
}

export const renameTemplate = (id: string, name: string) =>
  change((templates) => templates.map((one) => (one.id === id ? Object.assign({}, one, { name }) : one)));

export const deleteTemplate = (id: string) => change((templates) => templates.filter((one) => one.id !== id));

const LONGEST_NAME = 60;

/** Default name of a text: its first words. */
export const nameFor = (text: string): string =>
  text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_NAME) || 'Empty message';

const change = (update: (templates: readonly Template[]) => readonly Template[]) =>
  store.change(({ templates }) => ({
    templates: update(templates).toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
  }));
