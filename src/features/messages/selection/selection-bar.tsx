import { Ellipsis, X } from 'lucide-react';
import { useAvailability, useMenuItems } from '@/actions/action';
import { ActionButton } from '@/actions/action-button';
import { leaseActions, longestSeconds, type MessageSubject, messageActions } from '@/actions/message-actions';
import { isFree, leasesOf } from '@/actions/taken';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { usePreference } from '@/state/settings/preferences';
import { Button, IconButton } from '@/ui/controls/button';
import { count, counted } from '@/ui/format/counts';
import { spokenSpan } from '@/ui/format/time-span';
import { Menu } from '@/ui/overlay/menu';
import { MORE_SELECTED_ACTIONS } from '../shared/message-menus';
import { ExtendMenu } from './extend-menu';
import { aboutText, selectedText, useUndoNote } from './selection-text';
import type { Selection } from './use-selection';

type SelectionBarProps = { selection: Selection; on: MessageSubject };

/** Takes the place of the filter bar while messages are selected. What needs a lease says so and works on those leased. */
export function SelectionBar({ selection, on }: SelectionBarProps) {
  const { rows } = selection;
  const counts = selectedText(rows, selection);
  const more = useMenuItems(MORE_SELECTED_ACTIONS, on);
  return (
    <div
      role="toolbar"
      aria-label={`${counted(rows.length, 'message')} selected`}
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
        {rows.length > 0 && <Actions selection={selection} on={on} />}
        <Button aria-label="Select all loaded messages" className="desk:hidden" onClick={selection.selectAll}>
          Select all
        </Button>
      </div>
      {rows.length > 0 && (
        <Menu trigger={<IconButton label="More for the selected messages" icon={<Ellipsis />} />} items={more} />
      )}
      <IconButton label="Clear selection" keys="Esc" icon={<X />} onClick={selection.clear} />
    </div>
  );
}

function Actions({ selection: { rows, isLeasing }, on }: SelectionBarProps) {
  const { move, moveElsewhere, delete: remove, copy, compare, exportChosen } = messageActions;
  const { extend, release, lease } = leaseActions;
  const movable = useAvailability(move, on).rows;
  const deletable = useAvailability(remove, on).rows;
  const releasable = useAvailability(release, on).rows;
  const extendable = useAvailability(extend, on).rows;
  const undoNote = useUndoNote(leasesOf(deletable));
  const isPoison = poisonParent(on.queue) !== undefined;
  const usualSeconds = usePreference('receive').visibilityTimeout;
  return (
    <>
      <ActionButton
        action={move}
        on={on}
        title={aboutText(isPoison ? 'Redrive' : 'Move', movable, rows)}
        {...(isPoison && { variant: 'primary' })}
      />
      <ActionButton action={exportChosen} on={on} />
      <ActionButton action={remove} on={on} title={undoNote ?? aboutText('Delete', deletable, rows)} />
      {isPoison && <ActionButton action={moveElsewhere} on={on} title={aboutText('Move', movable, rows)} />}
      <ActionButton action={release} on={on} title={aboutText('Release', releasable, rows)} />
      <div className="flex flex-none">
        <ActionButton
          action={extend}
          on={on}
          className="rounded-r-none"
          title={`Hold ${counted(extendable.length, 'message')} for ${spokenSpan(longestSeconds(extendable))} from now`}
        />
        <ExtendMenu
          on={on}
          name="Choose how long to extend the selected leases"
          usualSeconds={usualSeconds}
          align="start"
          label="Extend"
        />
      </div>
      {rows.some(isFree) && <ActionButton action={lease} on={on} aria-expanded={isLeasing} />}
      <ActionButton action={copy} on={on} />
      <ActionButton action={compare} on={on} />
    </>
  );
}
