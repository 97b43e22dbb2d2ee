import { useEffect, useState } from 'react';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { Button } from '@/ui/controls/button';
import { Field, Select } from '@/ui/controls/field';
import { Spinner } from '@/ui/feedback/skeleton';
import { counted, count as grouped } from '@/ui/format/counts';
import { cx } from '@/ui/format/cx';
import { Popover } from '@/ui/overlay/popover';
import { columnLabel } from '../list/column-labels';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';

type GroupPopoverProps = { anchor: HTMLElement | null; onClose: () => void };

const OWN = ['format', 'dequeues', 'lease'];

/**
 * Counts messages by a value, most first; pressing one keeps only those. It is a list beside the rows rather than
 * headings between them, so that it works for 100,000 rows and they keep their order.
 */
export function GroupPopover({ anchor, onClose }: GroupPopoverProps) {
  const { connectionId, queue } = useRows();
  const { paths } = useQueueView(connectionId, queue);
  const columns = [...paths.map((path) => `path:${path}`), ...OWN].map((id) => ({ value: id, label: columnLabel(id) }));
  const { picked, narrow } = useRowFilter();
  const { groups, setGroup } = useSearchResults();
  const [chosen, setChosen] = useState(picked?.column);
  const column = columns.find(({ value }) => value === chosen) ?? columns[0];
  const value = column?.value;
  useEffect(() => {
    setGroup(value);
    return () => setGroup(undefined);
  }, [value, setGroup]);
  const counts = groups?.column === value ? groups : undefined;
  const most = counts?.groups[0]?.count ?? 1;
  return (
    <Popover anchor={anchor} title="Count by a column" onClose={onClose}>
      <Field
        label="Column"
        hint={paths.length === 0 ? 'Add columns from the body to count by what is in it' : undefined}
      >
        <Select value={value ?? ''} options={columns} onChange={setChosen} />
      </Field>
      {counts ? (
        <>
          <p role="status" className="text-12 text-text-3">
            {counted(counts.groups.length + counts.more.values, 'value')} among{' '}
            {counted(
              counts.groups.reduce((sum, { count }) => sum + count, counts.more.messages),
              'message',
            )}
          </p>
          <ul aria-label={`Values of ${column?.label}`} className="grid max-h-80 overflow-auto">
            {counts.groups.map(({ key, label, count }) => {
              const isPicked = picked?.column === value && picked?.key === key;
              return (
                <li key={key}>
                  <button
                    type="button"
                    aria-pressed={isPicked}
                    onClick={() => narrow({ picked: isPicked ? undefined : { column: counts.column, key } })}
                    className="relative flex min-h-7 w-full items-center gap-2 rounded-4 px-2 text-left text-12 hover:bg-hover aria-pressed:bg-selected aria-pressed:font-semibold max-desk:min-h-9"
                  >
                    <span
                      aria-hidden="true"
                      className="absolute inset-y-1 left-0 rounded-4 bg-accent-tint"
                      style={{ width: `${(count / most) * 100}%` }}
                    />
                    <span
                      className={cx('relative min-w-0 flex-1 truncate', key === '' ? 'text-text-3' : 'font-mono')}
                      title={label}
                    >
                      {label}
                    </span>
                    <span className="relative">{grouped(count)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
          {counts.more.values > 0 && (
            <p className="text-12 text-text-3">
              and {counted(counts.more.values, 'more value')} in {counted(counts.more.messages, 'message')}
            </p>
          )}
        </>
      ) : (
        <p role="status" className="flex items-center gap-2 text-12 text-text-3">
          <Spinner /> Counting
        </p>
      )}
      {picked && (
        <Button size="sm" className="justify-self-start" onClick={() => narrow({ picked: undefined })}>
          Show all values
        </Button>
      )}
    </Popover>
  );
}
