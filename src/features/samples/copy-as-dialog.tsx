import { useState } from 'react';
import { SampleTabs } from '@/actions/sample-tabs';
import type { Account } from '@/azure/protocol/model';
import { loadedMessages } from '@/queries/messages';
import { useAccount } from '@/queries/use-account';
import type { Asked } from '@/samples/read-exchange';
import { useSecondaryEndpoint } from '@/state/connections/secondary-endpoint';
import { recordsOf } from '@/state/messages/records';
import { currentRoute } from '@/state/navigation/route';
import { preferences } from '@/state/settings/preferences';
import { Field, Select } from '@/ui/controls/field';
import { Dialog, DoneButton } from '@/ui/overlay/dialog';
import { accountOffers, messageOffers, type Offer, queueOffers } from './offers';

/** Messages that show how the texts of a queue are written. */
const MOST_LOOKED_AT = 32;

type CopyAsProps = {
  connectionId: string;
  queue?: string | undefined;
  /** Of the message that is meant. */
  ids?: readonly string[] | undefined;
  asked?: Asked | undefined;
  onClose: () => void;
};

/** What can be done here, as a program in several languages, with the values that the page has now. */
export default function CopyAsDialog({ connectionId, queue, ids, asked, onClose }: CopyAsProps) {
  const account = useAccount(connectionId);
  const secondaryEndpoint = useSecondaryEndpoint(connectionId);
  // As it was when the dialog opened: a program that changes while it is copied is of no use.
  const [offers] = useState(() => (account && !asked ? offersFor(account, queue, ids) : []));
  const [chosen, setChosen] = useState(0);
  const operation = asked?.operation ?? offers[chosen]?.operation;
  const where =
    asked?.where ?? (account && { endpoint: account.endpoint, accountName: account.name, secondaryEndpoint });
  if (!operation || !where) return null;
  return (
    <Dialog
      title="Copy as code"
      subtitle={<span className="max-w-3/5 flex-none truncate text-text-3">{queue ?? where.accountName}</span>}
      size="lg"
      onClose={onClose}
      footer={<DoneButton onClick={onClose} />}
    >
      <div className="flex h-110 flex-col gap-3 max-desk:h-full">
        {asked ? (
          <p className="flex-none text-12 text-text-2">{asked.operation.name}, as it was sent.</p>
        ) : (
          <Field label="Operation" className="flex-none">
            <Select
              value={String(chosen)}
              onChange={(value) => setChosen(Number(value))}
              options={offers.map(({ label }, index) => ({ value: String(index), label }))}
            />
          </Field>
        )}
        <SampleTabs operation={operation} where={where} className="min-h-0 flex-1" />
        <p className="flex-none text-12 text-text-3">
          The code holds no key and no signature: it reads them from the environment.
        </p>
      </div>
    </Dialog>
  );
}

function offersFor(account: Account, queue: string | undefined, ids: readonly string[] = []): Offer[] {
  if (queue === undefined) return accountOffers(account.id);
  const loaded = loadedMessages(account, queue).slice(0, MOST_LOOKED_AT);
  const on = { queue, preferences: preferences(), loaded };
  const [id] = ids;
  if (id === undefined) {
    const route = currentRoute();
    return queueOffers(on, route?.screen === 'explorer' && route.queue === queue ? route.mode : 'peek');
  }
  const record = recordsOf(account.id, queue).get(id);
  const lease = record?.lease;
  const receipt = lease?.state === 'held' && lease.holder !== 'elsewhere' ? lease.receipt : undefined;
  const { message } = record ?? {};
  return messageOffers(on, { id, receipt }, message?.unreadable ? undefined : message?.text);
}
