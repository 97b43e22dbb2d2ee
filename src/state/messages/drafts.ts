import { create } from 'zustand';
import { createDrafts, type RecordedDraft } from '@/messages/drafts';
import type { QueueRef } from '@/messages/record';
import { closingQuestion } from '../tab/closing-question';
import { records } from './records';

const store = create<{ version: number }>(() => ({ version: 0 }));

/** Drafts of edits in this tab. */
export const drafts = createDrafts(records, () => {
  store.setState(({ version }) => ({ version: version + 1 }));
  // They are not stored, so a reload would lose them.
  askBeforeClosing(drafts.hasAny());
});

const askBeforeClosing = closingQuestion();

/** Drafts of edits in one queue, oldest first. */
export function useDrafts(ref: QueueRef): RecordedDraft[] {
  store();
  return drafts.of(ref);
}
