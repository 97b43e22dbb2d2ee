import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FormFailure } from '@/actions/form-failure';
import type { Account } from '@/azure/protocol/model';
import { deleteQueue, queueKeys, queueProperties } from '@/queries/queues';
import { withAccount } from '@/queries/use-account';
import { forgetOpenedQueue } from '@/state/connections/opened-queues';
import { openQueue } from '@/state/navigation/route';
import { ConfirmByName } from '@/ui/overlay/confirm-by-name';
import { toast } from '@/ui/overlay/toast-store';
import { messagesGoing } from './count-words';

type DeleteQueueProps = { account: Account; queue: string; onClose: () => void };

/** Deletes a queue once its name was typed. */
export function DeleteQueue({ account, queue, onClose }: DeleteQueueProps) {
  const client = useQueryClient();
  const { data } = useQuery(queueProperties(account, queue));
  const deletion = useMutation({
    ...deleteQueue(account),
    onSuccess: () => {
      openQueue(account.id);
      void forgetOpenedQueue(account.id, queue);
      onClose();
      client.removeQueries({ queryKey: queueKeys.one(account, queue) });
      toast({ title: `Deleted ${queue}`, detail: 'Azure keeps the name busy for about 30 s.', tone: 'success' });
    },
  });
  return (
    <ConfirmByName
      title={`Delete queue ${queue}?`}
      name={queue}
      consequence={`${messagesGoing(data?.approximateMessageCount, 'goes')} You cannot undo this.`}
      confirmLabel="Delete queue"
      keepLabel="Keep queue"
      pending={deletion.isPending}
      error={deletion.error && <FormFailure error={deletion.error} />}
      onConfirm={() => deletion.mutate(queue)}
      onClose={onClose}
    />
  );
}

export default withAccount(DeleteQueue);
