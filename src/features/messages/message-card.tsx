import { FormatBadge } from '@/ui/badge';
import { bytes } from '@/ui/bytes';
import { DequeuesCell, InsertedCell, LeaseCell, PreviewCell } from './message-cells';
import { previewOf } from './message-preview';
import type { MessageRow } from './message-rows';
import { shortId } from './short-id';

/** A message in two lines, for narrow screens. */
export function MessageCard({ row }: { row: MessageRow }) {
  return (
    <div className="grid size-full grid-cols-[58px_minmax(0,1fr)_auto] content-center items-center gap-x-2 gap-y-0.5 pr-3 pl-3.5">
      <FormatBadge format={previewOf(row.message).format} />
      <PreviewCell row={row} />
      {row.message.dequeueCount > 0 ? <DequeuesCell row={row} prefix="deq " /> : <span />}
      <span className="font-mono text-12 text-text-3">{shortId(row.id)}</span>
      <span className="truncate">
        <InsertedCell row={row} /> ago <span className="ml-1">{bytes(row.size)}</span>
      </span>
      <span className="w-23 justify-self-end">
        <LeaseCell lease={row.lease} />
      </span>
    </div>
  );
}
