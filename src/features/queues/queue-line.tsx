import { useQuery } from '@tanstack/react-query';
import { Ellipsis, OctagonAlert } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type RefObject, useRef, useState } from 'react';
import { useMenuItems } from '@/actions/action';
import { QUEUE_LINE_MENU } from '@/actions/queue-actions';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { queueProperties } from '@/queries/queues';
import { trendOf, useCountSamples } from '@/state/activity/queue-counts';
import { queueRoute, routeHref } from '@/state/navigation/route';
import { IconButton } from '@/ui/controls/button';
import { Spoken } from '@/ui/controls/spoken';
import { Sparkline } from '@/ui/feedback/sparkline';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { count as countText } from '@/words/counts';
import type { QueueRow } from './arrange-queues';
import { queueLabel } from './count-words';

type QueueLineProps = {
  account: Account;
  row: QueueRow;
  isCurrent: boolean;
  /** Whether this line is the tab stop of the list, which arrow keys move. */
  isTabStop: boolean;
  onFocus: () => void;
  onOpen: (() => void) | undefined;
  interval: number | false;
  /** No counts are requested while scrolling. */
  isScrolling: boolean;
};

/** A queue: a link with its name, trend and count, and a menu for hover, focus and right click. */
export function QueueLine({
  account,
  row,
  isCurrent,
  isTabStop,
  onFocus,
  onOpen,
  interval,
  isScrolling,
}: QueueLineProps) {
  'use memo';
  const { name, isPoison, parent } = row;
  const { count, unknown } = useQueueCount(account, name, { interval, isAsked: !isScrolling });
  const menu = useRef<HTMLButtonElement>(null);
  // A menu in each row slows scrolling, so it is made on hover or focus.
  const [isNear, setIsNear] = useState(false);
  const isAlarming = isPoison && count !== undefined && count > 0;

  function openMenu(event: MouseEvent | KeyboardEvent) {
    event.preventDefault();
    if (menu.current?.getAttribute('aria-expanded') !== 'true') menu.current?.click();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event);
  }

  return (
    <div
      // It has no role of its own: it prepares the menu and passes a right click to it.
      role="presentation"
      className="group relative h-full min-w-0 flex-1"
      onPointerEnter={() => setIsNear(true)}
      onFocus={() => setIsNear(true)}
      onContextMenu={openMenu}
      onKeyDown={onKeyDown}
    >
      <a
        href={routeHref(queueRoute(account.id, name))}
        aria-current={isCurrent ? 'page' : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={onOpen}
        className={cx(
          'flex h-full items-center gap-1.5 rounded-6 px-2 no-underline -outline-offset-2! max-desk:px-3 max-desk:text-15',
          parent !== undefined && 'pl-6 text-12 max-desk:pl-9 max-desk:text-13',
          isCurrent
            ? 'bg-selected font-semibold forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-[Highlight]'
            : 'hover:bg-hover',
          isAlarming ? 'text-danger' : isCurrent ? 'text-text' : 'text-text-2',
        )}
      >
        <Spoken as={queueLabel(row, unknown ? 'unknown' : count)}>
          {parent !== undefined && <Elbow />}
          {isPoison && <OctagonAlert className="size-3.5 flex-none" />}
          <QueueName name={name} />
          {/* What the name leaves: a trend without room for it is on a second line, which is cut off. */}
          <span className="flex h-3.5 min-w-0 flex-1 flex-wrap justify-end overflow-hidden group-focus-within:invisible group-hover:invisible group-has-data-popup-open:invisible before:h-full before:content-[''] max-desk:visible!">
            <Trend account={account} queue={name} tone={isAlarming ? 'danger' : isCurrent ? 'accent' : 'neutral'} />
          </span>
          <span
            title={unknown}
            className={cx(
              'w-10.5 flex-none text-right text-12 max-desk:text-13',
              !isAlarming && (count === 0 || unknown ? 'text-text-3' : isCurrent ? 'text-text' : 'text-text-2'),
            )}
          >
            {unknown ? '?' : count !== undefined && countText(count)}
          </span>
        </Spoken>
      </a>
      {isNear && (
        <span className="absolute inset-y-0.5 right-14 flex items-center rounded-6 bg-hover opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-popup-open:opacity-100 max-desk:hidden">
          <LineMenu connectionId={account.id} queue={name} button={menu} isTabStop={isTabStop} />
        </span>
      )}
    </div>
  );
}

/** What is known of a queue's count: the number, why it is unknown, or neither while it is being asked for. */
type QueueCount = { count: number | undefined; unknown: string | undefined };

const HIDDEN =
  'Count unknown: the CORS rules of this account do not expose the header x-ms-approximate-messages-count to this page.';

type Asking = {
  /** Milliseconds between two requests. */
  interval: number | false;
  /** False sends no request, and shows the last known count. */
  isAsked: boolean;
};

/** Polls the count of a queue while its row is on screen. */
function useQueueCount(account: Account, queue: string, { interval, isAsked }: Asking): QueueCount {
  const { data, error } = useQuery({
    ...queueProperties(account, queue),
    refetchInterval: interval,
    enabled: isAsked,
    // Draws anew for the count and its error alone.
    notifyOnChangeProps: ['data', 'error'],
  });
  if (data?.approximateMessageCount !== undefined) return { count: data.approximateMessageCount, unknown: undefined };
  if (data) return { count: undefined, unknown: HIDDEN };
  return { count: undefined, unknown: error ? unknownFor(error) : undefined };
}

function unknownFor(error: Error): string {
  const { code, reason } = describeError(error);
  return `Count unknown: ${code ?? reason}`;
}

type LineMenuProps = {
  connectionId: string;
  queue: string;
  button: RefObject<HTMLButtonElement | null>;
  isTabStop: boolean;
};

function LineMenu({ connectionId, queue, button, isTabStop }: LineMenuProps) {
  return (
    <Menu
      label={`Actions for ${queue}`}
      items={useMenuItems(QUEUE_LINE_MENU, { connectionId, queue })}
      trigger={
        <IconButton
          ref={button}
          size="sm"
          label={`Actions for ${queue}`}
          keys="Shift F10"
          icon={<Ellipsis />}
          tabIndex={isTabStop ? 0 : -1}
        />
      }
    />
  );
}

function Trend({ account, queue, tone }: { account: Account; queue: string; tone: 'neutral' | 'accent' | 'danger' }) {
  const samples = useCountSamples(account.id, queue);
  const values = trendOf(samples);
  return values && <Sparkline values={values} tone={tone} />;
}

/** Characters at the end of a long name that stay: by them a poison queue and its queue are told apart. */
const TAIL = 8;

/** The name of a queue, whole where it can be; else what is cut is in its middle. */
const QueueName = ({ name }: { name: string }) => (
  <span title={name} className="flex min-w-0">
    <span className="truncate">{name.slice(0, -TAIL)}</span>
    <span className="max-w-full flex-none truncate">{name.slice(-TAIL)}</span>
  </span>
);

/** The line from a queue to its poison queue. */
const Elbow = () => (
  <span
    aria-hidden="true"
    className="absolute -top-1 left-3.25 h-4.5 w-1.75 rounded-bl-4 border-b border-l border-line-control max-desk:left-4.5 max-desk:h-7"
  />
);
