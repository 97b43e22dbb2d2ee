import { Braces, X } from 'lucide-react';
import type { MessageRow } from '@/messages/message-rows';
import { groupLabel } from '@/search/group-label';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { useServiceNow } from '@/ui/browser/use-now';
import { Chip } from '@/ui/controls/chip';
import { cx } from '@/ui/format/cx';
import { columnLabel } from '../list/column-labels';
import { isExpiring, isPoison } from '../rows/row-marks';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';

/** First on phones, where the others may be out of sight. */
const FIRST = 'max-desk:-order-1';

/**
 * Narrows the rows with one press: to kinds of messages, by the expressions of the queue, to the value that was picked. It is
 * one line at any width and scrolls: a second line, come with the details pane, would move the rows.
 */
export function FilterChips() {
  const { isOn, toggle, picked, narrow } = useRowFilter();
  const { all } = useRows();
  const threshold = usePreference('poisonThreshold');
  const now = useServiceNow();
  const kinds = [
    { only: 'leased', tone: 'leased', label: 'Leased', isKind: ({ lease }: MessageRow) => lease !== undefined },
    {
      only: 'poison',
      tone: 'danger',
      label: `${threshold}+ dequeues`,
      isKind: (row: MessageRow) => isPoison(row, threshold),
    },
    { only: 'expiring', tone: 'warn', label: 'Expiring', isKind: (row: MessageRow) => isExpiring(row, now) },
  ] as const;
  return (
    <div className="-my-1 flex min-h-9 min-w-0 flex-auto items-center gap-1.5 overflow-x-auto py-1 pr-4 pl-px [mask-image:linear-gradient(to_left,transparent,#000_1rem)] [scrollbar-width:none] max-desk:flex-initial">
      {kinds.map(({ only, tone, label, isKind }) => (
        <Chip
          key={only}
          tone={tone}
          pressed={isOn(only)}
          count={all.filter(isKind).length}
          onChange={(isPressed) => toggle(only, isPressed)}
        >
          {label}
        </Chip>
      ))}
      <ExpressionChips />
      {picked && (
        <Chip pressed className={FIRST} onChange={() => narrow({ picked: undefined })}>
          <span className="max-w-48 truncate">
            {columnLabel(picked.column)}: {groupLabel(picked.column, picked.key)}
          </span>
          <X aria-hidden="true" className="size-3" />
        </Chip>
      )}
    </div>
  );
}

/** The queue's named expressions, and those that are on without a name. */
function ExpressionChips() {
  const { connectionId, queue } = useRows();
  const { expressions: saved } = useQueueView(connectionId, queue);
  const { expressions: on, narrow } = useRowFilter();
  const { counts } = useSearchResults();
  const unnamed = on.filter((source) => !saved.some((one) => one.source === source));
  return [...saved, ...unnamed.map((source) => ({ name: source, source }))].map(({ name, source }) => {
    const isOn = on.includes(source);
    return (
      <Chip
        key={source}
        className={cx(isOn && FIRST)}
        pressed={isOn}
        count={isOn ? counts.find(({ expression }) => expression === source)?.count : undefined}
        onChange={(pressed) => narrow({ expressions: pressed ? [...on, source] : on.filter((one) => one !== source) })}
      >
        <Braces aria-hidden="true" className="size-3 text-text-3" />
        <span className="max-w-40 truncate" title={source}>
          {name}
        </span>
      </Chip>
    );
  });
}
