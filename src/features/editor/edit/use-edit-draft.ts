import { useEffect, useState } from 'react';
import type { Step } from '@/azure/bodies/model';
import type { Unwrapped } from '@/azure/bodies/unwrap-text';
import type { EditDraft } from '@/messages/drafts';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { drafts } from '@/state/messages/drafts';
import { useWireText } from '../form/use-wire-text';
import { type Conflict, conflictOf } from './conflict';
import { useTexts } from './use-texts';

type Options = {
  messageRef: QueueRef & { id: string };
  record: MessageRecord | undefined;
  start: EditDraft;
  opened: Unwrapped;
  steps: readonly Step[] | undefined;
};

export type Edit = ReturnType<typeof useEditDraft>;

/**
 * The draft of an edit beside the current text of its message. It is stored from the first difference on; an untouched text
 * follows the message.
 */
export function useEditDraft({ messageRef, record, start, opened, steps }: Options) {
  const [edit, setEdit] = useState(start);
  const now = record?.message?.text;
  const [first] = useState(start.base);
  const read = useTexts([edit.base, now, record?.maybeText], steps);
  const textOf = (wire: string | undefined) => read(wire) ?? (wire === first ? opened : undefined);

  const original = originalOf(edit);
  const isTouched = edit.text !== original;
  const isUndecided = record?.undecided ?? false;
  const newer = now !== undefined && now !== edit.base && !isTouched && !isUndecided ? textOf(now) : undefined;
  const current: EditDraft =
    newer && now !== undefined ? { base: now, text: newer.text, layers: newer.layers, aside: edit.aside } : edit;

  const { text, layers, base, over, aside } = current;
  const wire = useWireText(text, layers);
  const conflict: Conflict = conflictOf({ base, now, mine: wire, over, isUndecided });

  /** The text that a draft began with, in the form in which it is edited. */
  function originalOf({ base: from, layers: around }: EditDraft): string | undefined {
    return around.length === 0 ? from : textOf(from)?.text;
  }

  // Drops a draft that arrived by a save without an answer, and restores it when somebody changes that text.
  useEffect(() => {
    if (conflict === 'arrived') drafts.drop(messageRef);
    else if (conflict === 'conflict' && !drafts.find(messageRef)) drafts.keep(messageRef, current);
  });

  function put(next: EditDraft) {
    setEdit(next);
    if (next.text === originalOf(next) && !next.aside) drafts.drop(messageRef);
    else drafts.keep(messageRef, next);
  }

  return {
    ...current,
    wire,
    conflict,
    now,
    /** The current text of the message, in the form in which it is edited. */
    nowText: textOf(now)?.text,
    /** The text when the edit began, in the form in which it is edited. */
    originalText: originalOf(current) ?? '',
    /** Why the text is edited undecoded, although more can be read in it. */
    raw: textOf(base)?.raw,
    isTouched: text !== originalOf(current),
    /** The text changed before the person wrote anything, and the current one is shown. */
    hasFollowed: base !== first && !aside && text === originalOf(current),
    /** True when the text of a save without an answer is the draft. */
    isMaybeMine:
      record?.maybeText !== undefined && (record.maybeText === wire || textOf(record.maybeText)?.text === text),
    /** Takes what the person wrote. */
    change(next: Pick<EditDraft, 'text'> & Partial<Pick<EditDraft, 'layers'>>) {
      // An arrived text is what the person continues from.
      const isSaved = conflict === 'arrived' && now !== undefined;
      put({ ...current, ...(isSaved && { base: now, over: undefined }), ...next });
    },
    /** Edits the message undecoded, with its layers. */
    editRaw: () => put({ ...current, text: base, layers: [] }),
    /** Returns to the current text of the message. */
    discard() {
      const from = textOf(now) ? (now ?? base) : base;
      const decoded = textOf(from);
      if (decoded) put({ base: from, text: decoded.text, layers: decoded.layers });
    },
    /** Takes over the current text, and sets the draft aside. */
    useTheirs:
      now !== undefined && textOf(now)
        ? () => {
            const theirs = textOf(now);
            if (theirs) put({ base: now, text: theirs.text, layers: theirs.layers, aside: { base, text, layers } });
          }
        : undefined,
    /** Chooses to save over the current text. */
    keepMine: () => put({ ...current, over: now }),
    /** Takes back the draft that was set aside, and sets the current one aside. */
    restore: () => aside && put({ ...aside, ...(text !== originalOf(current) && { aside: { base, text, layers } }) }),
    /**
     * Call after a save as `packed`. A text that was written meanwhile becomes a draft of that; returns whether there is
     * one.
     */
    saved(saved: string, packed: string): boolean {
      const left = drafts.find(messageRef);
      if (!left || left.text === saved) {
        drafts.drop(messageRef);
        return false;
      }
      const next: EditDraft = { base: packed, text: left.text, layers: left.layers };
      drafts.keep(messageRef, next);
      setEdit(next);
      return true;
    },
  };
}
