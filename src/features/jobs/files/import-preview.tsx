import type { ImportRow } from '@/bulk/files/import-row';
import { Badge } from '@/ui/controls/badge';
import { count, counted } from '@/ui/format/counts';
import { duration } from '@/ui/format/relative-time';
import type { FileCheck } from './check-file';

/** The first rows of a file, and the rows that cannot be sent, each with the rule that it breaks. */
export function ImportPreview({ check }: { check: FileCheck }) {
  return (
    <div className="grid gap-3">
      {check.broken && (
        <p role="alert" className="text-12 text-danger">
          {check.broken} {check.rows > 0 && 'The rows before it can be imported.'}
        </p>
      )}
      {check.first.length > 0 && (
        <div role="region" aria-label="First rows" className="overflow-hidden rounded-8 border border-line">
          <table className="w-full table-fixed text-left text-12">
            <thead className="bg-canvas text-11 text-text-3">
              <tr className="h-7">
                <th className="w-14 px-3 text-right font-semibold">Row</th>
                <th className="px-2 font-semibold">Message text</th>
                <th className="w-24 px-2 font-semibold">Expires in</th>
              </tr>
            </thead>
            <tbody>
              {check.first.map((row) => (
                <Row key={row.row} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {check.problems.length > 0 && (
        <section>
          <h3 className="text-12 font-semibold">
            {counted(check.invalid, 'row')} with a problem
            {check.problems.length < check.invalid && `, the first ${check.problems.length}`}
          </h3>
          <ul
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- has to be scrolled by keyboard too
            tabIndex={0}
            aria-label="Rows with a problem"
            className="mt-1 max-h-24 overflow-y-auto rounded-6 bg-danger-tint px-3 py-1.5 text-12"
          >
            {check.problems.map(({ row, line, problem }) => (
              <li key={row}>
                <b className="font-semibold">
                  Row {count(row)}
                  {line !== row && `, line ${count(line)}`}:
                </b>{' '}
                {problem}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Row({ row }: { row: ImportRow }) {
  const isValid = 'draft' in row;
  return (
    <tr className="h-7 border-t border-line">
      <td className="px-3 text-right text-text-3">{count(row.row)}</td>
      <td className="truncate px-2">
        {isValid ? (
          <span className="font-mono">{row.draft.text.slice(0, 200).replaceAll(/\r?\n|\r/g, '⏎')}</span>
        ) : (
          <Badge tone="danger">{row.problem}</Badge>
        )}
      </td>
      <td className="truncate px-2 text-text-2">{isValid && timeToLiveText(row.draft.timeToLive)}</td>
    </tr>
  );
}

const timeToLiveText = (timeToLive: number | 'never' | undefined) =>
  timeToLive === undefined ? '7 d' : timeToLive === 'never' ? 'never' : duration(timeToLive * 1000);
