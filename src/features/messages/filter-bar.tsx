import { Columns3, RefreshCw, Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { setPreference, usePreference } from '@/state/preferences';
import { IconButton } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { TextInput } from '@/ui/field';
import { Menu } from '@/ui/menu';
import { Spinner } from '@/ui/skeleton';
import { OPTIONAL_COLUMNS } from './optional-columns';
import type { MessageRowsModel } from './use-message-rows';

type FilterBarProps = { field: Ref<HTMLInputElement>; model: MessageRowsModel };

/** Narrows what is loaded, chooses columns, looks again. */
export function FilterBar({ field, model }: FilterBarProps) {
  const { filter, setFilter: onFilter, counts } = model;
  const threshold = usePreference('poisonThreshold');
  return (
    <div className="flex min-h-11 flex-none flex-wrap items-center gap-1.5 py-1.5 pr-2 pl-4 max-desk:min-h-14 max-desk:px-3 max-desk:py-2">
      <TextInput
        ref={field}
        soft
        icon={<Search className="size-3.5" />}
        kbd={filter.text ? undefined : '/'}
        aria-label="Filter messages"
        aria-keyshortcuts="/"
        placeholder="Filter messages"
        value={filter.text}
        onChange={(event) => onFilter({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !filter.text) return;
          event.stopPropagation();
          onFilter({ text: '' });
        }}
        after={
          filter.text && (
            <IconButton size="sm" label="Clear filter" icon={<X />} onClick={() => onFilter({ text: '' })} />
          )
        }
        className="max-w-73 flex-[1_1_112px] max-desk:max-w-none"
      />
      <Chip tone="leased" pressed={filter.leased} count={counts.leased} onChange={(leased) => onFilter({ leased })}>
        Leased
      </Chip>
      <Chip tone="danger" pressed={filter.poison} count={counts.poison} onChange={(poison) => onFilter({ poison })}>
        {threshold}+ dequeues
      </Chip>
      <Chip
        tone="warn"
        pressed={filter.expiring}
        count={counts.expiring}
        className="max-desk:hidden"
        onChange={(expiring) => onFilter({ expiring })}
      >
        Expiring
      </Chip>
      <span className="ml-auto flex items-center gap-1.5 max-desk:hidden">
        <ColumnChooser />
        <IconButton
          label="Refresh"
          keys="R"
          icon={model.peek.isFetching ? <Spinner /> : <RefreshCw />}
          onClick={model.refresh}
        />
      </span>
    </div>
  );
}

function ColumnChooser() {
  const hidden = usePreference('hiddenColumns');
  return (
    <Menu
      trigger={<IconButton label="Choose columns" icon={<Columns3 />} />}
      items={OPTIONAL_COLUMNS.map(({ id, label }) => ({
        label,
        checked: !hidden.includes(id),
        onSelect: () =>
          setPreference('hiddenColumns', hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]),
      }))}
    />
  );
}
