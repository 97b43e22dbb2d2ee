import { isHidden } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import { bytes } from '@/ui/format/bytes';
import { usePaths } from '../rows/use-preview';
import { shortId } from '../shared/short-id';
import { LazyPathCell } from './lazy-path-cell';
import { DequeuesCell, FormatCell, InsertedCell, LeaseCell, PreviewCell } from './message-cells';

/** A message in two lines, for narrow screens. */
export function MessageCard({ row }: { row: MessageRow }) {
  // A card has room for one path.
  const [path] = usePaths();
  return (
    <div className="flex size-full flex-col justify-center gap-0.5 pr-3 pl-3.5">
      <div className="flex h-5 items-center gap-2">
        <span className="flex w-14.5 flex-none">
          <FormatCell row={row} />
        </span>
        <span className="min-w-0 flex-1">
          <PreviewCell row={row} />
        </span>
        {row.message.dequeueCount > 0 && <DequeuesCell row={row} prefix="deq " />}
      </div>
      <div className="flex h-4.5 items-center gap-2">
        <span className="w-14.5 flex-none font-mono text-text-3">{shortId(row.id)}</span>
        <span className="min-w-0 flex-1 truncate">
          <InsertedCell row={row} /> ago <span className="ml-1">{bytes(row.size)}</span>
          {path !== undefined && (
            <span className="ml-2 font-mono text-text">
              <LazyPathCell message={row.message} path={path} />
            </span>
          )}
        </span>
        {isHidden(row) && (
          <span className="flex w-23 flex-none">
            <LeaseCell row={row} />
          </span>
        )}
      </div>
    </div>
  );
}
