import type { Layer } from '@/azure/bodies/encode-layers';
import type { Change } from './queue-records';
import type { QueueRef } from './record';
import type { Records } from './records';

/** An edited text, with the layers to wrap it in on saving. */
type DraftText = {
  /** Message text that the edit started from. */
  base: string;
  text: string;
  layers: readonly Layer[];
};

export type EditDraft = DraftText & {
  /** Text of another consumer that the person chose to overwrite; valid until that changes again. */
  over?: string | undefined;
  /** Draft that the person replaced by the text of another consumer. */
  aside?: DraftText | undefined;
};

/**
 * Who changed the text of a message with a draft. A tab without BroadcastChannel counts as another consumer. `work` is the name
 * of the job of this tab that changed it: `Change text`.
 */
export type ChangedBy = { who: 'consumer' | 'otherTab' } | { who: 'us'; work: string | undefined };

export type RecordedDraft = EditDraft & {
  ref: QueueRef;
  id: string;
  /** Undefined until the text changes. */
  by: ChangedBy | undefined;
};

type MessageRef = QueueRef & { id: string };

/**
 * Drafts of edits, one a message. Each pins the record of its message, so that the current text can be compared with `base`. A
 * draft ends when it is saved or discarded, and when its connection is forgotten. Never stored. Calls `onChange` after each
 * change.
 */
export function createDrafts(records: Records, onChange: () => void) {
  const queues = new Map<string, Map<string, RecordedDraft>>();
  /** Ends the subscription, which lasts while there are drafts. */
  let stop: (() => void) | undefined;

  function put(messageRef: MessageRef, draft: RecordedDraft): void {
    const key = keyOf(messageRef);
    let drafts = queues.get(key);
    if (!drafts) {
      if (queues.size === 0) stop = records.subscribe(applyChanges);
      drafts = new Map();
      queues.set(key, drafts);
      records.of(messageRef).pin(PIN_NAME, drafts);
    }
    drafts.set(messageRef.id, draft);
    onChange();
  }

  function drop(messageRef: MessageRef): void {
    const drafts = queues.get(keyOf(messageRef));
    if (!drafts?.delete(messageRef.id)) return;
    if (drafts.size === 0) {
      queues.delete(keyOf(messageRef));
      records.of(messageRef).pin(PIN_NAME, undefined);
      if (queues.size === 0) stop?.();
    }
    onChange();
  }

  const applyChanges: Parameters<Records['subscribe']>[0] = ({ ref }, changes, origin) => {
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
    /** The drafts of one queue, oldest first. */
    of: (ref: QueueRef): RecordedDraft[] => [...(queues.get(keyOf(ref))?.values() ?? [])],
    hasAny: (): boolean => queues.size > 0,
  };
}

const PIN_NAME = 'drafts';

const keyOf = ({ connectionId, queue }: QueueRef) => `${connectionId}/${queue}`;

/** Who changed the text; undefined when it did not change. */
function changedBy({ before, after }: Change, origin: 'own' | 'elsewhere'): ChangedBy | undefined {
  const text = after?.message?.text;
  if (text === undefined || before?.message === undefined || before.message.text === text) return undefined;
  if (origin === 'elsewhere') return { who: 'otherTab' };
  const { pending, claim, maybeText } = before;
  const isAnswered = pending?.kind === 'update' && pending.message?.text === text;
  // A later response shows the text of an own change whose response was lost.
  if (isAnswered || text === maybeText) return { who: 'us', work: claim?.name };
  return { who: 'consumer' };
}
