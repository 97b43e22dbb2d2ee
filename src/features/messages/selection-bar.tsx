import { Clock, Copy, LockKeyholeOpen, Trash2, X } from 'lucide-react';
import type { Lease } from '@/state/leases';
import { usePreference } from '@/state/preferences';
import { Button, IconButton } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Menu } from '@/ui/menu';
import { EXTENSIONS } from './lease-strip';
import type { MessageRow } from './message-rows';
import { span } from './spans';

type SelectionBarProps = {
  rows: readonly MessageRow[];
  /** Checked messages that are not there any more. */
  gone: number;
  onDelete: (leases: Lease[]) => void;
  onRelease: (leases: Lease[]) => void;
  onExtend: (leases: Lease[], seconds: number) => void;
  onCopy: () => void;
  onClear: () => void;
};

/** Takes the place of the filter bar while messages are checked. What needs a lease says so and works on those leased. */
export function SelectionBar({ rows, gone, onDelete, onRelease, onExtend, onCopy, onClear }: SelectionBarProps) {
  const leases = rows.flatMap(({ lease }) => (lease?.state === 'held' ? lease : []));
  const none = leases.length === 0;
  const some = !none && leases.length < rows.length;
  const reason = none ? 'Needs a lease: receive these messages first' : undefined;
  const of = some ? ` ${leases.length} leased` : '';
  const seconds = usePreference('receive').visibilityTimeout;
  return (
    <div
      role="toolbar"
      aria-label="Selected messages"
      className="flex h-11 flex-none items-center gap-1.5 overflow-x-auto bg-selected pr-2 pl-4 max-desk:h-14 max-desk:px-3"
    >
      <b role="status" className="mr-2 flex-none font-semibold whitespace-nowrap">
        {rows.length} selected
        {some && <span className="font-normal text-text-2">, {leases.length} leased</span>}
        {gone > 0 && <span className="font-normal text-text-2">, {gone} gone</span>}
      </b>
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd="Del"
        disabled={none}
        title={reason ?? `Delete ${counted(leases.length, 'message')}`}
        onClick={() => onDelete(leases)}
      >
        Delete{of}
      </Button>
      <Button
        icon={<LockKeyholeOpen />}
        kbd="U"
        disabled={none}
        title={reason ?? 'Make them visible to every consumer now'}
        onClick={() => onRelease(leases)}
      >
        Release lease
      </Button>
      {none ? (
        <Button icon={<Clock />} disabled title={reason}>
          Extend
        </Button>
      ) : (
        <Menu
          align="start"
          label="Extend"
          trigger={<Button icon={<Clock />}>Extend</Button>}
          items={[...new Set([seconds, ...EXTENSIONS])].map((length) => ({
            label: `For ${span(length)} from now`,
            onSelect: () => onExtend(leases, length),
          }))}
        />
      )}
      <Button icon={<Copy />} kbd="C" onClick={onCopy}>
        Copy
      </Button>
      <span className="flex-1" />
      <IconButton label="Clear selection" keys="Esc" icon={<X />} onClick={onClear} />
    </div>
  );
}
