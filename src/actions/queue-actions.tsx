import type { QueryClient } from '@tanstack/react-query';
import {
  ArrowRightToLine,
  Copy,
  Download,
  Eraser,
  EyeOff,
  KeyRound,
  ListChecks,
  ListEnd,
  LockKeyhole,
  Pencil,
  Plus,
  Printer,
  RefreshCw,
  SquareArrowRight,
  Tags,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { queueKeys } from '@/queries/queues';
import { openLeases } from '@/state/leases/lease-tray';
import { browseOf, closeBrowse } from '@/state/messages/queue-browses';
import { noteRefresh } from '@/state/messages/refreshes';
import { currentRoute, goTo, type Mode, openQueue } from '@/state/navigation/route';
import { policiesReason } from '@/state/permissions/access-policy-permission';
import { denialReason } from '@/state/permissions/permissions';
import { preferences, setPreference } from '@/state/settings/preferences';
import { focusWhenThere } from '@/ui/browser/focus-when-there';
import { isMedia } from '@/ui/browser/use-media';
import { copyText } from '@/ui/code/code';
import { toast } from '@/ui/overlay/toast-store';
import { type Action, actionsOn, type Subject } from './action';
import { connectionActions, kindOf } from './connection-actions';

type QueueSubject = {
  connectionId: string;
  queue: string;
  shown?: Subject['shown'];
  filter?: Subject['filter'];
};
/** A queue with what its requests are sent by. */
export type OpenQueue = QueueSubject & { client: QueryClient; account: Account };

/** What can be done to a queue as a whole, from its line in the list and from its screen. */
export const queueActions = actionsOn<QueueSubject>()('queue', 'Queues', {
  open: { label: 'Open', icon: <SquareArrowRight />, run: ({ connectionId, queue }) => openQueue(connectionId, queue) },
  metadata: { label: 'Metadata', icon: <Tags />, may: 'setMetadata', isReadable: true, opens: 'queueMetadata' },
  policies: {
    label: 'Access policies',
    icon: <KeyRound />,
    may: 'setPolicies',
    isReadable: true,
    reason: (on) => policiesReason(kindOf(on)),
    opens: 'accessPolicies',
  },
  copyName: { label: 'Copy name', icon: <Copy />, run: ({ queue }) => void copyQueueName(queue) },
  redrive: {
    label: 'Redrive all messages',
    hint: ({ queue }) => `Move all messages back to ${poisonParent(queue)}, or to another queue`,
    icon: <Undo2 />,
    may: 'move',
    isOffered: ({ queue }) => poisonParent(queue) !== undefined,
    opens: 'moveMessages',
    how: { action: 'redrive' },
    canMeanShown: true,
  },
  move: {
    label: 'Move all messages',
    icon: <ArrowRightToLine />,
    may: 'move',
    opens: 'moveMessages',
    how: { action: 'move' },
    canMeanShown: true,
  },
  copy: {
    label: 'Copy all messages',
    icon: <Copy />,
    may: 'copy',
    opens: 'moveMessages',
    how: { action: 'copy' },
    canMeanShown: true,
  },
  requeue: {
    label: 'Requeue all messages',
    icon: <ListEnd />,
    may: 'move',
    reason: ({ connectionId, queue }) => denialReason(connectionId, 'add', queue),
    opens: 'moveMessages',
    how: { action: 'requeue' },
    canMeanShown: true,
  },
  changeText: {
    label: 'Change text of all messages',
    icon: <Pencil />,
    may: 'changeMany',
    opens: 'changeText',
    canMeanShown: true,
  },
  work: {
    label: 'Work in steps on all messages',
    icon: <ListChecks />,
    may: 'move',
    opens: 'workOnMessages',
    canMeanShown: true,
  },
  setVisibility: {
    label: 'Set visibility of all messages',
    icon: <EyeOff />,
    may: 'changeMany',
    opens: 'setVisibility',
    canMeanShown: true,
  },
  sendCopies: { label: 'Send copies', icon: <Copy />, may: 'add', opens: 'sendCopies' },
  addAgain: { label: 'Add deleted messages again', icon: <Undo2 />, may: 'add', opens: 'addAgain' },
  leases: { label: 'Leases of this browser', icon: <LockKeyhole />, run: () => openLeases(true) },
  clear: { label: 'Clear queue', icon: <Eraser />, may: 'clearQueue', tone: 'danger', opens: 'clearQueue' },
  delete: { label: 'Delete queue', icon: <Trash2 />, may: 'deleteQueue', tone: 'danger', opens: 'deleteQueue' },
});

/** How the messages of a queue are read, and what brings messages in and out. */
export const readActions = actionsOn<QueueSubject>()('messages', 'Messages', {
  peek: {
    label: 'Peek',
    title: 'Peek messages',
    hint: 'Look without changing anything',
    keys: ['1'],
    run: (on) => goToMode(on, 'peek'),
  },
  receive: {
    label: 'Receive',
    title: 'Receive messages',
    hint: 'Lease messages so you can edit or delete them; hides them and raises their dequeue counts',
    keys: ['2'],
    may: 'receive',
    run: (on) => goToMode(on, 'receive'),
  },
  browse: {
    label: 'Browse all',
    hint: `Look past the first ${MOST_MESSAGES}: leases and returns every message it passes, which raises their dequeue counts`,
    keys: ['3'],
    may: 'browse',
    run: (on) => goToMode(on, 'browse'),
  },
  add: { label: 'Add message', icon: <Plus />, keys: ['n'], may: 'add', opens: 'addMessage' },
  export: {
    label: 'Export all messages',
    title: 'Export messages',
    hint: 'Export all messages to a file',
    icon: <Upload />,
    may: 'exportAll',
    opens: 'exportMessages',
    canMeanShown: true,
  },
  import: {
    label: 'Import messages',
    hint: 'Import messages from a file',
    icon: <Download />,
    may: 'add',
    opens: 'importMessages',
  },
});

/** What bars and strips do to messages that are not selected. The bar or strip says what is run. */
export const leasingActions = actionsOn<QueueSubject>()('leasing', 'Leases', {
  lease: { label: 'Lease', may: 'lease', opens: 'leaseMessage' },
  release: { label: 'Release leases', may: 'release' },
});

/** How the queue that is open is looked at. */
export const refreshActions = actionsOn<OpenQueue & { showNewRows?: () => void }>()('messages', 'View', {
  refresh: {
    label: 'Refresh',
    title: 'Refresh messages',
    icon: <RefreshCw />,
    keys: ['r'],
    run: (on) => void refreshQueue(on).then(on.showNewRows),
  },
  live: {
    label: 'Live',
    title: 'Turn live on or off',
    keys: ['l'],
    isOn: () => preferences().live,
    run: () => setPreference('live', !preferences().live),
  },
  print: {
    label: 'Print',
    title: 'Print messages',
    hint: 'Print the open message with its body, the selected messages, or the loaded ones',
    icon: <Printer />,
    // When the menu is closed, which would be on the paper.
    run: () => void setTimeout(() => print()),
  },
});

const {
  open,
  metadata,
  policies,
  copyName,
  redrive,
  move,
  copy,
  requeue,
  work,
  changeText,
  setVisibility,
  sendCopies,
} = queueActions;
const { addAgain, clear, delete: remove } = queueActions;

type MenuItems<On> = readonly (Action<On> | 'separator')[];
const separated = <On,>(...groups: readonly (readonly Action<On>[])[]): MenuItems<On> =>
  groups.flatMap((group) => (['separator'] as MenuItems<On>).concat(group)).slice(1);

/** The menu on the screen of a queue. */
export const QUEUE_MENU = separated<OpenQueue>(
  [metadata, policies, connectionActions.createSas, copyName, connectionActions.copyAs],
  [refreshActions.refresh, refreshActions.live, refreshActions.print, queueActions.leases],
  [
    redrive,
    move,
    copy,
    requeue,
    work,
    changeText,
    setVisibility,
    sendCopies,
    readActions.import,
    readActions.export,
    addAgain,
  ],
  [clear, remove],
);

/** The menu of a queue in the list. */
export const QUEUE_LINE_MENU = separated<QueueSubject>(
  [open, metadata, policies, connectionActions.createSas, copyName, connectionActions.copyAs],
  [redrive, move, readActions.import, readActions.export],
  [clear, remove],
);

/** Refetches the messages and the count of a queue, and drops the rows of an ended browse. */
async function refreshQueue({ client, account, queue }: OpenQueue) {
  noteRefresh({ connectionId: account.id, queue }, browseOf(account.id, queue) !== undefined);
  closeBrowse(account.id, queue);
  await client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
}

/** Where one goes on in each way to read. */
const START: Record<Mode, readonly string[]> = {
  peek: ['main [role=grid]'],
  receive: ['[data-starts=receive]'],
  // While it runs, and when it is over, there is nothing to start.
  browse: ['[data-starts=browse]', 'section[aria-label="Browse all"] button'],
};

/** Changes how the queue is read, and moves the focus to where one goes on. */
function goToMode(on: QueueSubject, mode: Mode) {
  changeMode(on, mode);
  void focusWhenThere(() => {
    const [found] = START[mode].flatMap((one) => document.querySelector<HTMLElement>(one) ?? []);
    return found;
  });
}

/** Changes how the queue is read, and drops the rows of an ended browse. Closes details that would cover the controls. */
export function changeMode({ connectionId, queue }: QueueSubject, mode: Mode) {
  const route = currentRoute();
  if (route?.screen !== 'explorer') return;
  if (mode !== route.mode) closeBrowse(connectionId, queue);
  const isCovered = isMedia('(width < 1180px)');
  goTo({ ...route, mode, message: isCovered ? undefined : route.message });
}

async function copyQueueName(queue: string) {
  if (await copyText(queue)) toast({ title: `Copied ${queue}`, tone: 'success' });
}
