import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account } from '@/azure/protocol/model';
import { openDialog } from '@/state/navigation/open-dialog';
import type { ExplorerRoute, Mode } from '@/state/navigation/route';
import { useDenialReason } from '@/state/permissions/permissions';
import { Segmented } from '@/ui/controls/segmented';
import { changeMode } from '../shared/change-mode';
import { LiveControls } from './live-controls';
import { AddMessage, Files, Redrive } from './queue-buttons';
import { QueueCount, QueueTrend } from './queue-count';
import { QueueMenu } from './queue-menu';

const MODES: { value: Mode; label: string; title: string }[] = [
  { value: 'peek', label: 'Peek', title: 'Look without changing anything (1)' },
  {
    value: 'receive',
    label: 'Receive',
    title: 'Lease messages so you can edit or delete them; hides them and raises their dequeue counts (2)',
  },
  {
    value: 'browse',
    label: 'Browse all',
    title: `Look past the first ${MOST_MESSAGES}: leases and returns every message it passes, which raises their dequeue counts (3)`,
  },
];

type QueueHeaderProps = { route: ExplorerRoute; account: Account; queue: string; leading: ReactNode };

/** The queue's name, count and trend, how it is read, and what can be done to it as a whole. */
export function QueueHeader({ route, account, queue, leading }: QueueHeaderProps) {
  const denialReason = useDenialReason(account.id, queue);
  const modes = (
    <Segmented
      label="How to read messages"
      value={route.mode}
      onChange={(mode) => changeMode(route, mode)}
      options={MODES.map((mode) =>
        Object.assign({}, mode, { reason: mode.value === route.mode ? undefined : denialReason(mode.value) }),
      )}
      className="max-desk:flex max-desk:w-full max-desk:[&>*]:flex-1"
    />
  );
  return (
    <header className="@container flex-none border-b border-line max-desk:bg-canvas">
      <div className="flex h-13 items-center gap-3 pr-3 pl-4 max-desk:h-15 max-desk:gap-2 max-desk:px-3">
        {leading}
        <div className="flex min-w-24 items-center gap-3 max-desk:block max-desk:min-w-0 max-desk:flex-1">
          <QueueName route={route} queue={queue} />
          <QueueCount account={account} queue={queue} />
          <span className="@max-[1060px]:hidden">
            <QueueTrend account={account} queue={queue} />
          </span>
        </div>
        <span aria-hidden="true" className="h-5 w-px flex-none bg-line-strong @max-[820px]:hidden max-desk:hidden" />
        <LiveControls className="max-desk:hidden [&>:not(:first-child)]:@max-[820px]:hidden" />
        <span className="flex-1 max-desk:hidden" />
        <span className="max-desk:hidden">{modes}</span>
        <span className="flex-1 max-desk:hidden" />
        <div className="flex flex-none items-center gap-2">
          <Files connectionId={account.id} queue={queue} denialReason={denialReason} />
          <Redrive connectionId={account.id} queue={queue} denialReason={denialReason} />
          <QueueMenu account={account} queue={queue} denialReason={denialReason} />
          <AddMessage connectionId={account.id} queue={queue} denialReason={denialReason} />
        </div>
      </div>
      <div className="px-3 pb-2 desk:hidden">{modes}</div>
    </header>
  );
}

function QueueName({ route, queue }: { route: ExplorerRoute; queue: string }) {
  return (
    <h1 className="flex min-w-16 text-18 font-semibold max-desk:text-15">
      <span className="truncate max-wide:hidden" title={queue}>
        {queue}
      </span>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Queue ${queue}. Change queue`}
        className="flex min-h-7 min-w-0 items-center gap-1 rounded-6 hover:bg-hover wide:hidden"
        onClick={() => openDialog({ kind: 'chooseQueue', connectionId: route.connectionId })}
      >
        <span className="truncate">{queue}</span>
        <ChevronDown className="size-3.5 flex-none text-text-2" />
      </button>
    </h1>
  );
}
