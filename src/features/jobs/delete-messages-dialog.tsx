import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import { UNDO_NEEDS } from '@/state/messages/pending-deletes';
import type { ChosenMessages } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { count } from '@/ui/format/counts';
import { beginDelete } from './begin-delete';
import { targetOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { leasingConsequences, needsSearch, requestsFor, scopeText, useScope } from './scope';
import { useJobOptions } from './use-job-options';

type DeleteMessagesDialogProps = ChosenMessages & { onClose: () => void };

export default function DeleteMessagesDialog(props: DeleteMessagesDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <DeleteMessages {...props} account={account} />;
}

/** Says how many go, and what leasing them does to others; then they are deleted as a job. */
function DeleteMessages({ account, onClose, ...chosen }: DeleteMessagesDialogProps & { account: Account }) {
  const { queue, ids } = chosen;
  const client = useQueryClient();
  const scope = useScope(account, chosen);
  const { limit, options, fields } = useJobOptions(scope);
  const now = useNow();
  // Of those that need no search, which would go with Undo else.
  const endsTooSoon = !needsSearch(scope) && scope.firstEnd !== undefined && scope.firstEnd - now <= UNDO_NEEDS;

  const beginning = useMutation({
    mutationFn: async () => {
      beginDelete(client, targetOf(account.id, queue), { ...options, ids });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Delete ${scopeText(scope)}?`}
      preposition="from"
      queue={queue}
      label={`Delete ${scopeText(scope)}`}
      isDanger
      keepLabel="Keep messages"
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, false),
          endsTooSoon && {
            words: 'A lease ends too soon for Undo: they are deleted as soon as you say so.',
            care: true,
          },
          {
            words:
              'Deletes them for good. This tab keeps their texts until it is closed, so that you can add them again as new messages.',
            care: true,
          },
          { words: `About ${count(requestsFor(scope, 1))} requests.` },
        ]}
      />
      {fields}
    </JobForm>
  );
}
