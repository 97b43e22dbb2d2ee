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
import type { SearchTool } from '@/actions/message-actions';
import { useIsPhone } from '@/ui/browser/use-media';
import { IconButton } from '@/ui/controls/button';
import { Spinner } from '@/ui/feedback/skeleton';
import { Menu } from '@/ui/overlay/menu';
import { ColumnChooser } from '../list/column-chooser';
import { useRows } from '../rows/use-queue-rows';

// None of these is needed until it is asked for.
const SortPopover = lazy(async () => ({ default: (await import('./sort-popover')).SortPopover }));
const ExpressionPopover = lazy(async () => ({ default: (await import('./expression-popover')).ExpressionPopover }));
const GroupPopover = lazy(async () => ({ default: (await import('./group-popover')).GroupPopover }));

type SearchToolsProps = {
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
  onRefresh: () => void;
  onSelect: () => void;
};

/** More ways to look, each of which opens beside its button; on phones one menu of them all. */
export function SearchTools({ tool, onTool, onRefresh, onSelect }: SearchToolsProps) {
  const { peek } = useRows();
  const isPhone = useIsPhone();
  const [expression, setExpression] = useState<HTMLButtonElement | null>(null);
  const [group, setGroup] = useState<HTMLButtonElement | null>(null);
  /** What is open from elsewhere, such as by its command, hangs here. */
  const [last, setLast] = useState<HTMLButtonElement | null>(null);
  const anchor = (tool === 'expression' ? expression : tool === 'group' ? group : undefined) ?? last;
  const beside = { anchor, onClose: () => onTool(undefined) };
  const tools = [
    { name: 'expression', label: 'Filter by expression', icon: <Braces />, ref: setExpression },
    { name: 'group', label: 'Count by a column', icon: <ChartBarDecreasing />, ref: setGroup },
  ] as const;
  return (
    <div className="flex min-h-7 flex-none items-center gap-1.5">
      {isPhone ? (
        <Menu
          trigger={<IconButton ref={setLast} label="More ways to look" icon={<SlidersHorizontal />} />}
          items={[
            { label: 'Sort', icon: <ArrowDownUp />, onSelect: () => onTool('sort') },
            ...tools.map(({ name, label, icon }) => ({ label, icon, onSelect: () => onTool(name) })),
            { label: 'Columns from the body', icon: <Columns3 />, onSelect: () => onTool('columns') },
            'separator',
            { label: 'Select messages', icon: <ListChecks />, onSelect: onSelect },
          ]}
        />
      ) : (
        <>
          {tools.map(({ name, label, icon, ref }) => (
            <IconButton
              key={name}
              ref={ref}
              label={label}
              icon={icon}
              aria-haspopup="dialog"
              aria-expanded={tool === name}
              className="aria-expanded:bg-active"
              onClick={() => onTool(tool === name ? undefined : name)}
            />
          ))}
          <ColumnChooser ref={setLast} onEdit={() => onTool('columns')} />
          <IconButton
            label="Refresh"
            keys="R"
            icon={peek.isFetching ? <Spinner /> : <RefreshCw />}
            onClick={onRefresh}
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
