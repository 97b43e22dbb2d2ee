import type { QueryClient } from '@tanstack/react-query';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import type { QueueRef } from '@/messages/record';
import { saveMessage } from '@/queries/messages';
import { currentLease } from '@/state/leases/leases';
import { recordsOf } from '@/state/messages/records';
import { dismissToast, toast } from '@/ui/overlay/toast-store';
import { savedText } from '../fields/after-saving';

type Saved = {
  client: QueryClient;
  account: Account;
  ref: QueueRef & { id: string };
  /** The text before the edit; undefined when it was not certain. */
  before: string | undefined;
  after: string;
};

/** Shows that a text was saved, with Undo while the message is leased here. It outlives the dialog. */
export function announceSaved(saved: Saved): void {
  const { ref, before, after } = saved;
  const lease = currentLease(ref);
  const canUndo = lease?.state === 'held' && before !== undefined && before !== after;
  const shown = toast({
    title: 'Message saved',
    detail: savedText(lease),
    tone: 'success',
    ...(canUndo && { action: { label: 'Undo', kbd: 'Z', onClick: () => void undo({ ...saved, before }) } }),
  });
  if (canUndo) dismissWhenOver(ref, shown);
}

/** Milliseconds after which the toast is gone by itself. */
const TOAST_MS = 10_000;

/** Takes the offer away once it cannot be carried out: the lease is over, or a job or a delete has the message. */
function dismissWhenOver(ref: QueueRef & { id: string }, shown: string): void {
  const stop = recordsOf(ref.connectionId, ref.queue).subscribe(() => {
    const lease = currentLease(ref);
    if (lease?.state === 'held' && !lease.isTaken) return;
    dismissToast(shown);
    stop();
  });
  setTimeout(stop, TOAST_MS);
}

/** Writes the old text again. Nothing is sent when the message has another text by now, or its lease is over. */
async function undo({ client, account, ref, before, after }: Saved & { before: string }): Promise<void> {
  const save = client.getMutationCache().build(client, saveMessage(account, ref.queue));
  try {
    await save.execute({ id: ref.id, text: before, replaces: after });
    toast({ title: 'The old text is saved again', detail: savedText(currentLease(ref)), tone: 'success' });
  } catch (error) {
    toast({ title: 'Not undone', detail: describeError(error).reason, tone: 'danger' });
  }
}
