import { CircleHelp, LockOpen } from 'lucide-react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { LostAnswer } from '@/bulk/requests/outcome';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { useDenialReason } from '@/state/permissions/permissions';
import { CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { actionsBelow } from '../dialog/failure-strip';
import type { Obstacle } from './obstacle';
import type { Edit } from './use-edit-draft';
import type { LeaseAgain } from './use-lease-again';

type LeaseLostProps = {
  connectionId: string;
  queue: string;
  obstacle: Obstacle;
  edit: Edit;
  /** The error of the last save. */
  error: unknown;
  leaseAgain: LeaseAgain;
};

/** Says why a draft cannot be saved to its message, that it is kept, and what can be done. */
export function LeaseLost({ connectionId, queue, obstacle, edit, error, leaseAgain }: LeaseLostProps) {
  const { text, layers, isTouched, aside } = edit;
  const { way, title, reason, canAdd } = obstacle;
  const denialReason = useDenialReason(connectionId, queue);
  const [noLease, noAdd] = [denialReason('lease'), denialReason('add')];
  // After a lost answer, the answer to the repeat.
  const lastError = error instanceof LostAnswer ? error.cause : error;
  const { code } = describeError(lastError);
  return (
    <Strip
      tone={way === 'again' ? 'warn' : 'leased'}
      role="alert"
      icon={way === 'again' ? <CircleHelp /> : <LockOpen />}
      title={title}
      className={actionsBelow}
      action={
        <>
          <ViewRequest onView={viewRequestOf(lastError)} />
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
              title={SEARCH_EFFECT}
              onClick={leaseAgain.start}
            >
              {leaseAgain.isPending ? 'Leasing' : 'Lease it again'}
            </Button>
          )}
        </>
      }
    >
      {leaseAgain.outcome ?? reason} {(isTouched || aside) && 'Your draft is kept.'}{' '}
      {code !== undefined && <span className="font-mono">{code}</span>}
    </Strip>
  );
}

const SEARCH_EFFECT =
  'Receives from the front until it is found, and releases the others. Their dequeue counts rise by 1.';
