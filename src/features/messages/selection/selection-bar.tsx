import {
  ArrowRightToLine,
  ChevronDown,
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
import { openDialog } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { usePreference } from '@/state/settings/preferences';
import { Button, IconButton } from '@/ui/controls/button';
import { count, counted } from '@/ui/format/counts';
import { spokenSpan } from '@/ui/format/time-span';
import { Menu } from '@/ui/overlay/menu';
import { isFree, leasesOf } from '../rows/taken';
import { EXTENSIONS } from '../shared/extension-lengths';
import { useUndoNote } from '../shared/use-undo-note';
import { scopeOf } from './dialog-scope';
import { moreActions } from './more-message-actions';
import { longest } from './row-work';
import { aboutText, selectedText } from './selection-text';
import type { MessageWork } from './use-message-selection';

/** Takes the place of the filter bar while messages are checked. What needs a lease says so and works on those leased. */
export function SelectionBar({ work, onSelectAll }: { work: MessageWork; onSelectAll: () => void }) {
  const rows = work.checked;
  const counts = selectedText(rows, work);
  const denialReason = useDenialReason(work.context.account.id, work.context.queue);
  return (
    <div
      role="toolbar"
      aria-label="Selected messages"
      className="@container flex h-11 flex-none items-center gap-1.5 bg-selected pr-2 pl-4 max-desk:h-14 max-desk:pr-1 max-desk:pl-3"
    >
      <p
        role="status"
        title={counts.join(', ')}
        className="mr-2 line-clamp-2 max-w-2/5 flex-none leading-4 max-desk:max-w-[45%] max-desk:text-12"
      >
        <b className="font-semibold">{count(rows.length)} selected</b>
        {counts.map((words) => (
          <span key={words} className="text-text-2">
            , {words}
          </span>
        ))}
      </p>
      <div className="-my-1 flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto py-1 pr-4 pl-0.5 [mask-image:linear-gradient(to_left,transparent,#000_1rem)] [scrollbar-width:none] [&_span[aria-hidden]]:@max-[1000px]:hidden">
        <Button aria-label="Select all loaded messages" className="desk:hidden" onClick={onSelectAll}>
          Select all
        </Button>
        {rows.length > 0 && <Actions work={work} />}
      </div>
      {rows.length > 0 && (
        <Menu
          trigger={<IconButton label="More for the selected messages" icon={<Ellipsis />} />}
          items={moreActions(work, rows, denialReason)}
        />
      )}
      <IconButton label="Clear selection" keys="Esc" icon={<X />} onClick={work.clear} />
    </div>
  );
}

function Actions({ work }: { work: MessageWork }) {
  const rows = work.checked;
  const denialReason = useDenialReason(work.context.account.id, work.context.queue);
  const noLease = denialReason('lease');
  const [move, remove, release, extend] = (['move', 'delete', 'release', 'extend'] as const).map((verb) =>
    work.may(verb),
  ) as [Choice, Choice, Choice, Choice];
  const noUndo = useUndoNote(leasesOf(remove.rows));
  const seconds = usePreference('receive').visibilityTimeout;
  const extended = longest(extend.rows);
  return (
    <>
      <Button
        icon={<ArrowRightToLine />}
        kbd="M"
        disabled={move.reason !== undefined}
        title={move.reason ?? aboutText('Move', move.rows, rows)}
        onClick={work.onTargets.move}
      >
        Move
      </Button>
      <Button
        variant="danger"
        icon={<Trash2 />}
        kbd="Del"
        disabled={remove.reason !== undefined}
        title={remove.reason ?? noUndo ?? aboutText('Delete', remove.rows, rows)}
        onClick={work.onTargets.remove}
      >
        Delete
      </Button>
      <Button
        icon={<LockKeyholeOpen />}
        kbd="U"
        disabled={release.reason !== undefined}
        title={release.reason ?? aboutText('Release', release.rows, rows)}
        onClick={work.onTargets.release}
      >
        Release lease
      </Button>
      <div className="flex flex-none">
        <Button
          icon={<Clock />}
          kbd="X"
          className="rounded-r-none"
          disabled={extend.reason !== undefined}
          title={extend.reason ?? `Hold ${counted(extend.rows.length, 'message')} for ${spokenSpan(extended)} from now`}
          onClick={work.onTargets.extend}
        >
          Extend
        </Button>
        <Menu
          align="start"
          label="Extend"
          trigger={
            <IconButton
              variant="default"
              label="Choose how long to extend"
              icon={<ChevronDown className="size-3.5" />}
              className="-ml-px w-6! rounded-l-none max-desk:w-9!"
            />
          }
          items={[...new Set([seconds, ...EXTENSIONS])].map((length) => ({
            label: `For ${spokenSpan(length)} from now`,
            reason: extend.reason,
            onSelect: () => work.extend(idsOf(extend.rows), length),
          }))}
        />
      </div>
      {rows.some(isFree) && (
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
      <Button icon={<Upload />} onClick={() => openDialog({ kind: 'exportMessages', ...scopeOf(work.context, rows) })}>
        Export
      </Button>
    </>
  );
}

type Choice = ReturnType<MessageWork['may']>;

const idsOf = (rows: MessageWork['checked']) => rows.map(({ id }) => id);
