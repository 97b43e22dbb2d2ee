import { describeError } from '@/azure/diagnosis/failure-text';
import { viewRequestOf } from '@/state/navigation/view-request';
import { ViewRequest } from '@/ui/feedback/failure';

/** The reason of a failed change, what it would have needed, its code and a link to its request, inline. */
export function FormFailure({ error, needs }: { error: Error; needs?: string | undefined }) {
  const { reason, code } = describeError(error);
  return (
    <>
      {reason} {needs}
      <span className="mt-1 flex flex-wrap items-center gap-x-3 text-text-3">
        {code && <span className="font-mono">{code}</span>}
        <ViewRequest onView={viewRequestOf(error)} />
      </span>
    </>
  );
}
