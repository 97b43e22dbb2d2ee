import { useMutation, useQuery } from '@tanstack/react-query';
import { FormFailure } from '@/actions/form-failure';
import type { Account } from '@/azure/protocol/model';
import { clearQueue, queueProperties } from '@/queries/queues';
import { withAccount } from '@/queries/use-account';
import { openDialog } from '@/state/navigation/open-dialog';
import { ConfirmByName } from '@/ui/overlay/confirm-by-name';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import { messagesGoing } from './count-words';

type ClearQueueProps = { account: Account; queue: string; onClose: () => void };

/** Deletes all messages of a queue once its name was typed. */
export function ClearQueue({ account, queue, onClose }: ClearQueueProps) {
  const { data } = useQuery(queueProperties(account, queue));
  const clearing = useMutation({
    ...clearQueue(account, queue),
    onSuccess: (deletion) => {
      onClose();
      toast({
        title: `Cleared ${queue}`,
        tone: 'success',
        ...(deletion && {
          detail: `${counted(deletion.ids.length, 'message')}, as last seen${deletion.seen ? ` at ${clockTime(deletion.seen.to)}` : ''}, can be added again.`,
          duration: 12_000,
          action: {
            label: 'Add again',
            onClick: () => openDialog({ kind: 'addAgain', connectionId: account.id, queue, deletion: deletion.id }),
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

export default withAccount(ClearQueue);
