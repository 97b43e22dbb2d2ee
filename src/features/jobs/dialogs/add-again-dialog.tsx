import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { Deletion } from '@/messages/deletions';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { useDeletions } from '@/state/messages/deleted-messages';
import { recordsOf } from '@/state/messages/records';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { count, counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';
import { beginAddAgain } from '../begin/begin-clear';
import { Consequences } from '../shared/consequences';
import { TRIED_FIRST } from '../shared/job-part';
import { SendingOffer } from '../shared/lane-offer';
import { OrderSwitch, orderHints } from '../shared/order-switch';
import { usualPace } from '../shared/pace-options';
import { type ReturnOrder, targetOf, usualOrder } from '../shared/scope';
import { JobForm, useBeginning } from './job-form';

type AddAgainDialogProps = {
  account: Account;
  queue: string;
  /** The deletion that is chosen first; the newest when left out. */
  deletion?: number;
  onClose: () => void;
};

/** ` at 09:41:00`, ` between 09:40:12 and 09:41:00`. */
function seenText({ seen }: Deletion): string {
  if (!seen) return '';
  const [from, to] = [clockTime(seen.from), clockTime(seen.to)];
  return from === to ? ` at ${from}` : ` between ${from} and ${to}`;
}

/** Adds the messages of a deletion again as new ones, with their texts and the time to live that is left. */
export default function AddAgainDialog({ account, queue, deletion: first, onClose }: AddAgainDialogProps) {
  const deletions = useDeletions({ connectionId: account.id, queue });
  const records = recordsOf(account.id, queue);
  const [chosen, setChosen] = useState(first);
  const deletion = deletions.find(({ id }) => id === chosen) ?? deletions[0];
  const [now] = useState(() => serviceNowOf(account.id));
  const isExpired = (id: string) => {
    const expiresAt = records.get(id)?.facts?.expiresAt;
    return expiresAt != null && expiresAt.getTime() <= now;
  };
  const expired = deletion?.ids.filter(isExpired).length ?? 0;
  const total = deletion?.ids.length ?? 0;
  const [chosenOrder, setOrder] = useState<ReturnOrder>();
  const order = chosenOrder ?? usualOrder({ total }, 0);
  const roundTrip = useMeasuredRoundTrip(account.id);
  const adding = { concurrency: order === 'kept' ? 1 : usualPace(account.id).concurrency };
  const begin = (client: QueryClient, most?: number) =>
    deletion && beginAddAgain(client, targetOf(account.id, queue), deletion.id, { ...adding, ...(most && { most }) });
  const beginning = useBeginning(onClose, (client) => begin(client), {
    total,
    tryFirst: (client) => begin(client, TRIED_FIRST),
  });

  return (
    <JobForm
      title="Add deleted messages again"
      preposition="to"
      queue={queue}
      label={deletion ? `Add ${counted(deletion.ids.length, 'message')} again` : 'Add again'}
      reason={deletion ? undefined : 'Nothing was deleted in this tab.'}
      beginning={beginning}
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
      {deletions.length === 1 && deletion && (
        <p className="text-text-2">
          {counted(deletion.ids.length, 'message')} {deletion.what} at {clockTime(deletion.at)}.
        </p>
      )}
      {total > 1 && <OrderSwitch order={order} hints={orderHints(['send'], roundTrip)} onChange={setOrder} />}
      <SendingOffer connectionId={account.id} messages={total} pace={adding} />
      {deletion ? (
        <Consequences items={consequencesOf(deletion, expired)} />
      ) : (
        <p className="text-text-2">Nothing was deleted in this tab, or it was added again already.</p>
      )}
    </JobForm>
  );
}

function consequencesOf(deletion: Deletion, expired: number) {
  const { ids, isMaybeBack, unsure, maybeBefore, what } = deletion;
  return [
    `Adds ${counted(ids.length - expired, 'message')} with the exact text and the time to live that is left.`,
    {
      warning:
        'What cannot come back: id, insertion time, dequeue count, position in the queue and pop receipt. They go to the end of the queue as new messages.',
    },
    isMaybeBack && { warning: 'They were added again before, and no answer arrived: some may be there twice.' },
    expired > 0 && { warning: `${count(expired)} would have expired by now and are left out.` },
    unsure > 0 && {
      warning: `${count(unsure)} more ${plural(unsure, 'is', 'are')} left out: an answer was lost or could not be read, so the last text is not certain.`,
    },
    maybeBefore > 0 && {
      warning: `${count(maybeBefore)} of them may have been deleted or moved before the queue was cleared, as an answer about ${plural(maybeBefore, 'it', 'them')} was lost. They are added all the same.`,
    },
    what === 'cleared' && {
      warning: `Only messages that were loaded in this tab, as they were last seen${seenText(deletion)}. Other consumers may have finished some of them since.`,
    },
  ];
}
