import { Search, X } from 'lucide-react';
import { lazy, type Ref, Suspense } from 'react';
import { type SearchTool, viewActions } from '@/actions/message-actions';
import { shownKey } from '@/actions/use-actions';
import { IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { cx } from '@/ui/format/cx';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';
import { FilterChips } from './filter-chips';
import { SearchTools } from './filter-tools';

// Loaded when they are needed.
const SearchTroubles = lazy(async () => ({ default: (await import('./search-problems')).SearchTroubles }));
const ColumnsDialog = lazy(async () => ({ default: (await import('../list/columns-dialog')).ColumnsDialog }));
const FilterProblems = lazy(async () => ({ default: (await import('./filter-problems')).FilterProblems }));

type FilterBarProps = {
  field: Ref<HTMLInputElement>;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
  onRefresh: () => void;
  /** Begins to select messages on phones, where rows have no checkbox until then. */
  onSelect: () => void;
};

/** Narrows what is loaded, chooses columns, refreshes. On phones it is one line: the chips scroll, the tools are a menu. */
export function FilterBar({ field, tool, onTool, onRefresh, onSelect }: FilterBarProps) {
  const { troubles, failure, progress } = useSearchResults();
  return (
    <>
      <div className="flex min-h-11 flex-none items-start gap-1.5 py-2 pr-2 pl-4 max-desk:min-h-14 max-desk:px-3">
        <FilterField field={field} />
        <FilterChips />
        <SearchTools tool={tool} onTool={onTool} onRefresh={onRefresh} onSelect={onSelect} />
      </div>
      <Suspense>
        {(troubles.length > 0 || failure || progress !== undefined) && (
          <SearchTroubles onEdit={() => onTool('expression')} />
        )}
        {tool === 'columns' && <ColumnsDialog onClose={() => onTool(undefined)} />}
      </Suspense>
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
        'relative flex min-w-40 flex-[0_999_18.25rem] max-desk:flex-[1_0_8.5rem]',
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
        placeholder="Filter messages, try deq:>=5"
        value={filter}
        onChange={(event) => narrow({ filter: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !filter) return;
          event.stopPropagation();
          clear();
        }}
        after={filter && <IconButton size="sm" label="Clear filter" icon={<X />} onClick={clear} />}
        className="min-w-0 flex-1"
      />
      <Suspense>{isWrong && <FilterProblems id="filter-problems" text={filter} problems={problems} />}</Suspense>
    </span>
  );
}
