import { Info } from 'lucide-react';
import type { Mode } from '@/state/place';
import { setPreference, usePreference } from '@/state/preferences';
import { count, counted } from '@/ui/counts';
import { NumberInput } from '@/ui/field';
import { clockTime } from '@/ui/relative-time';
import type { MessageRowsModel } from './use-message-rows';

type GridFootProps = { mode: Mode; model: MessageRowsModel };

/** Says what the rows above are and what looking at them did; in Peek mode, how many to look at. */
export function GridFoot({ mode, model }: GridFootProps) {
  const peekCount = usePreference('peekCount');
  if (!model.peek.data) return null;
  return (
    <footer className="flex min-h-8 flex-none items-center gap-3 border-t border-line bg-surface px-4 text-12 text-text-3 max-desk:px-3">
      <p role="status" className="flex min-w-0 flex-1 items-center gap-1.5">
        <Info className="size-3.5 flex-none" />
        <span className="truncate max-desk:whitespace-normal">
          <Sentence mode={mode} model={model} />
        </span>
      </p>
      {mode === 'peek' && (
        <span className="flex flex-none items-center gap-2">
          <span aria-hidden="true" className="max-desk:hidden">
            Messages to peek
          </span>
          <NumberInput
            aria-label="Messages to peek"
            className="w-13 [&>span]:h-6"
            min={1}
            max={32}
            value={peekCount}
            onChange={(value) => setPreference('peekCount', Math.round(value))}
          />
        </span>
      )}
    </footer>
  );
}

function Sentence({ mode, model: { peek, all, shown, counts } }: GridFootProps) {
  const peekCount = usePreference('peekCount');
  const { leased } = counts;
  if (peek.error) return `${counted(all.length, 'message')} as of ${clockTime(peek.dataUpdatedAt)}.`;
  return (
    <>
      {shown.length < all.length && `Showing ${count(shown.length)} of ${count(all.length)}. `}
      {mode === 'receive' ? 'Rows without a lease are only peeked' : `Peek shows the first ${peekCount}`}
      <span className="max-desk:hidden">{mode === 'receive' ? ', which changes nothing' : ' and changes nothing'}</span>
      .
      {leased > 0 &&
        ` Your ${counted(leased, 'lease')} ${leased === 1 ? 'stays' : 'stay'} on top. Leases run on when this tab closes.`}
    </>
  );
}
