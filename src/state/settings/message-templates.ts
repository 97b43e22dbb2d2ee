import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A message text that a person saved in this browser. */
export type Template = { id: string; name: string; text: string };

const store = create<{ templates: readonly Template[] }>()(
  persist(() => ({ templates: [] as readonly Template[] }), { name: 'queuescope.templates', version: 1 }),
);

/** By name. */
export const useTemplates = () => store((state) => state.templates);

/** Saves a text under a name, in place of an existing one. */
export function saveTemplate(name: string, text: string): Template {
  const { templates } = store.getState();
  const id = templates.find((one) => one.name === name)?.id ?? crypto.randomUUID();
  const saved = { id, name, text };
  put([...templates.filter((one) => one.id !== id), saved]);
  return saved;
}

export const renameTemplate = (id: string, name: string) =>
  put(store.getState().templates.map((one) => (one.id === id ? Object.assign({}, one, { name }) : one)));

export const deleteTemplate = (id: string) => put(store.getState().templates.filter((one) => one.id !== id));

const LONGEST_NAME = 60;

/** Default name of a text: its first words. */
export const nameFor = (text: string): string =>
  text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_NAME) || 'Empty message';

const put = (templates: readonly Template[]) =>
  store.setState({ templates: templates.toSorted((one, other) => one.name.localeCompare(other.name, 'en')) });
