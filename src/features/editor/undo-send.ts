import { type MutationOptions, mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { Account, SentMessage } from '@/azure/account';
import { StorageError } from '@/azure/errors';
import { toast } from '@/ui/toast-store';

/** Takes back a message just added: Put's receipt deletes it for as long as nobody has received it. */
const undoSend = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: [account.id, 'queues', queue] as const,
    mutationFn: (sent: SentMessage) => account.deleteMessage(queue, sent),
  });

/** Says that a message was added, and offers to take it back. Outlives the dialog. */
export function announceSent(client: QueryClient, account: Account, queue: string, sent: SentMessage) {
  toast({
    title: 'Message added',
    tone: 'success',
    action: {
      label: 'Undo',
      kbd: 'Z',
      onClick: () => void takeBack(client, undoSend(account, queue), sent),
    },
  });
}

async function takeBack(client: QueryClient, options: MutationOptions<void, Error, SentMessage>, sent: SentMessage) {
  try {
    await client.getMutationCache().build(client, options).execute(sent);
    toast({ title: 'Message removed again', tone: 'success' });
  } catch (error) {
    const code = error instanceof StorageError ? error.code : undefined;
    const isTaken = code === 'PopReceiptMismatch' || code === 'MessageNotFound';
    toast({
      title: isTaken ? 'Not removed: a consumer has already received it' : 'Not removed',
      detail: code ?? (error instanceof Error ? error.message : String(error)),
      tone: 'danger',
    });
  }
}
