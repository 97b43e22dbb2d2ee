import { Ellipsis, X } from 'lucide-react';
import { useAvailability, useMenuItems } from '@/actions/action';
import { ActionButton } from '@/actions/action-button';
import { leaseActions, longestSeconds, type MessageSubject, messageActions } from '@/actions/message-actions';
import { inUse, isFree, leasesOf } from '@/actions/taken';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { type FilterPart, filterParts } from '@/search/filter-words';
import { usePreference } from '@/state/settings/preferences';
import { useIsPhone } from '@/ui/browser/use-media';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { count, counted } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { MORE_SELECTED_ACTIONS } from '../shared/message-menus';
import { ExtendMenu } from './extend-menu';
import { aboutText, selectedText, useUndoNote } from './selection-text';
import type { Selection } from './use-selection';

type SelectionBarProps = { selection: Selection; on: MessageSubject };

/** One row, of which what does not fit goes: the menu has all of it. */
const ONLY_WHAT_FITS = 'flex h-9 min-w-0 flex-wrap content-start items-center gap-x-1.5 gap-y-4 overflow-hidden p-1';

/** Takes the place of the filter bar while messages are selected. What needs a lease says so and works on those leased. */
export function SelectionBar({ selection, on }: SelectionBarProps) {
  const { rows } = selection;
  const { all } = useRows();
  const counts = selectedText(rows, selection);
  const more = useMenuItems(MORE_SELECTED_ACTIONS, on);
  const isPhone = useIsPhone();
  return (
    <div
      role="toolbar"
      aria-label={`${counted(rows.length, 'message')} selected`}
      data-urgent=""
      className="@container flex h-11 flex-none items-center gap-1.5 bg-selected pr-2 pl-4 max-desk:h-14 max-desk:pr-1 max-desk:pl-3"
    >
      <p
        role="status"
        // A job that works on the selection says how far it is; each of its messages changes these numbers.
        aria-live={inUse(rows) === undefined ? undefined : 'off'}
        title={counts.join(', ')}
        className="line-clamp-2 max-w-2/5 flex-none leading-4 max-desk:max-w-[45%] max-desk:text-12"
      >
        {all.length > rows.length ? (
          <>
            <span aria-hidden>
              <b className="font-semibold">{count(rows.length)}</b> of {count(all.length)}
            </span>
            <span aria-hidden className="max-desk:hidden">
              {' '}
              selected
            </span>
            <span className="sr-only">{count(rows.length)} selected</span>
          </>
        ) : (
          <b className="font-semibold">{count(rows.length)} selected</b>
        )}
        {counts.map((words) => (
          <span key={words} className="text-text-2">
            , {words}
          </span>
        ))}
      </p>
      <FilterConditions />
      <div
        className={cx(
          ONLY_WHAT_FITS,
          'ml-auto justify-end max-desk:h-14 max-desk:py-2 [&_span[aria-hidden]]:@max-[1000px]:hidden',
        )}
        style={{ flexShrink: 1e4 }}
      >
        {rows.length > 0 && <Actions selection={selection} on={on} />}
        <Button aria-label="Select all loaded messages" className="desk:hidden" onClick={selection.selectAll}>
          Select all
        </Button>
      </div>
      {rows.length > 0 && (
        <Menu
          trigger={<IconButton label="More for the selected messages" icon={<Ellipsis />} className="flex-none" />}
          items={more}
        />
      )}
      {isPhone ? (
        <IconButton label="Clear selection" icon={<X />} className="flex-none" onClick={selection.clear} />
      ) : (
        <Button
          variant="ghost"
          kbd="Esc"
          className="flex-none [&>span[aria-hidden]]:@max-[1000px]:hidden"
          onClick={selection.clear}
        >
          Clear<span className="sr-only"> selection</span>
        </Button>
      )}
    </div>
  );
}

/** The conditions of the filter that the selected messages were found by, each with a button that takes it off. */
function FilterConditions() {
  const { filter, expressions, picked, isOn, toggle, narrow } = useRowFilter();
  const threshold = usePreference('poisonThreshold');
  const parts = filterParts({
    text: filter,
    chips: { leased: isOn('leased'), poison: isOn('poison') ? threshold : undefined, expiring: isOn('expiring') },
    expressions,
    picked,
  });
  if (parts.length === 0) return null;
  function takeOff({ of, source }: FilterPart) {
    if (of === 'picked') narrow({ picked: undefined });
    else if (of === 'text') narrow({ filter: '' });
    else if (of === 'expression') narrow({ expressions: expressions.filter((one) => one !== source) });
    else toggle(of, false);
  }
  return (
    <ul aria-label="Filter" className={cx(ONLY_WHAT_FITS, 'max-desk:hidden')}>
      {parts.map((part) => (
        <li
          key={`${part.of} ${part.words}`}
          className="flex h-6 max-w-72 min-w-0 items-center gap-0.5 rounded-6 border border-accent-line bg-surface pr-0.5 pl-2 text-12"
        >
          <span className="truncate" title={part.words}>
            {part.words}
          </span>
          <IconButton
            size="sm"
            label={`Remove ${part.words}`}
            icon={<X className="size-3" />}
            className="size-5!"
            onClick={() => takeOff(part)}
          />
        </li>
      ))}
    </ul>
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
