import { Archive, RefreshCw } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import type { ChangedBy } from '@/messages/drafts';
import type { Lease } from '@/state/leases/leases';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import type { Conflict } from './conflict';
import { ConflictStrip } from './conflict-strip';
import { LeaseEnding } from './lease-ending';
import { LeaseLost } from './lease-lost';
import type { Edit } from './use-edit-draft';
import type { LeaseAgain } from './use-lease-again';

type EditBandsProps = {
  account: Account;
  queue: string;
  lease: Lease | undefined;
  /** True when the lease is about to end. */
  isShort: boolean;
  leaseAgain: LeaseAgain;
  edit: Edit;
  conflict: Conflict;
  by: ChangedBy | undefined;
  /** The error of the last save. */
  error: unknown;
  /** Called after a choice, whose button disappears. */
  onChosen: () => void;
};

/** The strips above an edit: what has to be known or chosen before the text can be saved. */
export function EditBands(props: EditBandsProps) {
  const { account, queue, lease, isShort, leaseAgain, edit, conflict, by, error, onChosen } = props;
  const { text, layers, isTouched, aside, useTheirs, keepMine, restore, hasFollowed } = edit;
  const { obstacle } = leaseAgain;
  const chosen = (choose: () => void) => () => {
    choose();
    onChosen();
  };
  return (
    <>
      {obstacle && (
        <LeaseLost
          connectionId={account.id}
          queue={queue}
          obstacle={obstacle}
          text={text}
          layers={layers}
          hasDraft={isTouched || aside !== undefined}
          error={error}
          leaseAgain={leaseAgain}
        />
      )}
      {!obstacle && lease && isShort && (
        <LeaseEnding account={account} queue={queue} lease={lease} onExtend={onChosen} />
      )}
      <ConflictStrip
        conflict={conflict}
        by={by}
        text={obstacle ? undefined : text}
        onUseTheirs={useTheirs && chosen(useTheirs)}
        onKeepMine={chosen(keepMine)}
      />
      {aside && (
        <Strip
          tone="info"
          icon={<Archive />}
          title="Your earlier text is set aside"
          action={<Button onClick={chosen(restore)}>Restore my text</Button>}
        >
          It is kept until this message is saved.
        </Strip>
      )}
      {hasFollowed && (
        <Strip tone="info" icon={<RefreshCw />} title="The text has changed since you opened it">
          The current text is shown.
        </Strip>
      )}
    </>
  );
}
