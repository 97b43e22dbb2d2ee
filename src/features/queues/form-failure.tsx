import { failureCode, failureSentence } from './failure-words';
import { ViewRequest } from './view-request';

/** Why a change was not made, the code and the way to its request; inline, so that it fits in a form or a line. */
export function FormFailure({ error }: { error: Error }) {
  return (
    <>
      {failureSentence(error)}
      <span className="mt-1 flex flex-wrap items-center gap-x-3 text-text-3">
        <span className="font-mono">{failureCode(error)}</span>
        <ViewRequest error={error} />
      </span>
    </>
  );
}
