import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  ArrowDownUp,
  Braces,
  ChartBarDecreasing,
  ChartPie,
  ChevronDown,
  Columns3,
  Ellipsis,
  Layers,
  ListChecks,
  LockKeyhole,
  Search,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { availability, type Subject, textOf, useMenuItems } from '@/actions/action';
import { ActionIconButton } from '@/actions/action-button';
import type { MessageSubject, SearchTool } from '@/actions/message-actions';
import { QUEUE_MENU, readActions } from '@/actions/queue-actions';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { useLiveInterval } from '@/queries/live';
import { queueProperties } from '@/queries/queues';
import { useEnvironment } from '@/state/connections/environments';
import { useIsReadOnly } from '@/state/connections/read-only';
import { isEnded, useJobs } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import type { Mode } from '@/state/navigation/route';
import { useDenialReason } from '@/state/permissions/permissions';
import { usePreference } from '@/state/settings/preferences';
import { useMedia } from '@/ui/browser/use-media';
import { Dot, EnvironmentBadge } from '@/ui/controls/badge';
import { Button, IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { DIALOG, lazyPart } from '@/ui/parts/lazy-part';
import { count, counted } from '@/words/counts';
import { LiveNote, useSpokenCount } from './queue-count';
import { useCountParts } from './use-count-parts';

const CountPopover = lazyPart(async () => (await import('./count-popover')).CountPopover, DIALOG);

const MODES: readonly Mode[] = ['peek', 'receive', 'browse'];

/** So much sooner than the name of the queue that this does not lose a part of a pixel meanwhile. */
const SHRINKS_FIRST = { flexShrink: 1e6 };

type ShortHeaderProps = {
  on: MessageSubject;
  mode: Mode;
  leading: ReactNode;
  /** What is wrong with the connection. */
  sign: ReactNode;
  /** A filter that is on, and what it leaves of the loaded messages. */
  narrowed: Pick<Subject, 'shown' | 'filter'> | undefined;
  /** Messages are selected, or a filter is on. */
  isPartMeant: boolean;
  isFilterShown: boolean;
  onFilter: (isShown: boolean) => void;
  onTool: (tool: SearchTool) => void;
  /** Begins to select messages, where rows have no checkbox until then. */
  onSelect: () => void;
};

/** The one sticky line of a short window. What has no room in it is in its menus. */
export default function ShortHeader(props: ShortHeaderProps) {
  const { on, mode, leading, sign, isPartMeant, isFilterShown, onFilter } = props;
  const { connectionId, queue, account } = on;
  const whole = { connectionId, queue };
  useDenialReason(connectionId, queue);
  const refetchInterval = useLiveInterval(connectionId);
  const { data } = useQuery({ ...queueProperties(account, queue), refetchInterval });
  const approximate = data?.approximateMessageCount;
  useSpokenCount(queue, refetchInterval === false ? undefined : approximate);
  const isReadOnly = useIsReadOnly(connectionId);
  const isNarrow = useMedia('(width <= 480px)');
  const isPoison = poisonParent(queue) !== undefined;
  const about = approximate === undefined ? '' : `, about ${counted(approximate, 'message')}`;
  return (
    <header className="sticky top-0 z-20 flex h-11 items-center gap-1 border-b border-line bg-canvas px-2 max-line:gap-0 max-line:px-1">
      {leading}
      <h1 className="flex min-w-0 flex-auto text-15 font-semibold">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={`Queue ${queue}${about}. Change queue`}
          className="flex h-9 min-w-0 items-center gap-1.5 rounded-6 px-1 hover:bg-hover max-line:flex-1"
          onClick={() => openDialog({ kind: 'chooseQueue', connectionId })}
        >
          <span className="min-w-0 truncate max-line:line-clamp-2 max-line:text-left max-line:text-13 max-line:leading-4 max-line:[overflow-wrap:anywhere] max-line:whitespace-normal">
            {queue}
          </span>
          {approximate !== undefined && (
            <span className="truncate text-12 font-normal text-text-3 max-line:hidden" style={SHRINKS_FIRST}>
              ≈ {count(approximate)}
              <LiveNote />
            </span>
          )}
          <ChevronDown className="size-3.5 flex-none text-text-3 max-line:ml-auto" />
        </button>
      </h1>
      {sign}
      {isReadOnly && (
        <LockKeyhole role="img" aria-hidden={false} aria-label="Read-only" className="size-3.5 flex-none text-text-3" />
      )}
      <EnvironmentBadge environment={useEnvironment(connectionId)} className="mx-1 flex-none" />
      <Menu
        trigger={
          <Button
            aria-label={`How to read messages, ${textOf(readActions[mode].label, whole)}`}
            className="h-9! gap-1 font-semibold max-line:mx-0.5 max-line:px-2!"
          >
            {mode === 'browse' && isNarrow ? 'Browse' : textOf(readActions[mode].label, whole)}
            <ChevronDown className="size-3.5" />
          </Button>
        }
        items={MODES.map((one) => ({
          label: textOf(readActions[one].label, whole),
          checked: one === mode,
          keys: readActions[one].keys?.[0],
          reason: one === mode ? undefined : availability(readActions[one], whole).reason,
          onSelect: () => readActions[one].run?.(whole, []),
        }))}
      />
      <IconButton
        label="Filter messages"
        icon={<Search />}
        aria-expanded={isFilterShown}
        className="size-9! aria-expanded:bg-active max-[350px]:hidden"
        onClick={() => onFilter(!isFilterShown)}
      />
      <More {...props} approximate={approximate} />
      <ActionIconButton
        action={readActions.add}
        on={whole}
        variant={isPoison || isPartMeant ? 'default' : 'primary'}
        hasKey={false}
        className="ml-1 h-9! w-10! max-line:hidden"
      />
    </header>
  );
}

/** What has no room in the line: looks, jobs, and what is done to the queue as a whole. */
function More({
  on,
  narrowed,
  isFilterShown,
  onFilter,
  onTool,
  onSelect,
  approximate,
}: ShortHeaderProps & { approximate: number | undefined }) {
  const { connectionId, queue, account } = on;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isCountOpen, setIsCountOpen] = useState(false);
  const asked = usePreference('peekCount');
  const parts = useCountParts({ account, queue, approximate }, asked);
  const isNarrow = useMedia('(width <= 480px)');
  const isNarrowest = useMedia('(width <= 350px)');
  const running = useJobs().filter(({ job }) => !isEnded(job)).length;
  // The menu shows whether it is on.
  usePreference('live');
  const whole = { connectionId, queue, account, client: useQueryClient(), ...narrowed };
  const looks: MenuItem[] = [
    ...(isNarrowest ? [{ label: 'Filter messages', icon: <Search />, onSelect: () => onFilter(!isFilterShown) }] : []),
    { label: 'Sort', icon: <ArrowDownUp />, onSelect: () => onTool('sort') },
    { label: 'Filter by expression', icon: <Braces />, onSelect: () => onTool('expression') },
    { label: 'Count by a column', icon: <ChartBarDecreasing />, onSelect: () => onTool('group') },
    { label: 'Columns from the body', icon: <Columns3 />, onSelect: () => onTool('columns') },
    ...(isNarrow ? [{ label: 'Select messages', icon: <ListChecks />, onSelect }] : []),
    { label: 'What the count is made of', icon: <ChartPie />, onSelect: () => setIsCountOpen(true) },
  ];
  const jobs: MenuItem = {
    label: running > 0 ? `Jobs, ${count(running)} running` : 'Jobs',
    icon: <Layers />,
    onSelect: () => openDialog({ kind: 'jobs' }),
  };
  const ofQueue = useMenuItems(QUEUE_MENU, whole);
  const add = useMenuItems(isNarrow ? [readActions.add] : [], whole);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            ref={setAnchor}
            label="More: refresh, columns, jobs, import, export"
            icon={
              <>
                <Ellipsis />
                {running > 0 && (
                  <span className="absolute top-1 right-1 flex">
                    <Dot tone="accent" />
                  </span>
                )}
              </>
            }
            aria-description={running > 0 ? `${counted(running, 'job')} running` : undefined}
            className="relative size-9!"
          />
        }
        items={[...add, ...looks, 'separator', jobs, 'separator', ...ofQueue]}
      />
      {isCountOpen && (
        <CountPopover anchor={anchor} parts={parts} asked={asked} onClose={() => setIsCountOpen(false)} />
      )}
    </>
  );
}
