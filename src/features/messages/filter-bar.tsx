import { Braces, ChartBarDecreasing, Columns3, RefreshCw, Search, X } from 'lucide-react';
import { lazy, type ReactNode, type Ref, Suspense, useState } from 'react';
import { setPreference, usePreference } from '@/state/preferences';
import { setQueueView, useQueueView } from '@/state/queue-views';
import { IconButton } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { TextInput } from '@/ui/field';
import { Menu } from '@/ui/menu';
import { Spinner } from '@/ui/skeleton';
import { OPTIONAL_COLUMNS } from './optional-columns';
import type { MessageRowsModel } from './use-message-rows';

// None of these is needed until it is asked for.
const FilterProblems = lazy(async () => ({ default: (await import('./filter-problems')).FilterProblems }));
const SearchTroubles = lazy(async () => ({ default: (await import('./search-troubles')).SearchTroubles }));
const ExpressionPopover = lazy(async () => ({ default: (await import('./expression-popover')).ExpressionPopover }));
const GroupPopover = lazy(async () => ({ default: (await import('./group-popover')).GroupPopover }));
const ColumnsDialog = lazy(async () => ({ default: (await import('./columns-dialog')).ColumnsDialog }));

export type QueuePlace = { connection: string; queue: string };
/** Ways to look that open beside the filter. */
export type SearchTool = 'expression' | 'group' | 'columns';
type FilterBarProps = QueuePlace & {
  field: Ref<HTMLInputElement>;
  model: MessageRowsModel;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
};

/** Narrows what is loaded, chooses columns, looks again. */
export function FilterBar({ connection, queue, field, model, tool, onTool }: FilterBarProps) {
  const { filter, setFilter: onFilter, counts, search } = model;
  const threshold = usePreference('poisonThreshold');
  const close = () => onTool(undefined);
  const at = { connection, queue };
  const isWrong = search.problems.length > 0;
  return (
    <>
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-1.5 py-1.5 pr-2 pl-4 max-desk:min-h-14 max-desk:px-3 max-desk:py-2">
        <span className="relative flex w-73 min-w-28 flex-[0_1_auto] max-desk:flex-1">
          <TextInput
            ref={field}
            soft
            icon={<Search className="size-3.5" />}
            kbd={filter.text ? undefined : '/'}
            aria-label="Filter messages"
            aria-keyshortcuts="/"
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong ? 'filter-problems' : undefined}
            placeholder="Filter messages, try deq:>=5"
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
            className="flex-1"
          />
          <Suspense>
            {isWrong && <FilterProblems id="filter-problems" text={filter.text} problems={search.problems} />}
          </Suspense>
        </span>
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
        <ExpressionChips {...at} model={model} />
        {model.picked && (
          <Chip pressed onChange={() => model.setPicked(undefined)}>
            <span className="max-w-48 truncate">{model.picked.label}</span>
            <X aria-hidden="true" className="size-3" />
          </Chip>
        )}
        <span className="flex-1 max-desk:hidden" />
        <Tool
          label="Filter by expression"
          icon={<Braces />}
          isOpen={tool === 'expression'}
          onOpen={(open) => onTool(open ? 'expression' : undefined)}
        >
          {(anchor) => <ExpressionPopover {...at} anchor={anchor} model={model} onClose={close} />}
        </Tool>
        <Tool
          label="Count by a column"
          icon={<ChartBarDecreasing />}
          isOpen={tool === 'group'}
          onOpen={(open) => onTool(open ? 'group' : undefined)}
        >
          {(anchor) => <GroupPopover {...at} anchor={anchor} model={model} onClose={close} />}
        </Tool>
        <ColumnChooser {...at} onEdit={() => onTool('columns')} />
        <span className="max-desk:hidden">
          <IconButton
            label="Refresh"
            keys="R"
            icon={model.peek.isFetching ? <Spinner /> : <RefreshCw />}
            onClick={model.refresh}
          />
        </span>
      </div>
      <Suspense>
        {(search.troubles.length > 0 || search.failure || search.progress !== undefined) && (
          <SearchTroubles model={model} onEdit={() => onTool('expression')} />
        )}
        {tool === 'columns' && <ColumnsDialog {...at} model={model} onClose={close} />}
      </Suspense>
    </>
  );
}

/** The queue's named expressions, and those that are on without a name. */
function ExpressionChips({ connection, queue, model }: QueuePlace & { model: MessageRowsModel }) {
  const saved = useQueueView(connection, queue).expressions;
  const { expressions: on, setExpressions, search } = model;
  const unnamed = on.filter((source) => !saved.some((one) => one.source === source));
  return [...saved, ...unnamed.map((source) => ({ name: source, source }))].map(({ name, source }) => {
    const isOn = on.includes(source);
    return (
      <Chip
        key={source}
        pressed={isOn}
        count={isOn ? search.counts.find(({ expression }) => expression === source)?.count : undefined}
        onChange={(pressed) => setExpressions(pressed ? [...on, source] : on.filter((one) => one !== source))}
      >
        <Braces aria-hidden="true" className="size-3 text-text-3" />
        <span className="max-w-40 truncate" title={source}>
          {name}
        </span>
      </Chip>
    );
  });
}

type ToolProps = {
  label: string;
  icon: ReactNode;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  children: (anchor: HTMLButtonElement | null) => ReactNode;
};

/** A button with something beside it while it is open. */
function Tool({ label, icon, isOpen, onOpen, children }: ToolProps) {
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  return (
    <>
      <IconButton
        ref={setButton}
        label={label}
        icon={icon}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="aria-expanded:bg-active"
        onClick={() => onOpen(!isOpen)}
      />
      <Suspense>{isOpen && children(button)}</Suspense>
    </>
  );
}

function ColumnChooser({ connection, queue, onEdit }: QueuePlace & { onEdit: () => void }) {
  const hidden = usePreference('hiddenColumns');
  const { paths } = useQueueView(connection, queue);
  return (
    <Menu
      trigger={<IconButton label="Choose columns" icon={<Columns3 />} />}
      items={[
        ...OPTIONAL_COLUMNS.map(({ id, label }) => ({
          label,
          checked: !hidden.includes(id),
          onSelect: () =>
            setPreference('hiddenColumns', hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]),
        })),
        ...(paths.length > 0 ? ['separator' as const] : []),
        ...paths.map((path) => ({
          label: path,
          checked: true,
          onSelect: () => setQueueView(connection, queue, { paths: paths.filter((one) => one !== path) }),
        })),
        'separator',
        { label: 'Columns from the body', onSelect: onEdit },
      ]}
    />
  );
}
