import { CircleAlert, CircleHelp, SearchX } from 'lucide-react';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { counted } from '@/words/counts';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';
import { shortId } from '../shared/short-id';
import { LinkedFilter } from './linked-filter';
import { UnreadableRows } from './unreadable-rows';

/** What a link brings, messages that cannot be shown, the progress of a long search, and what it could not do, above the rows. */
export function SearchTroubles({ onEdit }: { onEdit: () => void }) {
  const search = useSearchResults();
  const { expressions, narrow, asked } = useRowFilter();
  const { peek } = useRows();
  const turnOff = (source: string) => narrow({ expressions: expressions.filter((one) => one !== source) });
  return (
    <>
      {asked.length > 0 && <LinkedFilter />}
      {peek.data && peek.data.unreadable.length > 0 && <UnreadableRows unreadable={peek.data.unreadable} />}
      {search.progress !== undefined && (
        <div className="flex px-4">
          <Bar value={search.progress} label="Search progress" />
        </div>
      )}
      {search.failure && (
        <Strip
          tone="danger"
          icon={<SearchX />}
          title="The search stopped"
          action={
            <Button size="sm" onClick={search.retry}>
              Search again
            </Button>
          }
        >
          {search.failure.message}. The rows below are all that are loaded, or what was found before.
        </Strip>
      )}
      {search.notJudged.map(({ expression, reason, id, count, mayRetry }) => (
        <Strip
          key={`${expression ?? ''} ${reason}`}
          tone="warn"
          icon={<CircleHelp />}
          title={`${counted(count, 'message')} not judged`}
          action={
            <>
              {mayRetry && (
                <Button size="sm" title="Runs it once more, with the same limit of time" onClick={search.retry}>
                  Try again
                </Button>
              )}
              {expression !== undefined && (
                <Button size="sm" onClick={() => turnOff(expression)}>
                  Turn off
                </Button>
              )}
            </>
          }
        >
          {expression === undefined ? 'The filter' : <code className="font-mono">{expression}</code>} stopped: {reason}.
          {id !== undefined && ` First: message ${shortId(id)}.`} They stay among the rows, marked.
        </Strip>
      ))}
      {search.partlyRead && (
        <Strip
          tone="warn"
          icon={<CircleHelp />}
          title={`${counted(search.partlyRead.count, 'message')} not read to the end`}
        >
          stopped: {search.partlyRead.reason}.
          {search.partlyRead.id !== undefined && ` First: message ${shortId(search.partlyRead.id)}.`} The filter has
          looked in what was read.
        </Strip>
      )}
      {search.troubles.map((trouble) => (
        <Strip
          key={trouble.expression}
          tone="warn"
          icon={<CircleAlert />}
          title={
            trouble.count === undefined
              ? 'An expression is left out'
              : `The expression failed on ${counted(trouble.count, 'message')}`
          }
          action={
            <>
              {trouble.isStopped && (
                <Button size="sm" title="Runs it once more, with the same limit of time" onClick={search.retry}>
                  Try again
                </Button>
              )}
              <Button size="sm" onClick={onEdit}>
                Edit
              </Button>
              <Button size="sm" onClick={() => turnOff(trouble.expression)}>
                Turn off
              </Button>
            </>
          }
        >
          <code className="font-mono">{trouble.expression}</code>
          {trouble.at !== undefined && ` at character ${trouble.at + 1}`}: {trouble.message}.
          {trouble.id !== undefined &&
            (trouble.isStopped
              ? ` It was at message ${shortId(trouble.id)}.`
              : ` First: message ${shortId(trouble.id)}.`)}
        </Strip>
      ))}
    </>
  );
}
