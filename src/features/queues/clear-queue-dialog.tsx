import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account, Message } from '@/azure/account';
import { clearQueue, queueKeys, queueProperties } from '@/queries/queues';
import { useAccount } from '@/queries/use-account';
import { noteDeletion } from '@/state/deletions';
import { openDialog } from '@/state/dialogs';
import { currentLeases } from '@/state/leases';
import { ConfirmByName } from '@/ui/confirm-by-name';
import { counted } from '@/ui/counts';
import { toast } from '@/ui/toast';
import { messagesGoing } from './count-words';
import { FormFailure } from './form-failure';

type ClearQueueDialogProps = { connection: string; queue: string; onClose: () => void };

export default function ClearQueueDialog({ connection, ...rest }: ClearQueueDialogProps) {
  const account = useAccount(connection);
  return account && <ClearQueue account={account} {...rest} />;
}

type ClearQueueProps = { account: Account; queue: string; onClose: () => void };

/** Deletes all messages of a queue once its name was typed. */
export function ClearQueue({ account, queue, onClose }: ClearQueueProps) {
  const { data } = useQuery(queueProperties(account, queue));
  const client = useQueryClient();
  /** What is known of its messages, to be added again. */
  function loadedMessages() {
    const peeked = client.getQueriesData<Message[]>({ queryKey: [...queueKeys.one(account, queue), 'peeked'] });
    const all = [...currentLeases(account.id, queue), ...peeked.flatMap(([, messages]) => messages ?? [])];
    return [...new Map(all.map((message) => [message.id, message])).values()];
  }
  const clearing = useMutation({
    ...clearQueue(account, queue),
    onMutate: () => ({ messages: loadedMessages() }),
    onSuccess: (_data, _variables, { messages }) => {
      onClose();
      const deletion = noteDeletion({ connection: account.id, queue, what: 'cleared', messages });
      toast({
        title: `Cleared ${queue}`,
        tone: 'success',
        ...(deletion !== undefined && {
          detail: `${counted(messages.length, 'loaded message')} can be added again.`,
          duration: 12_000,
          action: {
            label: 'Add again',
            onClick: () => openDialog({ kind: 'addAgain', connection: account.id, queue, deletion }),
          },
        }),
      });
    },
  });
  return (
    <ConfirmByName
      title={`Clear queue ${queue}?`}
      name={queue}
      consequence={`${messagesGoing(data?.approximateMessageCount, 'stays')} Leased messages go too. The queue stays. Only messages that are loaded here can be added again.`}
      confirmLabel="Clear queue"
      keepLabel="Keep messages"
      pending={clearing.isPending}
      error={clearing.error && <FormFailure error={clearing.error} />}
      onConfirm={() => clearing.mutate()}
      onClose={onClose}
    />
  );
}
