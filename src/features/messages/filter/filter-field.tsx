import { Search, X } from 'lucide-react';
import { lazy, type Ref, Suspense } from 'react';
import { IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { cx } from '@/ui/format/cx';
import type { MessageRowsModel } from '../rows/use-message-rows';

const FilterProblems = lazy(async () => ({ default: (await import('./filter-problems')).FilterProblems }));

/** Words and fields that messages must have; what it cannot read it marks below itself. */
export function FilterField({ field, model }: { field: Ref<HTMLInputElement>; model: MessageRowsModel }) {
  const { filter, narrow, search } = model;
  const isWrong = search.problems.length > 0;
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
        kbd={filter ? undefined : '/'}
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
      <Suspense>{isWrong && <FilterProblems id="filter-problems" text={filter} problems={search.problems} />}</Suspense>
    </span>
  );
}
