import { useQueryClient } from '@tanstack/react-query';
import {
  ArrowRightToLine,
  ChevronDown,
  Copy,
  Download,
  Ellipsis,
  Eraser,
  EyeOff,
  FileKey,
  KeyRound,
  Pencil,
  Plus,
  RefreshCw,
  Tags,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Account } from '@/azure/account';
import { poisonParent } from '@/bulk/poison-queue';
import { queueKeys } from '@/queries/queues';
import { policiesRefusal } from '@/state/access-policies';
import { closeBrowse } from '@/state/browses';
import { useConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import type { ExplorerPlace, Mode } from '@/state/place';
import { setPreference, usePreference } from '@/state/preferences';
import { useWhyNot, type Verb } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { copyText } from '@/ui/code';
import { cx } from '@/ui/cx';
import { announce } from '@/ui/live-region';
import { Menu } from '@/ui/menu';
import { Segmented } from '@/ui/segmented';
import { changeMode } from './change-mode';
import { LiveControls } from './live-controls';
import { QueueCount, QueueTrend } from './queue-count';

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
    title: 'Look past the first 32: leases and returns every message it passes, which raises their dequeue counts (3)',
  },
];

type WhyNot = (verb: Verb) => string | undefined;

type QueueHeaderProps = { place: ExplorerPlace; account: Account; queue: string; leading: ReactNode };

/** The queue's name, count and trend, how it is read, and what can be done to it as a whole. */
export function QueueHeader({ place, account, queue, leading }: QueueHeaderProps) {
  const whyNot = useWhyNot(account.id, queue);
  const modes = (
    <Segmented
      label="How to read messages"
      value={place.mode}
      onChange={(mode) => changeMode(place, mode)}
      options={MODES.map((mode) =>
        Object.assign({}, mode, { reason: mode.value === place.mode ? undefined : whyNot(mode.value) }),
      )}
      className="max-desk:flex max-desk:w-full max-desk:[&>*]:flex-1"
    />
  );
  return (
    <header className="@container flex-none border-b border-line max-desk:bg-canvas">
      <div className="flex h-13 items-center gap-3 pr-3 pl-4 max-desk:h-15 max-desk:gap-2 max-desk:px-3">
        {leading}
        <div className="flex min-w-24 items-center gap-3 max-desk:block max-desk:min-w-0 max-desk:flex-1">
          <QueueName place={place} queue={queue} />
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
          <Files connection={account.id} queue={queue} whyNot={whyNot} />
          <Redrive connection={account.id} queue={queue} whyNot={whyNot} />
          <QueueMenu account={account} queue={queue} whyNot={whyNot} />
          <AddMessage connection={account.id} queue={queue} whyNot={whyNot} />
        </div>
      </div>
      <div className="px-3 pb-2 desk:hidden">{modes}</div>
    </header>
  );
}

function QueueName({ place, queue }: { place: ExplorerPlace; queue: string }) {
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
        onClick={() => openDialog({ kind: 'chooseQueue', connection: place.connection })}
      >
        <span className="truncate">{queue}</span>
        <ChevronDown className="size-3.5 flex-none text-text-2" />
      </button>
    </h1>
  );
}

type InQueue = { connection: string; queue: string; whyNot: WhyNot };

const Files = ({ connection, queue, whyNot }: InQueue) => (
  <span
    className={cx(
      'flex gap-1 max-desk:hidden [&_span]:@max-[1060px]:hidden',
      // Also in the menu.
      poisonParent(queue) === undefined ? '@max-[700px]:hidden' : '@max-[820px]:hidden',
    )}
  >
    <Button
      variant="ghost"
      aria-label="Import"
      disabled={whyNot('add') !== undefined}
      title={whyNot('add') ?? 'Import messages from a file'}
      onClick={() => openDialog({ kind: 'importMessages', connection, queue })}
    >
      <Download className="size-4" />
      <span>Import</span>
    </Button>
    <Button
      variant="ghost"
      aria-label="Export"
      disabled={whyNot('exportAll') !== undefined}
      title={whyNot('exportAll') ?? 'Export all messages to a file'}
      onClick={() => openDialog({ kind: 'exportMessages', connection, queue })}
    >
      <Upload className="size-4" />
      <span>Export</span>
    </Button>
  </span>
);

/** On a poison queue: back to where its messages came from. */
function Redrive({ connection, queue, whyNot }: InQueue) {
  const parent = poisonParent(queue);
  if (parent === undefined) return null;
  return (
    <Button
      variant="primary"
      aria-label="Redrive"
      icon={<Undo2 />}
      disabled={whyNot('move') !== undefined}
      title={whyNot('move') ?? `Move all messages back to ${parent}, or to another queue`}
      onClick={() => openDialog({ kind: 'moveMessages', action: 'redrive', connection, queue })}
    >
      <span className="max-desk:hidden">Redrive</span>
    </Button>
  );
}

function AddMessage({ connection, queue, whyNot }: InQueue) {
  const reason = whyNot('add');
  // On a poison queue what comes first is to redrive it.
  const variant = poisonParent(queue) === undefined ? 'primary' : 'default';
  const add = () => openDialog({ kind: 'addMessage', connection, queue });
  return (
    <>
      <Button
        variant={variant}
        icon={<Plus />}
        kbd="N"
        disabled={reason !== undefined}
        title={reason}
        className="max-desk:hidden [&>span[aria-hidden]]:@max-[820px]:hidden"
        onClick={add}
      >
        Add message
      </Button>
      <IconButton
        variant={variant}
        size="lg"
        label="Add message"
        icon={<Plus />}
        disabled={reason !== undefined}
        reason={reason}
        className="desk:hidden"
        onClick={add}
      />
    </>
  );
}

function QueueMenu({ account, queue, whyNot }: { account: Account; queue: string; whyNot: WhyNot }) {
  const client = useQueryClient();
  const connection = account.id;
  const live = usePreference('live');
  const credential = useConnection(connection)?.kind;
  const policies = policiesRefusal(credential);
  async function copyName() {
    if (await copyText(queue)) announce('Copied the queue name');
  }
  return (
    <Menu
      trigger={<IconButton label="More queue actions" icon={<Ellipsis />} />}
      items={[
        { label: 'Metadata', icon: <Tags />, onSelect: () => openDialog({ kind: 'queueMetadata', connection, queue }) },
        {
          label: 'Access policies',
          icon: <KeyRound />,
          reason: policies,
          onSelect: () => openDialog({ kind: 'accessPolicies', connection, queue }),
        },
        ...(credential !== 'sas'
          ? [
              {
                label: credential === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature',
                icon: <FileKey />,
                onSelect: () => openDialog({ kind: 'sasMaker', connection, queue }),
              },
            ]
          : []),
        { label: 'Copy name', icon: <Copy />, onSelect: () => void copyName() },
        'separator',
        {
          label: 'Refresh',
          icon: <RefreshCw />,
          keys: 'R',
          onSelect: () => {
            closeBrowse(connection, queue);
            void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
          },
        },
        { label: 'Live', checked: live, onSelect: () => setPreference('live', !live) },
        'separator',
        ...(poisonParent(queue) === undefined
          ? []
          : [
              {
                label: 'Redrive all messages',
                reason: whyNot('move'),
                icon: <Undo2 />,
                onSelect: () => openDialog({ kind: 'moveMessages', action: 'redrive', connection, queue }),
              },
            ]),
        {
          label: 'Move all messages',
          reason: whyNot('move'),
          icon: <ArrowRightToLine />,
          onSelect: () => openDialog({ kind: 'moveMessages', action: 'move', connection, queue }),
        },
        {
          label: 'Copy all messages',
          reason: whyNot('copy'),
          icon: <Copy />,
          onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', connection, queue }),
        },
        {
          label: 'Change text of all messages',
          reason: whyNot('changeMany'),
          icon: <Pencil />,
          onSelect: () => openDialog({ kind: 'changeText', connection, queue }),
        },
        {
          label: 'Set visibility of all messages',
          reason: whyNot('changeMany'),
          icon: <EyeOff />,
          onSelect: () => openDialog({ kind: 'setVisibility', connection, queue }),
        },
        {
          label: 'Send copies',
          reason: whyNot('add'),
          icon: <Copy />,
          onSelect: () => openDialog({ kind: 'sendCopies', connection, queue }),
        },
        {
          label: 'Import messages',
          reason: whyNot('add'),
          icon: <Download />,
          onSelect: () => openDialog({ kind: 'importMessages', connection, queue }),
        },
        {
          label: 'Export all messages',
          reason: whyNot('exportAll'),
          icon: <Upload />,
          onSelect: () => openDialog({ kind: 'exportMessages', connection, queue }),
        },
        {
          label: 'Add deleted messages again',
          reason: whyNot('add'),
          icon: <Undo2 />,
          onSelect: () => openDialog({ kind: 'addAgain', connection, queue }),
        },
        'separator',
        {
          label: 'Clear queue',
          reason: whyNot('clearQueue'),
          icon: <Eraser />,
          tone: 'danger',
          onSelect: () => openDialog({ kind: 'clearQueue', connection, queue }),
        },
        {
          label: 'Delete queue',
          reason: whyNot('deleteQueue'),
          icon: <Trash2 />,
          tone: 'danger',
          onSelect: () => openDialog({ kind: 'deleteQueue', connection, queue }),
        },
      ]}
    />
  );
}
