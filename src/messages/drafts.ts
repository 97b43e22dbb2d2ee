import type { Layer } from '@/azure/bodies/encode-layers';
import type { Change } from './queue-records';
import type { QueueRef } from './record';
import type { Records } from './records';

/** A text as it is written, and what to put back around it on saving. */
type Written = {
  /** The message text that it started from. */
  base: string;
  text: string;
  layers: readonly Layer[];
};

/** A text under edit. */
export type EditDraft = Written & {
  /** The text of somebody else that a person chose to save over. When that changes once more, it is asked for anew. */
  over?: string | undefined;
  /** What was written before the text of somebody else took its place. */
  aside?: Written | undefined;
};

/**
 * Who changed the text under a draft, as far as this tab can tell. A tab that is not heard is another consumer. `work` is the
 * name of the job of this tab that did it: `Change text`.
 */
export type ChangedBy = { who: 'consumer' | 'otherTab' } | { who: 'us'; work: string | undefined };

export type RecordedDraft = EditDraft & {
  ref: QueueRef;
  id: string;
  /** Undefined while nobody has changed the text. */
  by: ChangedBy | undefined;
};

type MessageRef = QueueRef & { id: string };

/**
 * Drafts of edits, one for a message. Each keeps the record of its message, so that what the message says now can be held
 * against what the draft began with. A draft ends when it is saved or discarded, and when everything of its connection is
 * forgotten. Nothing is stored. `onChange` is called after each change.
 */
export function createDrafts(records: Records, onChange: () => void) {
  const queues = new Map<string, Map<string, RecordedDraft>>();
  /** Ends hearing of changes, which is done while there are drafts. */
  let stop: (() => void) | undefined;

  function put(messageRef: MessageRef, draft: RecordedDraft): void {
    const key = keyOf(messageRef);
    let drafts = queues.get(key);
    if (!drafts) {
      if (queues.size === 0) stop = records.subscribe(hear);
      drafts = new Map();
      queues.set(key, drafts);
      records.of(messageRef).pin(KEEPER, drafts);
    }
    drafts.set(messageRef.id, draft);
    onChange();
  }

  function drop(messageRef: MessageRef): void {
    const drafts = queues.get(keyOf(messageRef));
    if (!drafts?.delete(messageRef.id)) return;
    if (drafts.size === 0) {
      queues.delete(keyOf(messageRef));
      records.of(messageRef).pin(KEEPER, undefined);
      if (queues.size === 0) stop?.();
    }
    onChange();
  }

  const hear: Parameters<Records['subscribe']>[0] = ({ ref }, changes, origin) => {
    const drafts = queues.get(keyOf(ref));
    if (!drafts) return;
    for (const change of changes) {
      const id = (change.after ?? change.before)?.id ?? '';
      const draft = drafts.get(id);
      if (!draft) continue;
      const by = changedBy(change, origin);
      if (by) put({ ...ref, id }, { ...draft, by });
      else if (!change.after && !records.isOpen(ref.connectionId)) drop({ ...ref, id });
    }
  };

  return {
    find: (messageRef: MessageRef): RecordedDraft | undefined => queues.get(keyOf(messageRef))?.get(messageRef.id),
    keep({ connectionId, queue, id }: MessageRef, { base, text, layers, over, aside }: EditDraft): void {
      const ref = { connectionId, queue };
      const by = queues.get(keyOf(ref))?.get(id)?.by;
      put({ ...ref, id }, { ref, id, base, text, layers, over, aside, by });
    },
    drop,
    /** Of one queue, in the order in which they were begun. */
    of: (ref: QueueRef): RecordedDraft[] => [...(queues.get(keyOf(ref))?.values() ?? [])],
    /** Whether there is any. */
    hasAny: (): boolean => queues.size > 0,
  };
}

const KEEPER = 'drafts';

const keyOf = ({ connectionId, queue }: QueueRef) => `${connectionId}/${queue}`;

/** Who changed the text, if that is what changed. */
function changedBy({ before, after }: Change, origin: 'own' | 'elsewhere'): ChangedBy | undefined {
  const text = after?.message?.text;
  if (text === undefined || before?.message === undefined || before.message.text === text) return undefined;
  if (origin === 'elsewhere') return { who: 'otherTab' };
  const { pending, claim, maybeText } = before;
  const isAnswered = pending?.kind === 'update' && pending.message?.text === text;
  // What came of a change of ours whose answer was lost shows in a later answer.
  if (isAnswered || text === maybeText) return { who: 'us', work: claim?.name };
  return { who: 'consumer' };
}
