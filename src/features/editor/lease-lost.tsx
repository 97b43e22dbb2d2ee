import { CircleHelp, LockOpen } from 'lucide-react';
import type { Layer } from '@/azure/bodies/encode-layers';
import { describeError } from '@/azure/diagnosis/failure-text';
import { LostAnswer } from '@/bulk/requests/uncertain-outcome';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { useDenialReason } from '@/state/permissions/permissions';
import { CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import type { Obstacle } from './obstacle';
import { actionsBelow } from './strip-look';
import type { LeaseAgain } from './use-lease-again';

type LeaseLostProps = {
  /** `Account.id` */
  connectionId: string;
  queue: string;
  obstacle: Obstacle;
  text: string;
  /** What is put around the text on saving. */
  layers: readonly Layer[];
  /** Whether something was written that would be lost. */
  hasDraft: boolean;
  /** What the last save answered. */
  error: unknown;
  leaseAgain: LeaseAgain;
};

/** Something stands between a draft and its message: says what, keeps the draft, and offers the ways on. */
export function LeaseLost({
  connectionId,
  queue,
  obstacle,
  text,
  layers,
  hasDraft,
  error,
  leaseAgain,
}: LeaseLostProps) {
  const { way, title, reason, canAdd } = obstacle;
  const denialReason = useDenialReason(connectionId, queue);
  const [noLease, noAdd] = [denialReason('lease'), denialReason('add')];
  // What its repeat was answered, where the first answer was lost.
  const told = error instanceof LostAnswer ? error.cause : error;
  const { code } = describeError(told);
  return (
    <Strip
      tone={way === 'again' ? 'warn' : 'leased'}
      role="alert"
      icon={way === 'again' ? <CircleHelp /> : <LockOpen />}
      title={title}
      className={actionsBelow}
      action={
        <>
          <ViewRequest onView={viewRequestOf(told)} />
          <CopyButton label="Copy text" text={text} />
          {canAdd && (
            <Button
              reason={noAdd}
              onClick={() => openDialog({ kind: 'addMessage', connectionId, queue, text, layers })}
            >
              Save as new message
            </Button>
          )}
          {way === 'lease' && (
            <Button
              variant="primary"
              disabled={leaseAgain.isPending}
              reason={noLease}
              title={SEARCH}
              onClick={leaseAgain.start}
            >
              {leaseAgain.isPending ? 'Leasing' : 'Lease it again'}
            </Button>
          )}
        </>
      }
    >
      {leaseAgain.outcome ?? reason} {hasDraft && 'Your draft is kept.'}{' '}
      {code !== undefined && <span className="font-mono">{code}</span>}
    </Strip>
  );
}

const SEARCH = 'Receives from the front until it is found, and releases the others. Their dequeue counts rise by 1.';
