import { failureWords } from '@/azure/failure-words';
import type { Outcome } from '@/bulk/outcome';
import { toast } from '@/ui/toast-store';

/** Says that something was not done, and each cause once. */
export function failureToast(title: string, ...errors: readonly unknown[]) {
  const causes = new Map(errors.map(failureWords).map(({ reason, code }) => [`${code} ${reason}`, { reason, code }]));
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
  done: string;
  /** Of a single one that was not done. */
  failed: string;
  /** Of a single one that may have been; `failed` when left out. */
  maybe?: string;
};

/** `14 deleted, 2 not`, and why; of a single one, the words for it. Nothing when all went well. */
export function outcomesToast(outcomes: readonly Outcome<unknown>[], words: Words) {
  const rest = outcomes.filter(({ kind }) => kind !== 'done');
  const [only] = rest;
  if (!only) return;
  const isMaybe = outcomes.length === 1 && only.kind === 'maybeDone';
  const title =
    outcomes.length > 1
      ? `${outcomes.length - rest.length} ${words.done}, ${rest.length} not`
      : isMaybe
        ? (words.maybe ?? words.failed)
        : words.failed;
  const causes = new Map(
    rest.map((outcome) => causeOf(outcome)).map((cause) => [`${cause.code} ${cause.reason}`, cause]),
  );
  toast({
    title,
    detail: [...causes].map(([key, cause]) => <Cause key={key} {...cause} />),
    tone: isMaybe ? 'warn' : 'danger',
  });
}

/** What is known of why: the outcome's own words where it has more to say than the answer. */
function causeOf({ kind, reason = '', error }: Outcome<unknown>): CauseProps {
  if (error === undefined) return { reason, code: undefined };
  const { reason: refusal, code } = failureWords(error);
  return kind === 'maybeDone' ? { reason, code } : { reason: refusal, code };
}
