import { CircleAlert } from 'lucide-react';
import type { LeftOut } from '@/queries/messages';
import { Strip } from '@/ui/feedback/failure';
import { counted } from '@/words/counts';

/** Messages that are named, and characters of an id; an answer may have any. */
const MOST_NAMED = 3;
const LONGEST_ID = 40;

/** Tells the messages of the last peek that are no rows, since nobody can read their id. */
export function UnreadableRows({ unreadable }: { unreadable: readonly LeftOut[] }) {
  const rest = unreadable.length - MOST_NAMED;
  return (
    <Strip tone="warn" icon={<CircleAlert />} title={`${counted(unreadable.length, 'message')} cannot be shown`}>
      {unreadable.slice(0, MOST_NAMED).map(({ id, error }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- Ids may be missing, or the same.
        <span key={index}>
          {id ? <code className="font-mono">{id.slice(0, LONGEST_ID)}</code> : 'One without an id'}: {
            error.message
          }{' '}
        </span>
      ))}
      {rest > 0 && `And ${rest} more. `}The rows below are the others of the same answer.
    </Strip>
  );
}
