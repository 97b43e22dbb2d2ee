import { Braces, Search, X } from 'lucide-react';
import { type ReactNode, type Ref, useMemo } from 'react';
import { shownKey } from '@/actions/action';
import { type SearchTool, viewActions } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import { groupLabel } from '@/search/group-label';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { findRows } from '@/ui/browser/focus-when-there';
import { isComposing } from '@/ui/browser/is-composing';
import { useIsPhone } from '@/ui/browser/use-media';
import { useServiceNowAs } from '@/ui/browser/use-now';
import { IconButton } from '@/ui/controls/button';
import { Chip } from '@/ui/controls/chip';
import { TextInput } from '@/ui/controls/field';
import { cx } from '@/ui/format/cx';
import { quietPart } from '@/ui/parts/lazy-part';
import { withoutTurns } from '@/words/isolate';
import { columnLabel } from '../list/column-labels';
import { expiringIn, isPoison } from '../rows/row-marks';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';

// Loaded when they are needed.
const SearchTroubles = quietPart(async () => (await import('./search-problems')).SearchTroubles);
const ColumnsDialog = quietPart(async () => (await import('../list/columns-dialog')).ColumnsDialog, {
  shape: 'dialog',
});
const FilterProblems = quietPart(async () => (await import('./filter-problems')).FilterProblems);

type FilterBarProps = {
  field: Ref<HTMLInputElement>;
  /** Sorts, groups, chooses columns and refreshes; its room is there before it. */
  tools: ReactNode;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
};

/** Narrows what is loaded, chooses columns, refreshes. On phones it is one line: the chips scroll, the tools are a menu. */
export function FilterBar({ field, tools, tool, onTool }: FilterBarProps) {
  const { troubles, notJudged, partlyRead, failure, progress } = useSearchResults();
  const { asked } = useRowFilter();
  const { peek } = useRows();
  const problems = [asked, peek.data?.unreadable ?? [], troubles, notJudged].some(({ length }) => length > 0);
  const hasTroubles = problems || partlyRead !== undefined || failure !== undefined;
  return (
    <>
      <div className="flex min-h-11 flex-none items-start gap-1.5 py-2 pr-2 pl-4 max-desk:min-h-14 max-desk:px-3 short:min-h-11 short:py-1">
        <FilterField field={field} />
        <FilterChips />
        {tools ?? <span className="h-7 w-32.5 flex-none max-desk:w-9" />}
      </div>
      {(hasTroubles || progress !== undefined) && <SearchTroubles onEdit={() => onTool('expression')} />}
      {tool === 'columns' && <ColumnsDialog onClose={() => onTool(undefined)} />}
    </>
  );
}

/** The filter as text. Parts that cannot be read are listed below it. */
function FilterField({ field }: { field: Ref<HTMLInputElement> }) {
  const { filter, narrow } = useRowFilter();
  const { problems } = useSearchResults();
  const isWrong = problems.length > 0;
  const clear = () => narrow({ filter: '' });
  return (
    <span
      className={cx(
        'relative flex min-w-40 flex-[0_999_18.25rem] max-desk:min-w-28 max-desk:flex-[1_1_8.5rem] short:flex-col',
        filter && 'max-desk:basis-48',
      )}
    >
      <TextInput
        ref={field}
        soft
        icon={<Search className="size-3.5" />}
        kbd={filter ? undefined : shownKey(viewActions.filter)}
        aria-label="Filter messages"
        aria-keyshortcuts="/"
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'filter-problems' : undefined}
        placeholder={useIsPhone() ? 'Filter' : 'Filter messages, try deq:>=5'}
        value={filter}
        {...REFUSES_SECRETS}
        onChange={(text) => narrow({ filter: text })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event.nativeEvent)) findRows()?.focus();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (filter) clear();
          else findRows()?.focus();
        }}
        after={filter && <IconButton size="sm" label="Clear filter" icon={<X />} onClick={clear} />}
        className="min-w-0 flex-auto"
      />
      {isWrong && <FilterProblems id="filter-problems" text={filter} problems={problems} />}
    </span>
  );
}

function howMany(rows: readonly MessageRow[], isOne: (row: MessageRow) => boolean): number {
  let found = 0;
  for (const row of rows) if (isOne(row)) found++;
  return found;
}

/** First on phones, where the others may be out of sight. */
const FIRST = 'max-desk:-order-1';

/**
 * Narrows the rows with one press: to kinds of messages, by the expressions of the queue, to the value that was picked. It is
 * one line at any width and scrolls: a second line, come with the details pane, would move the rows.
 */
function FilterChips() {
  const { isOn, toggle, picked, narrow } = useRowFilter();
  const { all } = useRows();
  const threshold = usePreference('poisonThreshold');
  const leased = useMemo(() => howMany(all, ({ lease }) => lease !== undefined), [all]);
  const poison = useMemo(() => howMany(all, (row) => isPoison(row, threshold)), [all, threshold]);
  const expiring = useServiceNowAs((now) => expiringIn(all, now));
  const kinds = [
    { only: 'leased', tone: 'leased', label: 'Leased', number: leased },
    { only: 'poison', tone: 'danger', label: `${threshold}+ dequeues`, number: poison },
    { only: 'expiring', tone: 'warn', label: 'Expiring', number: expiring },
  ] as const;
  return (
    <div className="-my-1 flex min-h-9 min-w-0 flex-auto items-center gap-1.5 overflow-x-auto py-1 pr-4 pl-px [mask-image:linear-gradient(to_left,transparent,#000_1rem)] [scrollbar-width:none] max-desk:min-w-30 max-desk:flex-initial">
      {kinds.map(({ only, tone, label, number }) => (
        <Chip
          key={only}
          tone={tone}
          pressed={isOn(only)}
          count={number}
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
          <bdi>{withoutTurns(name)}</bdi>
        </span>
      </Chip>
    );
  });
}
