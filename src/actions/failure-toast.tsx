import { describeError } from '@/azure/diagnosis/failure-text';
import { isRefusedReceipt, type Outcome } from '@/bulk/requests/outcome';
import { toast } from '@/ui/overlay/toast-store';

/** Shows a failure, and each of its causes once. */
export function failureToast(title: string, ...errors: readonly unknown[]) {
  const causes = new Map(errors.map(describeError).map(({ reason, code }) => [`${code} ${reason}`, { reason, code }]));
  toast({
    title,
    detail: [...causes].map(([key, { reason, code }]) => <Cause key={key} reason={reason} code={code} />),
    tone: 'danger',
  });
}

type CauseProps = { reason: string; code: string | undefined };

const Cause = ({ reason, code }: CauseProps) => (
  <span className="block">
    {reason} {code && <span className="font-mono">{code}</span>}
  </span>
);

type Words = {
  /** `released` */
  done: string;
  /** The title when there was one message and it failed. */
  failed: string;
};

/** `14 deleted, 1 perhaps, 2 not`, and why; of a single one, the words for it. Nothing when all went well. */
export function outcomesToast(outcomes: readonly Outcome[], { done, failed }: Words) {
  const rest = outcomes.filter(({ kind }) => kind !== 'done');
  if (rest.length === 0) return;
  const maybe = rest.filter(({ kind }) => kind === 'maybeDone').length;
  const not = rest.length - maybe;
  const counts = [
    `${outcomes.length - rest.length} ${done}`,
    maybe > 0 && `${maybe} perhaps`,
    not > 0 && `${not} not`,
  ].filter(Boolean);
  const causes = new Map(
    rest.map((outcome) => causeOf(outcome)).map((cause) => [`${cause.code} ${cause.reason}`, cause]),
  );
  toast({
    title: outcomes.length > 1 ? counts.join(', ') : maybe > 0 ? `Perhaps ${done}` : failed,
    detail: [...causes].map(([key, cause]) => <Cause key={key} {...cause} />),
    tone: not > 0 ? 'danger' : 'warn',
    // An uncertain outcome takes longer to read.
    ...(not === 0 && { duration: 20_000 }),
  });
}

/** The cause of an outcome: its own reason where that says more than the answer. */
function causeOf({ kind, reason = '', error }: Outcome): CauseProps {
  if (error === undefined) return { reason, code: undefined };
  const { reason: refusal, code } = describeError(error);
  // For a void receipt the record knows more than the answer.
  return { reason: kind === 'failed' && !isRefusedReceipt(error) ? refusal : reason, code };
}
