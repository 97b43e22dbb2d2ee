import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { Deletion } from '@/messages/deletions';
import { useAccount } from '@/queries/use-account';
import { useDeletions } from '@/state/messages/deleted-messages';
import { recordsOf } from '@/state/messages/records';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { count, counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import { beginAddAgain } from './begin-add-again';
import { targetOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';

type AddAgainDialogProps = {
  connectionId: string;
  queue: string;
  /** The deletion to begin with; the newest when left out. */
  deletion?: number;
  onClose: () => void;
};

export default function AddAgainDialog(props: AddAgainDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <AddAgain {...props} account={account} />;
}

/** ` at 09:41:00`, ` between 09:40:12 and 09:41:00`. */
function seenText({ seen }: Deletion): string {
  if (!seen) return '';
  const [from, to] = [clockTime(seen.from), clockTime(seen.to)];
  return from === to ? ` at ${from}` : ` between ${from} and ${to}`;
}

/** Undoes a deletion as far as can be: the texts, with the life that is left, as new messages. */
function AddAgain({ account, queue, deletion: first, onClose }: AddAgainDialogProps & { account: Account }) {
  const client = useQueryClient();
  const ref = { connectionId: account.id, queue };
  const deletions = useDeletions(ref);
  const records = recordsOf(account.id, queue);
  const [chosen, setChosen] = useState(first);
  const deletion = deletions.find(({ id }) => id === chosen) ?? deletions[0];
  const [now] = useState(() => serviceNowOf(account.id));
  const isExpired = (id: string) => {
    const expiresAt = records.get(id)?.facts?.expiresAt;
    return expiresAt != null && expiresAt.getTime() <= now;
  };
  const expired = deletion?.ids.filter(isExpired).length ?? 0;

  const beginning = useMutation({
    mutationFn: async ({ id }: Deletion) => {
      beginAddAgain(client, targetOf(account.id, queue), id);
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title="Add deleted messages again"
      preposition="to"
      queue={queue}
      label={deletion ? `Add ${counted(deletion.ids.length, 'message')} again` : 'Add again'}
      reason={deletion ? undefined : 'Nothing was deleted here in this tab.'}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => deletion && beginning.mutate(deletion)}
      onClose={onClose}
    >
      {deletions.length > 1 && (
        <fieldset className="grid gap-1">
          <legend className="mb-1.5 text-12 font-semibold">Which</legend>
          {deletions.map(({ id, at, what, ids, isMaybeBack }) => (
            <label key={id} className="flex min-h-7 items-center gap-2 max-desk:min-h-11">
              <input
                type="radio"
                name="deletion"
                checked={id === deletion?.id}
                onChange={() => setChosen(id)}
                className="accent-ink"
              />
              {counted(ids.length, 'message')} {what} at {clockTime(at)}
              {isMaybeBack && ', which may be back already'}
            </label>
          ))}
        </fieldset>
      )}
      {deletion ? (
        <>
          {deletions.length === 1 && (
            <p className="text-text-2">
              {counted(deletion.ids.length, 'message')} {deletion.what} at {clockTime(deletion.at)}.
            </p>
          )}
          <Consequences
            items={[
              {
                words: `Adds ${counted(deletion.ids.length - expired, 'message')} with the exact text and the time to live that is left.`,
              },
              {
                words:
                  'What cannot come back: id, insertion time, dequeue count, place in the queue and pop receipt. They go to the end of the queue as new messages.',
                care: true,
              },
              deletion.isMaybeBack && {
                words: 'They were added again before, and no answer arrived: some may come out twice.',
                care: true,
              },
              expired > 0 && { words: `${count(expired)} would have expired by now and are left out.`, care: true },
              deletion.unsure > 0 && {
                words: `${count(deletion.unsure)} more ${deletion.unsure === 1 ? 'is' : 'are'} left out: what the text was at last is not certain, as an answer about it was lost.`,
                care: true,
              },
              deletion.maybeBefore > 0 && {
                words: `${count(deletion.maybeBefore)} of them may have been deleted or moved before the queue was cleared, as an answer about ${deletion.maybeBefore === 1 ? 'it' : 'them'} was lost: also what was gone is added.`,
                care: true,
              },
              deletion.what === 'cleared' && {
                words: `Only messages that were loaded here, as they were last seen${seenText(deletion)}. Other consumers may have finished some of them since.`,
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
