import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { spokenSpan } from '@/words/spans';
import { shortId } from '../shared/short-id';
import { Searching } from './lease-one';
import { isPastLimit, oneSearched } from './lease-search';
import { limitText, SearchLimit } from './lease-search-limit';
import { useLeaseSearch } from './use-lease-search';

type LeaseMessageDialogProps = {
  connectionId: string;
  queue: string;
  messageId: string;
  /** Visible messages known to be before it. */
  ahead: number;
  /** True to edit it as soon as it is leased. */
  thenEdit: boolean;
  onClose: () => void;
};

/** Leases a message, for the editor where it is asked for; says beforehand what that does to it and to others. */
export default function LeaseMessageDialog(props: LeaseMessageDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <Lease account={account} {...props} />;
}

function Lease({
  account,
  connectionId,
  queue,
  messageId,
  ahead,
  thenEdit,
  onClose,
}: LeaseMessageDialogProps & { account: Account }) {
  const [isChanging, setIsChanging] = useState(false);
  const { limit, seconds, isPending, progress, start, stop } = useLeaseSearch(
    { account, queue },
    {
      onFound: (result, wasCancelled) => {
        const isFound = result.found.length > 0;
        if (!isFound || !thenEdit || result.passed > 0) toast(oneSearched(messageId, result, wasCancelled));
        if (isFound && thenEdit) openDialog({ kind: 'editMessage', connectionId, queue, messageId });
        else onClose();
      },
    },
  );
  return (
    <FormDialog
      size="sm"
      title={thenEdit ? `Lease ${shortId(messageId)} to edit it` : `Lease ${shortId(messageId)}`}
      label={thenEdit ? 'Lease and edit' : 'Lease it'}
      startsAtSubmit
      isOff={isPending}
      onSubmit={() => start([messageId], ahead)}
      onClose={onClose}
    >
      {isPending ? (
        <Searching passed={progress.passed + progress.found} limit={limit} onCancel={stop} />
      ) : (
        <div className="grid justify-items-start gap-2">
          <p className="text-pretty text-text-2">
            Receives from the front until it is found, {limitText(limit)}, and keeps it for {spokenSpan(seconds)}.
            Others on the way are released at once. Each dequeue count rises by 1.
          </p>
          {isPastLimit(ahead, limit) && (
            <b className="text-12 font-semibold text-warn">It was at place {ahead + 1}, past the limit.</b>
          )}
          {isChanging ? (
            <SearchLimit />
          ) : (
            <Button variant="link" className="text-12" onClick={() => setIsChanging(true)}>
              Change the limit
            </Button>
          )}
        </div>
      )}
    </FormDialog>
  );
}
