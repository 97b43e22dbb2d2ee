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
    <div className="flex h-11 flex-none items-center gap-1.5 pr-2 pl-4 max-desk:h-auto max-desk:min-h-14 max-desk:flex-wrap max-desk:px-3 max-desk:py-2">
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
        className="w-73 min-w-28 flex-[0_1_auto] max-desk:flex-1"
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
      <span className="flex-1 max-desk:hidden" />
      <span className="flex items-center gap-1.5 max-desk:hidden">
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
