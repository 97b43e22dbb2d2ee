import { lazy, type Ref, Suspense } from 'react';
import type { QueueRef } from '@/messages/record';
import type { MessageRowsModel } from '../rows/use-message-rows';
import type { SearchTool } from '../shared/search-tool';
import { FilterChips } from './filter-chips';
import { FilterField } from './filter-field';
import { SearchTools } from './filter-tools';

// Neither is needed until it is asked for.
const SearchTroubles = lazy(async () => ({ default: (await import('./search-problems')).SearchTroubles }));
const ColumnsDialog = lazy(async () => ({ default: (await import('../list/columns-dialog')).ColumnsDialog }));

type FilterBarProps = QueueRef & {
  field: Ref<HTMLInputElement>;
  model: MessageRowsModel;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
  /** On phones, where rows have no checkbox until then. */
  onSelect: () => void;
};

/** Narrows what is loaded, chooses columns, looks again. On phones it is one line: the chips scroll, the tools are a menu. */
export function FilterBar({ connectionId, queue, field, model, tool, onTool, onSelect }: FilterBarProps) {
  const { search } = model;
  const at = { connectionId, queue };
  return (
    <>
      <div className="flex min-h-11 flex-none items-start gap-1.5 py-2 pr-2 pl-4 max-desk:min-h-14 max-desk:px-3">
        <FilterField field={field} model={model} />
        <FilterChips {...at} model={model} />
        <SearchTools {...at} model={model} tool={tool} onTool={onTool} onSelect={onSelect} />
      </div>
      <Suspense>
        {(search.troubles.length > 0 || search.failure || search.progress !== undefined) && (
          <SearchTroubles model={model} onEdit={() => onTool('expression')} />
        )}
        {tool === 'columns' && <ColumnsDialog {...at} model={model} onClose={() => onTool(undefined)} />}
      </Suspense>
    </>
  );
}
