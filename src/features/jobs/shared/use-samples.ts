import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { loadedMessages } from '@/queries/messages';
import { messagesOf, type Scope } from './scope';

/** The loaded messages of a scope, which a change is tried on, as they were when these were first meant. */
export function useSamples(account: Account, { queue, ids: chosen, filter }: Pick<Scope, 'queue' | 'ids' | 'filter'>) {
  const ids = chosen ?? filter?.matching;
  const take = () => ({ ids, messages: ids ? messagesOf(account, { queue, ids }) : loadedMessages(account, queue) });
  const [taken, setTaken] = useState(take);
  if (taken.ids === ids) return taken.messages;
  const anew = take();
  setTaken(anew);
  return anew.messages;
}

/** Messages of a scope, loaded or not, as a dry run tells them; undefined where nobody knows, as with a filter. */
export const wholeOf = ({ ids, total, filter }: Pick<Scope, 'ids' | 'total' | 'filter'>): number | undefined =>
  filter ? undefined : (ids?.length ?? total);

/** True when all messages of a selection are read, and the change leaves every text as it is. */
export const changesNothing = (
  { ids }: Pick<Scope, 'ids'>,
  run: { isDone: boolean; of: number; changed: readonly string[] } | undefined,
): boolean => ids !== undefined && run?.isDone === true && run.of === ids.length && run.changed.length === 0;
