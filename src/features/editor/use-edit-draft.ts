import { useEffect, useState } from 'react';
import type { Unwrapped } from '@/azure/bodies/encode-layers';
import type { Step } from '@/azure/bodies/model';
import type { EditDraft } from '@/messages/drafts';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { drafts } from '@/state/messages/drafts';
import { type Conflict, conflictOf } from './conflict';
import { useTexts } from './use-texts';
import { useWireText } from './use-wire-text';

type Options = {
  messageRef: QueueRef & { id: string };
  record: MessageRecord | undefined;
  start: EditDraft;
  opened: Unwrapped;
  steps: readonly Step[] | undefined;
};

export type Edit = ReturnType<typeof useEditDraft>;

/**
 * A text under edit beside what its message says now. What is written is kept as a draft from the first difference on; what
 * was not touched follows the message.
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

  /** The message text that it began with, as it is edited: without its layers, or as it came. */
  function originalOf({ base: from, layers: around }: EditDraft): string | undefined {
    return around.length === 0 ? from : textOf(from)?.text;
  }

  // Saved by a request that got no answer, it is no draft any more; and it is one again when somebody changes that.
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
    /** What the message says now, as it is edited. */
    nowText: textOf(now)?.text,
    /** What it said when this edit began, as it is edited. */
    originalText: originalOf(current) ?? '',
    /** Why it is edited as it came, although more can be read in it. */
    raw: textOf(base)?.raw,
    isTouched: text !== originalOf(current),
    /** The text was changed before anything was written here, and is shown as it is now. */
    hasFollowed: base !== first && !aside && text === originalOf(current),
    /** Whether the text of a save that got no answer is what is written. */
    isMaybeMine:
      record?.maybeText !== undefined && (record.maybeText === wire || textOf(record.maybeText)?.text === text),
    /** What somebody wrote. */
    change(next: Pick<EditDraft, 'text'> & Partial<Pick<EditDraft, 'layers'>>) {
      // What the message says by now is what is written on from.
      const isSaved = conflict === 'arrived' && now !== undefined;
      put({ ...current, ...(isSaved && { base: now, over: undefined }), ...next });
    },
    /** Takes the message as it came, with its layers. */
    editRaw: () => put({ ...current, text: base, layers: [] }),
    /** Back to what the message says. */
    discard() {
      const from = textOf(now) ? (now ?? base) : base;
      const whole = textOf(from);
      if (whole) put({ base: from, text: whole.text, layers: whole.layers });
    },
    /** What the message says now takes the place of what was written, which is set aside. */
    useTheirs:
      now !== undefined && textOf(now)
        ? () => {
            const theirs = textOf(now);
            if (theirs) put({ base: now, text: theirs.text, layers: theirs.layers, aside: { base, text, layers } });
          }
        : undefined,
    /** Saving replaces what the message says now. */
    keepMine: () => put({ ...current, over: now }),
    /** What was set aside comes back, and what was written since then takes its place there. */
    restore: () => aside && put({ ...aside, ...(text !== originalOf(current) && { aside: { base, text, layers } }) }),
    /** It was saved as `packed`; what was written meanwhile is a draft of that. Gives whether there is any. */
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
