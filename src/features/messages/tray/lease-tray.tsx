import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { MessageSubject } from '@/actions/message-actions';
import { openLeases } from '@/state/leases/lease-tray';
import { useAlone } from '@/ui/browser/use-alone';
import { useIsPhone, useIsShort, useMedia } from '@/ui/browser/use-media';
import { useDeviceNow } from '@/ui/browser/use-now';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { count, counted } from '@/words/counts';
import { leaseKey } from './lease-key';
import { leasesInAll } from './tray-leases';
import { TraySection } from './tray-section';
import { reasonInAll, runInAll, TRAY_ACTIONS, type TrayAction, traySubject } from './tray-subject';
import { useTrayLeases } from './use-tray-leases';

const BUTTONS = [
  { action: 'extend', label: 'Extend', key: 'x', kbd: 'X' },
  { action: 'release', label: 'Release', key: 'u', kbd: 'U' },
  { action: 'delete', label: 'Delete', key: 'Delete', kbd: 'Del' },
] as const;

const close = () => openLeases(false);

/**
 * All that is leased to this browser, in all queues: to read, extend, edit, release and delete, one or several. It stands in the place
 * of the details, over the rows under 1180 px, and is the whole screen on a phone.
 */
export default function LeaseTray() {
  'use no memo';
  // Each lease counts down.
  useDeviceNow();
  const queues = useTrayLeases();
  const { messages } = leasesInAll(queues);
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const isOver = useMedia('(width < 1180px), (height < 520px)');
  const isPhone = useIsPhone();
  const isShort = useIsShort();
  const pane = useRef<HTMLElement>(null);
  useAlone(pane, isPhone || isShort);
  useEffect(() => pane.current?.focus(), []);

  const toggle = (key: string, isChecked: boolean) =>
    setChosen(isChecked ? new Set([...chosen, key]) : new Set([...chosen].filter((one) => one !== key)));
  const subjects = queues.flatMap((queue) => {
    const rows = queue.rows.filter(({ id }) => chosen.has(leaseKey(queue.ref, id)));
    const deselect = (ids: ReadonlySet<string>) =>
      setChosen((before) => {
        const gone = new Set([...ids].map((id) => leaseKey(queue.ref, id)));
        return new Set([...before].filter((key) => !gone.has(key)));
      });
    const subject = rows.length > 0 ? traySubject(queue.ref, rows, { client, deselect }) : undefined;
    return subject ? [subject] : [];
  });
  // Leases that have ended are chosen no more.
  const selected = subjects.reduce((sum, { rows }) => sum + rows.length, 0);
  const run = (action: TrayAction) => runInAll(action, subjects);

  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = BUTTONS.find(({ key }) => key === event.key);
    if (event.key === 'Escape') close();
    // The keys mean what is checked here, also when that is nothing, and not what is open beside it.
    else if (!meant) return;
    else if (selected > 0) run(meant.action);
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys from any control inside
    <aside
      ref={pane}
      tabIndex={-1}
      aria-label="Leases"
      onKeyDown={press}
      className={cx(
        'flex min-h-0 flex-col border-l border-line bg-surface outline-none',
        isPhone
          ? 'fixed inset-0 z-30'
          : isOver
            ? 'absolute short:fixed inset-y-0 right-0 z-10 short:z-30 w-100 max-w-full border-line-strong shadow-3'
            : 'w-100 flex-none',
      )}
    >
      <header className="flex h-11 flex-none items-center gap-2 border-b border-line pr-2 pl-4 max-desk:h-14 max-desk:pl-2">
        <IconButton size="lg" label="Back" icon={<ArrowLeft />} className="desk:hidden" onClick={close} />
        <h2 className="text-13 font-semibold max-desk:text-15">Leases</h2>
        <p className="min-w-0 flex-1 truncate text-12 text-text-3">
          {count(messages)} held by this browser, next to end first
        </p>
        <IconButton size="sm" label="Close leases" icon={<X />} className="max-desk:hidden" onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {queues.length === 0 && (
          <p className="px-4 py-6 text-center text-text-2">
            Nothing is leased to this browser. Receive or Browse all leases messages, and so do jobs.
          </p>
        )}
        {queues.map((queue) => (
          <TraySection
            key={`${queue.ref.connectionId}/${queue.ref.queue}`}
            leases={queue}
            client={client}
            chosen={chosen}
            onToggle={toggle}
          />
        ))}
      </div>
      {selected > 0 && (
        <Selected selected={selected} subjects={subjects} run={run} onClear={() => setChosen(new Set())} />
      )}
    </aside>
  );
}

type SelectedProps = {
  selected: number;
  subjects: readonly MessageSubject[];
  run: (action: TrayAction) => void;
  onClear: () => void;
};

function Selected({ selected, subjects, run, onClear }: SelectedProps) {
  return (
    <div
      data-keep-clear=""
      role="toolbar"
      aria-label={`${counted(selected, 'lease')} selected`}
      className="flex min-h-13 flex-none items-center gap-1 border-t border-line px-3 max-desk:min-h-17 max-desk:gap-1.5 max-desk:px-3"
    >
      <b className="min-w-0 flex-1 truncate font-semibold">{count(selected)} selected</b>
      {BUTTONS.map(({ action, label, kbd }) => (
        <Button
          key={action}
          variant={TRAY_ACTIONS[action].tone}
          kbd={kbd}
          reason={reasonInAll(action, subjects)}
          className="max-desk:h-11! max-desk:[&>kbd]:hidden"
          onClick={() => run(action)}
        >
          {label}
        </Button>
      ))}
      <IconButton label="Clear the selected leases" icon={<X />} onClick={onClear} />
    </div>
  );
}
