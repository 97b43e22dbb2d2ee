import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Ellipsis, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { availability, type Subject, textOf, useMenuItems } from '@/actions/action';
import { ActionButton, ActionIconButton } from '@/actions/action-button';
import { LiveControls } from '@/actions/live-controls';
import { changeMode, QUEUE_MENU, queueActions, readActions } from '@/actions/queue-actions';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import type { QueueRef } from '@/messages/record';
import { queueProperties } from '@/queries/queues';
import { useIsReadOnly } from '@/state/connections/read-only';
import { openDialog } from '@/state/navigation/open-dialog';
import type { ExplorerRoute, Mode } from '@/state/navigation/route';
import { useDenialReason } from '@/state/permissions/permissions';
import { usePreference } from '@/state/settings/preferences';
import { IconButton } from '@/ui/controls/button';
import { Segmented } from '@/ui/controls/segmented';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { count } from '@/words/counts';
import { QueueCount, QueueTrend } from './queue-count';

/**
 * A row of parts of which only those show that have room beside each other: the last ones go first. The name of the queue, by
 * which two queues are told apart, shrinks when nothing else can.
 */
const ONLY_WHAT_FITS =
  "h-9 min-w-0 flex-wrap content-start items-center gap-y-4 overflow-hidden p-1 before:h-full before:content-['']";
/** How much sooner than the name a part shrinks, by its turn: so much that the name does not lose a part of a pixel meanwhile. */
const TURNS = { first: { flexShrink: 1e10 }, second: { flexShrink: 1e8 }, third: { flexShrink: 1e6 } };

const MODES: readonly Mode[] = ['peek', 'receive', 'browse'];

type QueueHeaderProps = {
  route: ExplorerRoute;
  account: Account;
  queue: string;
  leading: ReactNode;
  /** How the connection is, where there is no status bar. */
  sign: ReactNode;
  /** A filter that is on, and what it leaves of the loaded messages. */
  narrowed: Pick<Subject, 'shown' | 'filter'> | undefined;
  /** Messages are selected, or a filter is on: what means the whole queue says so. */
  isPartMeant: boolean;
};

/** The queue's name, count and trend, how it is read, and what can be done to it as a whole. */
export function QueueHeader({ route, account, queue, leading, sign, narrowed, isPartMeant }: QueueHeaderProps) {
  const on = { connectionId: account.id, queue };
  useDenialReason(account.id, queue);
  const isReadOnly = useIsReadOnly(account.id);
  const modes = (
    <Segmented
      label="How to read messages"
      value={route.mode}
      onChange={(mode) => changeMode(on, mode)}
      options={MODES.map((mode) => {
        const { label, hint = '', keys = [] } = readActions[mode];
        return {
          value: mode,
          label: textOf(label, on),
          title: `${textOf(hint, on)} (${keys.join()})`,
          reason: mode === route.mode ? undefined : availability(readActions[mode], on).reason,
        };
      })}
      className="max-desk:flex max-desk:w-full max-desk:[&>*]:flex-1"
    />
  );
  return (
    <header className="@container flex-none border-b border-line max-desk:bg-canvas">
      <div className="flex h-13 items-center gap-3 pr-3 pl-4 @max-[820px]:gap-x-1.5 max-desk:h-15 max-desk:gap-2 max-desk:px-3">
        {leading}
        <div className="max-desk:min-w-0 max-desk:flex-1 desk:contents">
          <QueueName {...on} />
          <div className="flex items-center gap-1.5 desk:contents">
            {sign}
            {isReadOnly && (
              <LockKeyhole
                role="img"
                aria-hidden={false}
                aria-label="Read-only"
                className="size-3.5 flex-none text-text-3"
              />
            )}
            {/* On phones of the width that is left. */}
            <div className="min-w-16 flex-1 desk:contents">
              <QueueCount account={account} queue={queue} />
            </div>
          </div>
          <QueueTrend
            account={account}
            queue={queue}
            className={cx(ONLY_WHAT_FITS, 'max-desk:hidden')}
            style={TURNS.first}
          />
        </div>
        <span aria-hidden="true" className="h-5 w-px flex-none bg-line-strong @max-[820px]:hidden max-desk:hidden" />
        <LiveControls className={cx(ONLY_WHAT_FITS, 'max-desk:hidden')} style={{ ...TURNS.second, minWidth: 78 }} />
        <span className="flex-1 max-desk:hidden" />
        <span className="max-desk:hidden">{modes}</span>
        <span className="flex-1 max-desk:hidden" />
        <QueueButtons account={account} queue={queue} narrowed={narrowed} isPartMeant={isPartMeant} />
      </div>
      <div className="px-3 pb-2 desk:hidden">{modes}</div>
    </header>
  );
}

function QueueName({ connectionId, queue }: QueueRef) {
  return (
    <h1 className="flex min-w-16 text-18 font-semibold max-desk:text-15">
      <span className="truncate max-wide:hidden" title={queue}>
        {queue}
      </span>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Queue ${queue}. Change queue`}
        data-reach="up"
        className="flex min-h-6 min-w-0 items-center gap-1 rounded-6 hover:bg-hover wide:hidden"
        onClick={() => openDialog({ kind: 'chooseQueue', connectionId })}
      >
        <span className="truncate">{queue}</span>
        <ChevronDown className="size-3.5 flex-none text-text-2" />
      </button>
    </h1>
  );
}

type QueueButtonsProps = Pick<QueueHeaderProps, 'account' | 'queue' | 'narrowed' | 'isPartMeant'>;

/**
 * What is done to the queue as a whole. On a poison queue the first thing is to redrive it, else to add a message. While
 * messages are selected or filtered, the buttons say that they mean all of the queue, and none of them stands out.
 */
function QueueButtons({ account, queue, narrowed, isPartMeant }: QueueButtonsProps) {
  const on = { connectionId: account.id, queue, account, client: useQueryClient(), ...narrowed };
  const isPoison = poisonParent(queue) !== undefined;
  const { data } = useQuery({ ...queueProperties(account, queue), enabled: false });
  const total = data?.approximateMessageCount;
  const ofAll = isPartMeant ? ` all${total === undefined ? '' : ` ${count(total)}`}` : '';
  const files = [
    { action: readActions.import, name: 'Import' },
    { action: readActions.export, name: `Export${ofAll}` },
  ];
  const { add } = readActions;
  const { redrive } = queueActions;
  const variant = isPoison || isPartMeant ? 'default' : 'primary';
  // The menu shows whether it is on.
  usePreference('live');
  return (
    <div className="flex min-w-0 items-center gap-2 desk:contents">
      {isPoison && (
        <ActionButton
          action={redrive}
          on={on}
          variant={isPartMeant ? 'ghost' : 'primary'}
          icon={redrive.icon}
          aria-label={`Redrive${ofAll}`}
          className="flex-none max-desk:min-w-11"
        >
          <span className="@max-[820px]:hidden">Redrive{ofAll}</span>
        </ActionButton>
      )}
      <span className={cx('flex justify-end gap-x-1 max-desk:h-13', ONLY_WHAT_FITS)} style={TURNS.third}>
        {files.map(({ action, name }) => (
          <ActionButton
            key={name}
            action={action}
            on={on}
            variant="ghost"
            aria-label={name}
            className={cx(
              'max-desk:hidden',
              isPoison || isPartMeant ? '[&_span]:@max-[1200px]:hidden' : '[&_span]:@max-[1080px]:hidden',
            )}
          >
            {action.icon}
            <span>{name}</span>
          </ActionButton>
        ))}
      </span>
      <Menu
        trigger={<IconButton label="More queue actions" icon={<Ellipsis />} />}
        items={useMenuItems(QUEUE_MENU, on)}
      />
      <ActionButton
        action={add}
        on={on}
        variant={variant}
        className="flex-none @max-[760px]:hidden max-desk:hidden [&>span[aria-hidden]]:@max-[900px]:hidden"
      />
      <ActionIconButton
        action={add}
        on={on}
        variant={variant}
        size="lg"
        hasKey={false}
        className="flex-none desk:@min-[760px]:hidden"
      />
    </div>
  );
}
