import { Ellipsis } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMenuItems } from '@/actions/action';
import { type MessageSubject } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import type { Groups } from '@/search/protocol';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { Button, IconButton } from '@/ui/controls/button';
import { Field, Select } from '@/ui/controls/field';
import { Spinner } from '@/ui/feedback/skeleton';
import { cx } from '@/ui/format/cx';
import { MenuAt } from '@/ui/overlay/menu-at';
import { Popover } from '@/ui/overlay/popover';
import { counted, count as grouped } from '@/words/counts';
import { isolated, withoutTurns } from '@/words/isolate';
import { columnLabel } from '../list/column-labels';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';
import { VALUE_MENU } from '../shared/message-menus';

type GroupPopoverProps = {
  anchor: HTMLElement | null;
  on: MessageSubject;
  onSelect: (ids: ReadonlySet<string>) => void;
  onClose: () => void;
};

const OWN = ['format', 'dequeues', 'lease'];

/**
 * Counts messages by a value, most first; pressing one keeps only those. It is a list beside the rows rather than
 * headings between them, so that it works for 100,000 rows and they keep their order.
 */
export function GroupPopover({ anchor, on, onSelect, onClose }: GroupPopoverProps) {
  const { connectionId, queue } = useRows();
  const { paths } = useQueueView(connectionId, queue);
  const columns = [...paths.map((path) => `path:${path}`), ...OWN].map((id) => ({ value: id, label: columnLabel(id) }));
  const { picked, narrow } = useRowFilter();
  const { groups, members = [], setGroup } = useSearchResults();
  const [opened, setOpened] = useState<OpenedValue>();
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
            {counts.groups.map(({ key, label, count }, index) => {
              const isPicked = picked?.column === value && picked?.key === key;
              return (
                <li key={key} className="flex items-center gap-0.5">
                  <button
                    type="button"
                    aria-pressed={isPicked}
                    onClick={() => narrow({ picked: isPicked ? undefined : { column: counts.column, key } })}
                    className="relative flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-4 px-2 text-left text-12 hover:bg-hover aria-pressed:bg-selected aria-pressed:font-semibold max-desk:min-h-9"
                  >
                    <span
                      aria-hidden="true"
                      className="absolute inset-y-1 left-0 rounded-4 bg-accent-tint"
                      style={{ width: `${(count / most) * 100}%` }}
                    />
                    <span
                      className={cx('relative min-w-0 flex-1 truncate', key === '' ? 'text-text-3' : 'font-mono')}
                      title={isolated(label)}
                      dir={key === '' ? undefined : 'auto'}
                    >
                      {withoutTurns(label)}
                    </span>
                    <span className="relative">{grouped(count)}</span>
                  </button>
                  <IconButton
                    size="sm"
                    label={`Actions on ${isolated(label)}`}
                    icon={<Ellipsis />}
                    aria-haspopup="menu"
                    onClick={({ currentTarget }) =>
                      setOpened({ button: currentTarget, label, ...splitAt(counts, index) })
                    }
                  />
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
      {opened && (
        <ValueMenu opened={opened} members={members} on={on} onSelect={onSelect} onClose={() => setOpened(undefined)} />
      )}
      {picked && (
        <Button size="sm" className="justify-self-start" onClick={() => narrow({ picked: undefined })}>
          Show all values
        </Button>
      )}
    </Popover>
  );
}

/** A value whose menu is open; its messages stand from `start` up to `end` among those that were counted. */
type OpenedValue = { button: HTMLElement; label: string; start: number; end: number };

/** Where the messages of a group stand among all that were counted. */
function splitAt({ groups }: Groups, index: number) {
  const start = groups.slice(0, index).reduce((sum, { count }) => sum + count, 0);
  return { start, end: start + (groups[index]?.count ?? 0) };
}

type ValueMenuProps = {
  opened: OpenedValue;
  members: readonly Pick<MessageRow, 'id'>[];
  on: MessageSubject;
  onSelect: (ids: ReadonlySet<string>) => void;
  onClose: () => void;
};

/** What is done to the messages with one value: the actions, or to select them, or all that are counted but these. */
function ValueMenu({ opened: { button, label, start, end }, members, on, onSelect, onClose }: ValueMenuProps) {
  const { all } = useRows();
  const byId = new Map(all.map((row) => [row.id, row]));
  // As they are now; those that have gone since are left out.
  const now = (some: readonly Pick<MessageRow, 'id'>[]) => some.flatMap(({ id }) => byId.get(id) ?? []);
  const rows = now(members.slice(start, end));
  const others = now([...members.slice(0, start), ...members.slice(end)]);
  const select = (some: readonly MessageRow[]) => () => onSelect(new Set(some.map(({ id }) => id)));
  const items = useMenuItems(VALUE_MENU, { ...on, rows, isSelection: true });
  const { left, bottom } = button.getBoundingClientRect();
  return (
    <MenuAt
      label={`Actions on ${label}`}
      at={{ x: left, y: bottom }}
      from={button}
      onClose={onClose}
      items={[
        { label: `Select ${grouped(rows.length)}`, onSelect: select(rows) },
        {
          label: `Select all but these, ${grouped(others.length)}`,
          reason: others.length === 0 ? 'All that are counted have this value' : undefined,
          onSelect: select(others),
        },
        'separator',
        ...items,
      ]}
    />
  );
}
