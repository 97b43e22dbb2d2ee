import { useQueueView } from '@/state/settings/queue-view-settings';
import { Field, Select } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { Popover } from '@/ui/overlay/popover';
import { columnLabel, OPTIONAL_COLUMNS } from '../list/column-labels';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';

type SortPopoverProps = { anchor: HTMLElement | null; onClose: () => void };

/** Sorts the rows where there is no column head: on phones, and by a hidden column. */
export function SortPopover({ anchor, onClose }: SortPopoverProps) {
  const { connectionId, queue } = useRows();
  const { paths } = useQueueView(connectionId, queue);
  const { sort, narrow } = useRowFilter();
  const columns = [...OPTIONAL_COLUMNS.map(({ id }) => id), ...paths.map((path) => `path:${path}`)];
  return (
    <Popover anchor={anchor} title="Sort" onClose={onClose}>
      <Field label="Sort by" hint={sort ? undefined : 'As they come, which is the order of the queue'}>
        <Select
          value={sort?.id ?? ''}
          options={[
            { value: '', label: 'Order of the queue' },
            ...columns.map((id) => ({ value: id, label: columnLabel(id) })),
          ]}
          onChange={(id) => narrow({ sort: id === '' ? undefined : { id, descending: sort?.descending ?? false } })}
        />
      </Field>
      {sort && (
        <Segmented
          label="Direction"
          value={sort.descending ? 'descending' : 'ascending'}
          onChange={(direction) => narrow({ sort: { id: sort.id, descending: direction === 'descending' } })}
          options={[
            { value: 'ascending', label: 'Ascending' },
            { value: 'descending', label: 'Descending' },
          ]}
        />
      )}
    </Popover>
  );
}
