import { type MutationOptions, mutationOptions, type QueryClient } from '@tanstack/react-query';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account, SentMessage } from '@/azure/protocol/model';
import { queueTarget } from '@/queries/queue-target';
import { queueKeys } from '@/queries/queues';
import { toast } from '@/ui/overlay/toast-store';
import { type TakenBack, takeBack } from './take-back';

type Undo = { sent: SentMessage; text: string; wasLost: boolean };

const undoSend = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: ({ sent, text, wasLost }: Undo) => takeBack(queueTarget(account, queue), sent, text, wasLost),
  });

/** Shows that a message was added, with Undo where the service gave a receipt for it. It outlives the dialog. */
export function announceSent(client: QueryClient, account: Account, queue: string, sent: SentMessage, text: string) {
  if (sent.receipt === '') {
    toast({ title: 'Message added', detail: NO_RECEIPT, tone: 'success' });
    return;
  }
  const options = undoSend(account, queue);
  toast({
    title: 'Message added',
    tone: 'success',
    action: { label: 'Undo', kbd: 'Z', onClick: () => void undo(client, options, { sent, text, wasLost: false }) },
  });
}

/** Of an old version, which also comes with a signature that names it. */
const NO_RECEIPT = 'The service gave no receipt for it, so it cannot be taken back from here.';

async function undo(client: QueryClient, options: MutationOptions<TakenBack, Error, Undo>, request: Undo) {
  try {
    showResult(await client.getMutationCache().build(client, options).execute(request), () =>
      undo(client, options, { ...request, wasLost: true }),
    );
  } catch (error) {
    toast({ title: 'Not removed', detail: describeError(error).reason, tone: 'danger' });
  }
}

function showResult(result: TakenBack, retry: () => Promise<void>) {
  switch (result.is) {
    case 'removed':
      toast({ title: 'Message removed again', tone: 'success' });
      return;
    case 'likely':
      toast({
        title: 'Message most likely removed',
        detail: 'No answer came, and the repeat found its receipt no longer valid.',
        tone: 'warn',
      });
      return;
    case 'unknown':
      toast({
        title: 'The message may or may not be removed',
        detail: describeError(result.error).reason,
        tone: 'danger',
        action: { label: 'Try again', onClick: () => void retry() },
      });
      return;
    case 'kept': {
      const code = result.error === undefined ? undefined : describeError(result.error).code;
      toast({ title: 'Not removed', detail: code ? `${result.why} ${code}` : result.why, tone: 'danger' });
    }
  }
}
