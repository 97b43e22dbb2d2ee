import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { deleteMessage } from '@/bulk/delete-message';
import { startMessageJob } from '@/bulk/message-job';
import { useAccount } from '@/queries/use-account';
import { deletions } from '@/state/deletions';
import { type ChosenMessages, openDialog } from '@/state/dialogs';
import { UNDO_NEEDS } from '@/state/pending-deletes';
import { count } from '@/ui/counts';
import { useNow } from '@/ui/use-now';
import { beginJob, placeOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { type PaceChoice, PaceFields, paceOptions, USUAL_PACE } from './pace-fields';
import { leasingConsequences, requestsFor, scopeWords, useScope, usualLimit } from './scope';

type DeleteMessagesDialogProps = ChosenMessages & { onClose: () => void };

export default function DeleteMessagesDialog(props: DeleteMessagesDialogProps) {
  const account = useAccount(props.connection);
  return account && <DeleteMessages {...props} account={account} />;
}

/** Says how many go, and what leasing them does to others; then they are deleted as a job. */
function DeleteMessages({ account, queue, ids, reach, onClose }: DeleteMessagesDialogProps & { account: Account }) {
  const client = useQueryClient();
  const scope = useScope(account, { queue, ids, ...(reach !== undefined && { reach }) });
  const [pace, setPace] = useState<PaceChoice>(USUAL_PACE);
  const [ownLimit, setLimit] = useState<number>();
  const limit = ownLimit ?? usualLimit(scope);
  const needsSearch = scope.unleased.length > 0;
  const now = useNow();
  // Of those that need no search, which would go with Undo else.
  const endsTooSoon = !needsSearch && scope.firstEnd !== undefined && scope.firstEnd - now <= UNDO_NEEDS;

  const beginning = useMutation({
    mutationFn: () => {
      const from = placeOf(account.id, queue);
      const deleted: string[] = [];
      // Until they are noted, so that their texts are not dropped.
      const asked = {};
      const wanted = new Set(ids);
      from.records.keep(asked, wanted);
      let deletion: number | undefined;
      const job = startMessageJob({
        name: 'Delete',
        from,
        wanted: scope.wanted,
        work: deleteMessage,
        ...paceOptions(pace),
        ...(needsSearch && { cap: limit }),
        total: ids.length,
        onOutcome: ({ kind, item }) => {
          if (kind === 'done') deleted.push(item.id);
        },
      });
      beginJob(client, {
        kind: 'delete',
        where: queue,
        noun: 'message',
        job,
        changes: [from],
        onEnd: () => {
          deletion = deletions.note({ ref: from.records.ref, what: 'deleted', ids: deleted.splice(0) })?.id;
          from.records.keep(asked, undefined);
        },
        after: {
          label: 'Add them again',
          run: () =>
            openDialog({
              kind: 'addAgain',
              connection: account.id,
              queue,
              ...(deletion !== undefined && { deletion }),
            }),
        },
      });
      return Promise.resolve();
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Delete ${scopeWords(scope)}?`}
      preposition="from"
      queue={queue}
      label={`Delete ${scopeWords(scope)}`}
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
      <PaceFields pace={pace} onPace={setPace} limit={needsSearch ? limit : undefined} onLimit={setLimit} />
    </JobForm>
  );
}
