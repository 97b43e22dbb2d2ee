import type { MessageRow } from '@/messages/message-rows';
import { useLease } from '@/state/leases/leases';
import { ExpiryPrompt } from '../leases/expiry-prompt';
import type { MessageWork } from '../selection/use-message-selection';
import { MessageDetails } from './message-details';

type OpenMessageProps = {
  row: MessageRow;
  work: MessageWork;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
};

/** The details of a message that is loaded, and the question what becomes of a lease that is about to end. */
export function OpenMessage({ row, work, onStep, onClose }: OpenMessageProps) {
  const { account, queue } = work.context;
  const { lease } = row;
  const known = useLease(account.id, queue, row.id);
  return (
    <>
      <MessageDetails
        work={work}
        row={row}
        lost={known?.state === 'ended' ? known : undefined}
        onStep={onStep}
        onClose={onClose}
      />
      {lease && work.may('extend', [row]).reason === undefined && (
        <ExpiryPrompt
          lease={lease}
          hasKey={work.keysAreOfOpen}
          onExtend={(seconds) => work.extend([lease.id], seconds)}
        />
      )}
    </>
  );
}
