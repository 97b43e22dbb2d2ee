import { Columns3 } from 'lucide-react';
import type { Ref } from 'react';
import { setPreference, usePreference } from '@/state/preferences';
import { setQueueView, useQueueView } from '@/state/queue-views';
import { IconButton } from '@/ui/button';
import { Menu } from '@/ui/menu';
import { OPTIONAL_COLUMNS } from './optional-columns';
import type { QueuePlace } from './queue-place';

type ColumnChooserProps = QueuePlace & { ref: Ref<HTMLButtonElement>; onEdit: () => void };

/** Which columns are shown: the grid's own for every queue, those of paths for this one. */
export function ColumnChooser({ ref, connection, queue, onEdit }: ColumnChooserProps) {
  const hidden = usePreference('hiddenColumns');
  const { paths } = useQueueView(connection, queue);
  return (
    <Menu
      trigger={<IconButton ref={ref} label="Choose columns" icon={<Columns3 />} />}
      items={[
        ...OPTIONAL_COLUMNS.map(({ id, label }) => ({
          label,
          checked: !hidden.includes(id),
          onSelect: () =>
            setPreference('hiddenColumns', hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]),
        })),
        ...(paths.length > 0 ? ['separator' as const] : []),
        ...paths.map((path) => ({
          label: path,
          checked: true,
          onSelect: () => setQueueView(connection, queue, { paths: paths.filter((one) => one !== path) }),
        })),
        'separator',
        { label: 'Columns from the body', onSelect: onEdit },
      ]}
    />
  );
}
