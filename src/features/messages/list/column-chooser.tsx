import { Columns3 } from 'lucide-react';
import type { Ref } from 'react';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { useRows } from '../rows/use-queue-rows';
import { OPTIONAL_COLUMNS } from './column-labels';

type ColumnChooserProps = { ref: Ref<HTMLButtonElement>; onEdit: () => void };

/** Which columns are shown: the grid's own for every queue, those of paths for this one. */
export function ColumnChooser({ ref, onEdit }: ColumnChooserProps) {
  const { connectionId, queue } = useRows();
  const hidden = usePreference('hiddenColumns');
  const { paths } = useQueueView(connectionId, queue);
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
          onSelect: () => setQueueView(connectionId, queue, { paths: paths.filter((one) => one !== path) }),
        })),
        'separator',
        { label: 'Columns from the body', onSelect: onEdit },
      ]}
    />
  );
}
