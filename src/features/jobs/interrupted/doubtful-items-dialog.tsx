import { interruptedName } from '@/actions/interrupted-name';
import { isCopied } from '@/bulk/journal/standing';
import { standingNow } from '@/state/journal/interrupted-jobs';
import { useInterruptedJobs } from '@/state/journal/interrupted-store';
import { Dialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';

/** Items that are drawn. */
const MOST_ROWS = 1000;

/** The items of a job that was cut off of which it is not known what was done. */
export default function DoubtfulItemsDialog({ job: id, onClose }: { job: string; onClose: () => void }) {
  const job = useInterruptedJobs().find((one) => one.id === id);
  if (!job) return null;
  const { twice, maybe } = standingNow(job);
  const keys = [...twice, ...maybe];
  const isAdded = job.head.kind === 'import' || job.head.kind === 'send';
  return (
    <Dialog title={`In doubt: ${interruptedName(job.head)}`} size="md" onClose={onClose}>
      <p className="text-text-2">
        {counted(keys.length, 'item')}. Continue deletes the originals whose copies are certain, and copies the others
        again: these may then be there twice.
      </p>
      <ul aria-label="Items in doubt" className="grid gap-1 text-12">
        {keys.slice(0, MOST_ROWS).map((key) => {
          const item = job.replayed.items.get(key);
          return (
            <li key={key} className="flex flex-wrap gap-x-3">
              <span className="font-mono">
                {isAdded ? 'Number ' : ''}
                {key}
              </span>
              <span className="text-text-2">{item && doubtText(item)}</span>
            </li>
          );
        })}
      </ul>
      {keys.length > MOST_ROWS && <p className="text-12 text-text-2">The first {MOST_ROWS} are listed.</p>}
    </Dialog>
  );
}

type Item = Parameters<typeof isCopied>[0];

function doubtText(item: Item): string {
  if (item.isDeleted) return 'Copied twice, perhaps; the original is deleted';
  if (isCopied(item))
    return item.openDeletes > 0
      ? 'Copied; whether the original was deleted is not known'
      : 'Copied; the original is not deleted';
  if (item.openPuts > 0) return 'Whether a copy was made is not known';
  if (item.isTakingBack) return 'Whether the copy was taken back is not known';
  if (item.openDeletes > 0) return 'Whether it was deleted is not known';
  return 'Whether its text was changed is not known';
}
