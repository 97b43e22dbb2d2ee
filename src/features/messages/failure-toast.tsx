import { failureWords } from '@/azure/failure-words';
import type { Outcome } from '@/queries/outcomes';
import { toast } from '@/ui/toast-store';

/** Says that something was not done, and each cause once. */
export function failureToast(title: string, ...errors: readonly unknown[]) {
  const causes = new Map(errors.map(failureWords).map(({ reason, code }) => [`${code} ${reason}`, { reason, code }]));
  toast({
    title,
    detail: [...causes].map(([key, { reason, code }]) => (
      <span key={key} className="block">
        {reason} {code && <span className="font-mono">{code}</span>}
      </span>
    )),
    tone: 'danger',
  });
}

/** `14 deleted, 2 not`, and why; of a single one, `words.failed`. Nothing when all went well. */
export function outcomesToast(outcomes: readonly Outcome<unknown>[], words: { done: string; failed: string }) {
  const failed = outcomes.filter((outcome) => outcome.error !== undefined);
  if (failed.length === 0) return;
  const title =
    outcomes.length === 1 ? words.failed : `${outcomes.length - failed.length} ${words.done}, ${failed.length} not`;
  failureToast(title, ...failed.map((outcome) => outcome.error));
}
