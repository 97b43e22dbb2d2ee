import {
  ArrowDownUp,
  Braces,
  ChartBarDecreasing,
  Columns3,
  ListChecks,
  RefreshCw,
  SlidersHorizontal,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { QueueRef } from '@/messages/record';
import { useIsPhone } from '@/ui/browser/use-media';
import { IconButton } from '@/ui/controls/button';
import { Spinner } from '@/ui/feedback/skeleton';
import { Menu } from '@/ui/overlay/menu';
import { ColumnChooser } from '../list/column-chooser';
import type { MessageRowsModel } from '../rows/use-message-rows';
import type { SearchTool } from '../shared/search-tool';

// None of these is needed until it is asked for.
const SortPopover = lazy(async () => ({ default: (await import('./sort-popover')).SortPopover }));
const ExpressionPopover = lazy(async () => ({ default: (await import('./expression-popover')).ExpressionPopover }));
const GroupPopover = lazy(async () => ({ default: (await import('./group-popover')).GroupPopover }));

type SearchToolsProps = QueueRef & {
  model: MessageRowsModel;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
  onSelect: () => void;
};

/** More ways to look, each of which opens beside its button; on phones one menu of them all. */
export function SearchTools({ connectionId, queue, model, tool, onTool, onSelect }: SearchToolsProps) {
  const isPhone = useIsPhone();
  const [expression, setExpression] = useState<HTMLButtonElement | null>(null);
  const [group, setGroup] = useState<HTMLButtonElement | null>(null);
  /** What is open from elsewhere, such as by its command, hangs here. */
  const [last, setLast] = useState<HTMLButtonElement | null>(null);
  const anchor = (tool === 'expression' ? expression : tool === 'group' ? group : undefined) ?? last;
  const beside = { connectionId, queue, model, anchor, onClose: () => onTool(undefined) };
  return (
    <div className="flex min-h-7 flex-none items-center gap-1.5">
      {isPhone ? (
        <Menu
          trigger={<IconButton ref={setLast} label="More ways to look" icon={<SlidersHorizontal />} />}
          items={[
            { label: 'Sort', icon: <ArrowDownUp />, onSelect: () => onTool('sort') },
            { label: 'Filter by expression', icon: <Braces />, onSelect: () => onTool('expression') },
            { label: 'Count by a column', icon: <ChartBarDecreasing />, onSelect: () => onTool('group') },
            { label: 'Columns from the body', icon: <Columns3 />, onSelect: () => onTool('columns') },
            'separator',
            { label: 'Select messages', icon: <ListChecks />, onSelect: onSelect },
          ]}
        />
      ) : (
        <>
          <IconButton
            ref={setExpression}
            label="Filter by expression"
            icon={<Braces />}
            aria-haspopup="dialog"
            aria-expanded={tool === 'expression'}
            className="aria-expanded:bg-active"
            onClick={() => onTool(tool === 'expression' ? undefined : 'expression')}
          />
          <IconButton
            ref={setGroup}
            label="Count by a column"
            icon={<ChartBarDecreasing />}
            aria-haspopup="dialog"
            aria-expanded={tool === 'group'}
            className="aria-expanded:bg-active"
            onClick={() => onTool(tool === 'group' ? undefined : 'group')}
          />
          <ColumnChooser ref={setLast} connectionId={connectionId} queue={queue} onEdit={() => onTool('columns')} />
          <IconButton
            label="Refresh"
            keys="R"
            icon={model.peek.isFetching ? <Spinner /> : <RefreshCw />}
            onClick={model.refresh}
          />
        </>
      )}
      <Suspense>
        {tool === 'sort' && <SortPopover {...beside} />}
        {tool === 'expression' && <ExpressionPopover {...beside} />}
        {tool === 'group' && <GroupPopover {...beside} />}
      </Suspense>
    </div>
  );
}
