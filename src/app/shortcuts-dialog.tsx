import { sheetGroups } from '@/actions/shortcuts-sheet';
import { shownKeys } from '@/actions/shown-keys';
import { useCommandList } from '@/state/navigation/commands';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { Kbd } from '@/ui/controls/button';
import { Switch } from '@/ui/controls/switch';
import { Dialog } from '@/ui/overlay/dialog';

/** All keys that work here, by group. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const groups = sheetGroups(useCommandList());
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
        {groups.map((group) => (
          <Group key={group.title} {...group} />
        ))}
      </div>
    </Dialog>
  );
}

const Group = ({ title, rows }: ReturnType<typeof sheetGroups>[number]) => (
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
