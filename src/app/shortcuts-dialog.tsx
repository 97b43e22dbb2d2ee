import { type Command, useCommandList } from '@/state/navigation/commands';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { Kbd } from '@/ui/controls/kbd';
import { Switch } from '@/ui/controls/switch';
import { Dialog } from '@/ui/overlay/dialog';
import { shownKeys } from './shown-keys';

const GROUPS: Command['group'][] = ['Go to', 'Queues', 'Messages', 'Leases', 'View', 'Connections'];

/** What a focused grid does by itself, so that no command needs to know of it. */
const GRID_KEYS = [
  { id: 'grid.move', title: 'Next, previous row', keys: ['ArrowDown', 'ArrowUp', 'j', 'k'] },
  { id: 'grid.open', title: 'Open details', keys: ['Enter'] },
  { id: 'grid.select', title: 'Select row', keys: ['Space'] },
  { id: 'grid.extend', title: 'Extend selection', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { id: 'grid.all', title: 'Select all loaded', keys: ['$mod+a'] },
];

/** All keys that work here, by group. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const commands = useCommandList().filter(({ keys, hiddenFromShortcuts }) => keys?.length && !hiddenFromShortcuts);
  const singleKeys = usePreference('singleKeys');
  return (
    <Dialog
      title="Keyboard shortcuts"
      size="lg"
      textOnly
      onClose={onClose}
      footer={
        <>
          <Switch label="Single keys" checked={singleKeys} onChange={(on) => setPreference('singleKeys', on)} />
          <span className="flex-1 text-12 text-text-3">They never fire while you type.</span>
        </>
      }
    >
      <div className="columns-2 gap-8 max-desk:columns-1">
        {GROUPS.map((group) => {
          const rows = commands.filter((command) => command.group === group);
          return rows.length === 0 ? null : <Group key={group} title={group} rows={rows} />;
        })}
        <Group title="In a grid" rows={GRID_KEYS} />
      </div>
    </Dialog>
  );
}

type Row = Pick<Command, 'id' | 'title' | 'keys'>;

const Group = ({ title, rows }: { title: string; rows: readonly Row[] }) => (
  <section aria-label={title} className="mb-5 break-inside-avoid">
    <h3 className="mb-1 text-11 font-semibold text-text-3">{title}</h3>
    <dl>
      {rows.map(({ id, title: name, keys = [] }) => (
        <div key={id} className="flex min-h-7 items-center gap-3 border-b border-line">
          <dt className="flex-1">{name}</dt>
          <dd className="flex gap-1.5">
            {[...new Set(keys.map(shownKeys))].map((shown) => (
              <span key={shown} className="flex gap-0.5">
                <span className="sr-only">{shown}</span>
                {shown.split(' ').map((key) => (
                  <Kbd key={key} className="max-desk:inline-flex">
                    {key}
                  </Kbd>
                ))}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
