import { useMutation, useQuery } from '@tanstack/react-query';
import type { Account } from '@/azure/account';
import { clearQueue, queueProperties } from '@/queries/queues';
import { useAccount } from '@/queries/use-account';
import { ConfirmByName } from '@/ui/confirm-by-name';
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
  const clearing = useMutation({
    ...clearQueue(account, queue),
    onSuccess: () => {
      onClose();
      toast({ title: `Cleared ${queue}`, tone: 'success' });
    },
  });
  return (
    <ConfirmByName
      title={`Clear queue ${queue}?`}
      name={queue}
      consequence={`${messagesGoing(data?.approximateMessageCount, 'stays')} Leased messages go too. The queue stays. You cannot undo this.`}
      confirmLabel="Clear queue"
      keepLabel="Keep messages"
      pending={clearing.isPending}
      error={clearing.error && <FormFailure error={clearing.error} />}
      onConfirm={() => clearing.mutate()}
      onClose={onClose}
    />
  );
}
