import {
  ArrowDownUp,
  Braces,
  ChartBarDecreasing,
  Columns3,
  ListChecks,
  RefreshCw,
  SlidersHorizontal,
} from 'lucide-react';
import { type Ref, useState } from 'react';
import { shownKey } from '@/actions/action';
import type { MessageSubject, SearchTool } from '@/actions/message-actions';
import { refreshActions } from '@/actions/queue-actions';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { useIsPhone } from '@/ui/browser/use-media';
import { IconButton } from '@/ui/controls/button';
import { Spinner } from '@/ui/feedback/skeleton';
import { Menu } from '@/ui/overlay/menu';
import { quietPart } from '@/ui/parts/lazy-part';
import { isolated } from '@/words/isolate';
import { OPTIONAL_COLUMNS } from '../list/column-labels';
import { useRows } from '../rows/use-queue-rows';

// Loaded when they are opened.
const SortPopover = quietPart(async () => (await import('./sort-popover')).SortPopover, { shape: 'dialog' });
const ExpressionPopover = quietPart(async () => (await import('./expression-popover')).ExpressionPopover, {
  shape: 'dialog',
});
const GroupPopover = quietPart(async () => (await import('./group-popover')).GroupPopover, { shape: 'dialog' });

type SearchToolsProps = {
  on: MessageSubject;
  onSelectRows: (ids: ReadonlySet<string>) => void;
  tool: SearchTool | undefined;
  onTool: (tool: SearchTool | undefined) => void;
  onRefresh: () => void;
  onSelect: () => void;
};

/** The search tools, each of which opens beside its button; on phones one menu. */
export function SearchTools({ on, onSelectRows, tool, onTool, onRefresh, onSelect }: SearchToolsProps) {
  const { peek } = useRows();
  const isPhone = useIsPhone();
  const [expression, setExpression] = useState<HTMLButtonElement | null>(null);
  const [group, setGroup] = useState<HTMLButtonElement | null>(null);
  /** The anchor of a tool without a button, such as one opened from the palette. */
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
            keys={shownKey(refreshActions.refresh)}
            icon={peek.isFetching ? <Spinner /> : <RefreshCw />}
            onClick={onRefresh}
          />
        </>
      )}
      {tool === 'sort' && <SortPopover {...beside} />}
      {tool === 'expression' && <ExpressionPopover {...beside} />}
      {tool === 'group' && <GroupPopover {...beside} on={on} onSelect={onSelectRows} />}
    </div>
  );
}

/** Chooses columns: the fixed ones for every queue, those of paths for this one. */
function ColumnChooser({ ref, onEdit }: { ref: Ref<HTMLButtonElement>; onEdit: () => void }) {
  const { connectionId, queue } = useRows();
  const hidden = usePreference('hiddenColumns');
  const { paths } = useQueueView(connectionId, queue);
  return (
    <Menu
      trigger={<IconButton ref={ref} label="Choose columns" icon={<Columns3 />} />}
      items={[
        ...OPTIONAL_COLUMNS.map(({ id, label }) => ({
          label,
          checked: !hidden.includes(id),
          onSelect: () =>
            setPreference('hiddenColumns', hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]),
        })),
        ...(paths.length > 0 ? ['separator' as const] : []),
        ...paths.map((path) => ({
          label: isolated(path),
          checked: true,
          onSelect: () => setQueueView(connectionId, queue, { paths: paths.filter((one) => one !== path) }),
        })),
        'separator',
        { label: 'Columns from the body', onSelect: onEdit },
      ]}
    />
  );
}
