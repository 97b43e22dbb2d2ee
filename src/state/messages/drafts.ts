import { useSyncExternalStore } from 'react';
import { createDrafts, type RecordedDraft } from '@/messages/drafts';
import type { QueueRef } from '@/messages/record';
import { records } from './records';

const listeners = new Set<() => void>();
let version = 0;

/** Drafts of edits in this tab. */
export const drafts = createDrafts(records, () => {
  version++;
  for (const listener of listeners) listener();
  // Nothing of them is stored: a reload would drop them without a word.
  if (drafts.hasAny()) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
});

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Drafts of edits in one queue, in the order in which they were begun. */
export function useDrafts(ref: QueueRef): RecordedDraft[] {
  useSyncExternalStore(subscribe, () => version);
  return drafts.of(ref);
}
