import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { addAgain } from '@/bulk/add-message';
import { startJob } from '@/bulk/start-job';
import { useAccount } from '@/queries/use-account';
import { nowOf } from '@/state/clocks';
import { type Deletion, dropDeletion, useDeletions } from '@/state/deletions';
import { count, counted } from '@/ui/counts';
import { clockTime } from '@/ui/relative-time';
import { beginJob, placeOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';

type AddAgainDialogProps = {
  connection: string;
  queue: string;
  /** The deletion to begin with; the newest when left out. */
  deletion?: number;
  onClose: () => void;
};

export default function AddAgainDialog(props: AddAgainDialogProps) {
  const account = useAccount(props.connection);
  return account && <AddAgain {...props} account={account} />;
}

/** Undoes a deletion as far as can be: the texts, with the life that is left, as new messages. */
function AddAgain({ account, queue, deletion: first, onClose }: AddAgainDialogProps & { account: Account }) {
  const client = useQueryClient();
  const deletions = useDeletions(account.id, queue);
  const [chosen, setChosen] = useState(first);
  const deletion = deletions.find(({ id }) => id === chosen) ?? deletions[0];
  const [now] = useState(() => nowOf(account.id));
  const expired =
    deletion?.messages.filter(({ expiresAt }) => expiresAt !== null && expiresAt.getTime() <= now).length ?? 0;

  const beginning = useMutation({
    mutationFn: ({ id, messages }: Deletion) => {
      const to = placeOf(account.id, queue);
      const job = startJob({
        source: messages,
        work: addAgain(to),
        total: messages.length,
        key: (message) => message.id,
        name: (message) => message.id,
      });
      // From here on the job has them, to retry too.
      dropDeletion(id);
      beginJob(client, { kind: 'addAgain', where: queue, noun: 'message', job, changes: [to] });
      return Promise.resolve();
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title="Add deleted messages again"
      preposition="to"
      queue={queue}
      label={deletion ? `Add ${counted(deletion.messages.length, 'message')} again` : 'Add again'}
      reason={deletion ? undefined : 'Nothing was deleted here in this tab.'}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => deletion && beginning.mutate(deletion)}
      onClose={onClose}
    >
      {deletions.length > 1 && (
        <fieldset className="grid gap-1">
          <legend className="mb-1.5 text-12 font-semibold">Which</legend>
          {deletions.map(({ id, at, what, messages }) => (
            <label key={id} className="flex min-h-7 items-center gap-2 max-desk:min-h-11">
              <input
                type="radio"
                name="deletion"
                checked={id === deletion?.id}
                onChange={() => setChosen(id)}
                className="accent-ink"
              />
              {counted(messages.length, 'message')} {what} at {clockTime(at)}
            </label>
          ))}
        </fieldset>
      )}
      {deletion ? (
        <>
          {deletions.length === 1 && (
            <p className="text-text-2">
              {counted(deletion.messages.length, 'message')} {deletion.what} at {clockTime(deletion.at)}.
            </p>
          )}
          <Consequences
            items={[
              {
                words: `Adds ${counted(deletion.messages.length - expired, 'message')} with the exact text and the time to live that is left.`,
              },
              {
                words:
                  'What cannot come back: id, insertion time, dequeue count, place in the queue and pop receipt. They go to the end of the queue as new messages.',
                care: true,
              },
              expired > 0 && { words: `${count(expired)} would have expired by now and are left out.`, care: true },
              deletion.what === 'cleared' && {
                words: 'Only messages that were loaded here when the queue was cleared.',
                care: true,
              },
            ]}
          />
        </>
      ) : (
        <p className="text-text-2">Nothing was deleted here in this tab, or it was added again already.</p>
      )}
    </JobForm>
  );
}
