import type { Account } from '@/azure/protocol/model';
import { latestSample } from '@/state/activity/queue-counts';
import { openDialog } from '@/state/navigation/open-dialog';
import { useDeviceNow } from '@/ui/browser/use-now';
import { count } from '@/ui/format/counts';
import { duration } from '@/ui/format/relative-time';

type CountsAgeProps = {
  account: Account;
  /** The queues on screen. */
  queues: readonly string[];
  progress: { done: number; of: number } | undefined;
};

/** How old the oldest count on screen is, or how far counting got. */
export function CountsAge({ account, queues, progress }: CountsAgeProps) {
  const now = useDeviceNow();
  return (
    <div className="flex h-7 flex-none items-center border-t border-line px-4 text-11 text-text-3">
      {!progress && areHidden(account, queues) ? (
        <button
          type="button"
          className="truncate underline underline-offset-2 hover:text-text"
          onClick={() => openDialog({ kind: 'checkConnection', connectionId: account.id })}
        >
          Counts are hidden by the CORS rules
        </button>
      ) : (
        <span className="truncate">
          {progress ? `Counting, ${count(progress.done)} of ${count(progress.of)}` : words(account, queues, now)}
        </span>
      )}
    </div>
  );
}

const samplesOf = (account: Account, queues: readonly string[]) =>
  queues.map((queue) => latestSample(account.id, queue)).filter((sample) => sample !== undefined);

function areHidden(account: Account, queues: readonly string[]): boolean {
  const samples = samplesOf(account, queues);
  return samples.length > 0 && samples.every((sample) => sample.count === undefined);
}

function words(account: Account, queues: readonly string[], now: number): string {
  const samples = samplesOf(account, queues);
  if (queues.length === 0) return '';
  if (samples.length === 0) return 'Counting';
  const oldest = Math.min(...samples.map(({ at }) => at));
  return `Counts are approximate, ${duration(Math.max(0, now - oldest))} old`;
}
