import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Message } from '@/azure/account';

export type DeletedMessage = Pick<Message, 'id' | 'text' | 'expiresAt'>;

/** What this tab deleted, as far as it knew the messages: enough to add them again. Never stored. */
export type Deletion = {
  id: number;
  /** `Account.id` */
  connection: string;
  queue: string;
  at: Date;
  what: 'deleted' | 'cleared';
  messages: readonly DeletedMessage[];
};

/** Characters of text kept in all; the oldest deletions go first. */
export const MOST_CHARACTERS = 33_554_432;

const store = create<{ deletions: readonly Deletion[] }>(() => ({ deletions: [] }));
let lastId = 0;

/** Of one queue, newest first. */
export const useDeletions = (connection: string, queue: string) =>
  store(useShallow((state) => state.deletions.filter((one) => one.connection === connection && one.queue === queue)));

/** Keeps what was deleted until the tab closes, so that it can be added again. Nothing for no messages. */
export function noteDeletion(deletion: Omit<Deletion, 'id' | 'at'>): number | undefined {
  if (deletion.messages.length === 0) return undefined;
  const id = ++lastId;
  const messages = deletion.messages.map(({ id: message, text, expiresAt }) => ({ id: message, text, expiresAt }));
  let room = MOST_CHARACTERS;
  const all = [{ ...deletion, id, at: new Date(), messages }, ...store.getState().deletions];
  store.setState({ deletions: all.filter((one) => (room -= characters(one)) >= 0) });
  return id;
}

/** It was added again. */
export const dropDeletion = (id: number) =>
  store.setState(({ deletions }) => ({ deletions: deletions.filter((one) => one.id !== id) }));

const characters = ({ messages }: Deletion) => messages.reduce((sum, { text }) => sum + text.length, 0);
