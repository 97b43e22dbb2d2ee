import { describeError } from '@/azure/diagnosis/failure-text';
import { viewRequestOf } from '@/state/navigation/view-request';
import { ViewRequest } from '@/ui/feedback/failure';

/** Why a change was not made, the code and the way to its request; inline, so that it fits in a form or a line. */
export function FormFailure({ error }: { error: Error }) {
  const { reason, code } = describeError(error);
  return (
    <>
      {reason}
      <span className="mt-1 flex flex-wrap items-center gap-x-3 text-text-3">
        {code && <span className="font-mono">{code}</span>}
        <ViewRequest onView={viewRequestOf(error)} />
      </span>
    </>
  );
}
