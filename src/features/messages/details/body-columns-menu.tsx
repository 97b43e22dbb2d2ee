import { Columns3 } from 'lucide-react';
import { pathsIn, printPath } from '@/search/json-path';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';

const OFFERED = 40;

/** Makes a key of this body a column of the grid, or takes it out again. */
export function BodyColumnsMenu({ connectionId, queue, json }: { connectionId: string; queue: string; json: string }) {
  const { paths } = useQueueView(connectionId, queue);
  const offered = pathsIn(json, OFFERED).map(printPath);
  if (offered.length === 0) return null;
  return (
    <Menu
      label="Show as columns"
      trigger={<IconButton size="sm" label="Show as columns" icon={<Columns3 />} />}
      items={offered.map((path) => ({
        label: path,
        checked: paths.includes(path),
        onSelect: () =>
          setQueueView(connectionId, queue, {
            paths: paths.includes(path) ? paths.filter((one) => one !== path) : [...paths, path],
          }),
      }))}
    />
  );
}
