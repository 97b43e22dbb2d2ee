import {
  ArrowRightToLine,
  Clock,
  Copy,
  Ellipsis,
  GitCompare,
  LockKeyhole,
  LockKeyholeOpen,
  Trash2,
  Upload,
  X,
} from 'lucide-react';
import { openDialog } from '@/state/dialogs';
import { usePreference } from '@/state/preferences';
import { useWhyNot } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { counted } from '@/ui/counts';
import { Menu } from '@/ui/menu';
import { spokenSpan } from '@/ui/time-span';
import { EXTENSIONS } from './extensions';
import { moreActions } from './more-actions';
import { scopeOf } from './scope-of';
import { workableLease } from './taken';
import type { MessageWork } from './use-message-work';

/** Takes the place of the filter bar while messages are checked. What needs a lease says so and works on those leased. */
export function SelectionBar({ work, onSelectAll }: { work: MessageWork; onSelectAll: () => void }) {
  const rows = work.checked;
  const { gone, hidden } = work;
  const leases = held(rows);
  const some = leases.length > 0 && leases.length < rows.length;
  const whyNot = useWhyNot(work.desk.account.id, work.desk.queue);
  return (
    <div
      role="toolbar"
      aria-label="Selected messages"
      className="@container flex h-11 flex-none items-center gap-1.5 bg-selected pr-2 pl-4 max-desk:h-14 max-desk:pr-1 max-desk:pl-3"
    >
      <b role="status" className="mr-2 flex-none font-semibold whitespace-nowrap">
        {rows.length} selected
        {some && <span className="font-normal text-text-2">, {leases.length} leased</span>}
        {hidden > 0 && <span className="font-normal text-text-2">, {hidden} more hidden by the filter</span>}
        {gone > 0 && <span className="font-normal text-text-2">, {gone} gone</span>}
      </b>
      <div className="-my-1 flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto py-1 pr-4 pl-0.5 [mask-image:linear-gradient(to_left,transparent,#000_1rem)] [scrollbar-width:none] [&_span[aria-hidden]]:@max-[1000px]:hidden">
        <Button aria-label="Select all loaded messages" className="desk:hidden" onClick={onSelectAll}>
          Select all
        </Button>
        {rows.length > 0 && <Actions work={work} />}
      </div>
      {rows.length > 0 && (
        <Menu
          trigger={<IconButton label="More for the selected messages" icon={<Ellipsis />} />}
          items={moreActions(scopeOf(work.desk, rows), whyNot)}
        />
      )}
      <IconButton label="Clear selection" keys="Esc" icon={<X />} onClick={work.clear} />
    </div>
  );
}

function Actions({ work }: { work: MessageWork }) {
  const rows = work.checked;
  const leases = held(rows);
  const none = leases.length === 0;
  const whyNot = useWhyNot(work.desk.account.id, work.desk.queue);
  const noMove = whyNot('move');
  const noDelete = whyNot('delete');
  const noLease = whyNot('lease');
  const refused = whyNot('release');
  const reason = refused ?? (none ? 'Needs a lease: lease the selected messages first' : undefined);
  const seconds = usePreference('receive').visibilityTimeout;
  return (
    <>
      <Button
        icon={<ArrowRightToLine />}
        kbd="M"
        disabled={noMove !== undefined}
        title={noMove}
        onClick={work.onTargets.move}
      >
        Move
      </Button>
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd="Del"
        disabled={noDelete !== undefined}
        title={noDelete ?? `Delete ${counted(rows.length, 'message')}`}
        onClick={work.onTargets.remove}
      >
        Delete
      </Button>
      <Button
        icon={<LockKeyholeOpen />}
        kbd="U"
        disabled={reason !== undefined}
        title={reason ?? 'Make them visible to every consumer now'}
        onClick={() => work.release(leases)}
      >
        Release lease
      </Button>
      {reason !== undefined ? (
        <Button icon={<Clock />} disabled title={reason}>
          Extend
        </Button>
      ) : (
        <Menu
          align="start"
          label="Extend"
          trigger={<Button icon={<Clock />}>Extend</Button>}
          items={[...new Set([seconds, ...EXTENSIONS])].map((length) => ({
            label: `For ${spokenSpan(length)} from now`,
            onSelect: () => work.extend(leases, length),
          }))}
        />
      )}
      {leases.length < rows.length && (
        <Button
          icon={<LockKeyhole />}
          aria-expanded={work.isLeasing}
          disabled={noLease !== undefined}
          title={noLease}
          onClick={() => work.setIsLeasing(!work.isLeasing)}
        >
          Lease selected
        </Button>
      )}
      <Button icon={<Copy />} kbd="C" onClick={work.onTargets.copy}>
        Copy
      </Button>
      <Button
        icon={<GitCompare />}
        disabled={rows.length !== 2}
        title={rows.length === 2 ? undefined : 'Select two messages to compare them'}
        onClick={work.compare}
      >
        Compare
      </Button>
      <Button icon={<Upload />} onClick={() => openDialog({ kind: 'exportMessages', ...scopeOf(work.desk, rows) })}>
        Export
      </Button>
    </>
  );
}

const held = (rows: MessageWork['checked']) => rows.flatMap((row) => (workableLease(row) ? row.id : []));
