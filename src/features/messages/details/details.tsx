import { EyeOff, Trash2 } from 'lucide-react';
import type { MessageSubject } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import { useLease } from '@/state/leases/leases';
import { useRecord } from '@/state/messages/records';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { LeaseIt } from '../leases/lease-one';
import { DetailsHead } from './details-head';
import { MessageDetails } from './message-details';
import { messageEnd } from './message-end';

type DetailsProps = {
  id: string;
  /** Undefined when the message is not loaded. */
  row: MessageRow | undefined;
  isLoading: boolean;
  on: MessageSubject;
  /** The keys mean this message, and not those that are selected. */
  hasKeys: boolean;
  onClose: () => void;
};

/** The message that is open, or why it is not shown. */
export function Details({ id, row, isLoading, on, hasKeys, onClose }: DetailsProps) {
  return row ? (
    <MessageDetails key={id} row={row} on={{ ...on, rows: [row], open: row }} hasKeys={hasKeys} onClose={onClose} />
  ) : (
    <NotLoaded on={on} id={id} isLoading={isLoading} onClose={onClose} />
  );
}

/** A link may lead to a message that is further back than a peek sees, leased by another consumer, or gone. */
function NotLoaded({ on, id, isLoading, onClose }: Omit<DetailsProps, 'row' | 'hasKeys'>) {
  const known = useLease(on.connectionId, on.queue, id);
  const end = messageEnd(useRecord(on, id, (record) => record));
  const close = <Button onClick={onClose}>Close details</Button>;
  return (
    <>
      <DetailsHead id={id} onClose={onClose} />
      {end ? (
        <StatePanel icon={<Trash2 />} title={end.title} actions={close}>
          {end.detail}
        </StatePanel>
      ) : isLoading ? (
        <Skeleton label="Looking for the message" />
      ) : (
        <>
          <StatePanel icon={<EyeOff />} title="This message is not among those loaded" actions={close}>
            It is further back than a peek sees, leased by another consumer, or gone.
          </StatePanel>
          <LeaseIt key={id} on={on} id={id} ahead={undefined} lost={known?.state === 'ended' ? known : undefined} />
        </>
      )}
    </>
  );
}
