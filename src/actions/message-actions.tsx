import {
  ArrowRightToLine,
  Clock,
  Copy,
  Eye,
  GitCompare,
  ListEnd,
  LockKeyhole,
  LockKeyholeOpen,
  Pencil,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import type { MessageRow } from '@/messages/message-rows';
import { recordsOf } from '@/state/messages/records';
import { type ChosenMessages, openDialog } from '@/state/navigation/open-dialog';
import { denialReason } from '@/state/permissions/permissions';
import { arriving } from '@/ui/browser/arriving';
import { copyText } from '@/ui/code/code';
import { newestToastAction, toast } from '@/ui/overlay/toast-store';
import { count, counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import { type Action, actionsOn, filterOf, scopeOf } from './action';
import { type OpenQueue, readActions, refreshActions } from './queue-actions';
import { choose, type Need, workableLease } from './taken';

/** Ways to look at rows that open beside the filter. */
export type SearchTool = 'sort' | 'expression' | 'group' | 'columns';

/** What the screen of a queue does for the actions on it. */
export type QueueScreen = {
  /** Takes messages that are about to go out of the selection and the details. */
  leave: (ids: ReadonlySet<string>) => void;
  deselect: (ids: ReadonlySet<string>) => void;
  selectAll: () => void;
  toggleLeasing: () => void;
  compare: (rows: readonly MessageRow[]) => void;
  /** To the message before or after: through the details where they are open, else through the rows. */
  step: (by: 1 | -1) => void;
  toggleDetails: () => void;
  focusFilter: () => void;
  openTool: (tool: SearchTool) => void;
  /** Opens the details of a message. */
  show: (id: string) => void;
  /** Clears the selection or else closes the details; undefined when there is neither. */
  escape: (() => void) | undefined;
};

/** Messages of a queue on its screen, and the one of them that is open. */
export type MessageSubject = OpenQueue & {
  rows: readonly MessageRow[];
  open: MessageRow | undefined;
  /** True when the rows are selected ones: what is done to them says their number. */
  isSelection?: boolean | undefined;
  /** Shows the new rows that wait. */
  showNewRows: () => void;
  screen: QueueScreen;
};

/** Seconds offered for a longer lease. */
export const EXTENSIONS_SECONDS = [30, 60, 300, 900, 3600, 86_400];
/**
 * The label of what is done to messages: of selected ones with the number of those that it can be done to ("Delete 3"), of one
 * message `one`.
 */
const numbered =
  (verb: string, need?: Need, one = verb) =>
  ({ rows, isSelection }: MessageSubject): string => {
    if (!isSelection) return one;
    const { length } = choose(need, rows).rows;
    if (length === 0) return verb;
    return verb.endsWith(' to a queue') ? `${verb} (${count(length)})` : `${verb} ${count(length)}`;
  };

/** Messages that are selected in a poison queue go back to its queue. */
const isRedrive = ({ queue, isSelection }: MessageSubject) => isSelection === true && poisonParent(queue) !== undefined;

const moveText = numbered('Move', 'free');
const REDRIVE_ICON = <Undo2 />;
const redriveText = numbered('Redrive', 'free', 'Redrive message');

/** What can be done to messages: to those that are selected, or else to the one that is open. */
export const messageActions = actionsOn<MessageSubject>()('messages', 'Messages', {
  edit: {
    label: 'Edit',
    title: 'Edit message',
    icon: <Pencil />,
    keys: ['e'],
    may: 'edit',
    needs: 'free',
    // It means the open message, whatever is selected.
    pick: ({ open, rows }) => (open ? [open] : rows),
    reason: ({ open, rows, connectionId, queue }) =>
      !open && rows.length > 1
        ? 'Open one of them to edit it'
        : (open ?? rows[0])?.message.unreadable
          ? 'A part of the message cannot be read'
          : (open ?? rows[0])?.lease === undefined
            ? denialReason(connectionId, 'lease', queue)
            : undefined,
    opens: 'editMessage',
    run: (on, [row]) =>
      row &&
      (workableLease(row)
        ? openDialog({ kind: 'editMessage', ...queueOf(on), messageId: row.id })
        : leaseOne(on, row, true)),
  },
  show: {
    label: 'Show details',
    icon: <Eye />,
    isOffered: ({ rows, isSelection }) => !isSelection && rows.length === 1,
    run: ({ screen }, [row]) => row && screen.show(row.id),
  },
  /** In a poison queue it means to move selected messages back to its queue. */
  move: {
    label: (on) => (isRedrive(on) ? redriveText(on) : moveText(on)),
    title: 'Move messages',
    icon: <ArrowRightToLine />,
    iconFor: (on) => (isRedrive(on) ? REDRIVE_ICON : undefined),
    keys: ['m'],
    may: 'move',
    needs: 'free',
    opens: 'moveMessages',
    how: { action: 'move' },
    run: (on, rows) => openMove(on, rows, isRedrive(on) ? 'redrive' : 'move'),
  },
  redrive: {
    label: redriveText,
    icon: REDRIVE_ICON,
    may: 'move',
    needs: 'free',
    opens: 'moveMessages',
    how: { action: 'redrive' },
    isOffered: (on) => poisonParent(on.queue) !== undefined && !on.isSelection,
  },
  moveElsewhere: {
    label: numbered('Move', 'free'),
    icon: <ArrowRightToLine />,
    may: 'move',
    needs: 'free',
    opens: 'moveMessages',
    how: { action: 'move' },
    isOffered: isRedrive,
  },
  requeue: {
    label: numbered('Requeue', 'free'),
    title: 'Requeue messages: add them anew at the end of their queue',
    hint: 'Adds the message anew at the end of this queue and deletes the original',
    icon: <ListEnd />,
    may: 'move',
    reason: ({ connectionId, queue }) => denialReason(connectionId, 'add', queue),
    needs: 'free',
    opens: 'moveMessages',
    how: { action: 'requeue' },
  },
  delete: {
    label: numbered('Delete', 'free'),
    title: 'Delete messages',
    icon: <Trash2 />,
    keys: ['Delete'],
    may: 'delete',
    needs: 'free',
    tone: 'danger',
    opens: 'deleteMessages',
    run: (on, rows) => withLeaseRequests(({ deleteRows }) => deleteRows(on, rows)),
  },
  copy: {
    label: numbered('Copy', 'message'),
    title: 'Copy message text',
    icon: <Copy />,
    keys: ['c'],
    needs: 'message',
    run: (_, rows) => void copyTexts(rows),
  },
  compare: {
    label: 'Compare',
    title: 'Compare two selected messages',
    icon: <GitCompare />,
    isOffered: ({ isSelection }) => isSelection !== false,
    reason: ({ rows }) => (rows.length === 2 ? undefined : 'Select two messages to compare them'),
    run: ({ screen }, rows) => screen.compare(rows),
  },
  exportChosen: {
    label: numbered('Export', 'message', 'Export message'),
    icon: <Upload />,
    needs: 'message',
    opens: 'exportMessages',
  },
  copyToQueue: {
    label: numbered('Copy to a queue', 'free'),
    may: 'copy',
    needs: 'free',
    opens: 'moveMessages',
    how: { action: 'copy' },
  },
  work: {
    label: numbered('Work in steps on', 'free', 'Work in steps'),
    may: 'move',
    needs: 'free',
    opens: 'workOnMessages',
  },
  changeText: {
    label: numbered('Change text of', 'free', 'Change text'),
    may: 'changeMany',
    needs: 'free',
    opens: 'changeText',
  },
  setVisibility: {
    label: numbered('Set visibility of', 'free', 'Set visibility'),
    may: 'changeMany',
    needs: 'free',
    opens: 'setVisibility',
  },
  sendCopies: {
    label: numbered('Send copies of', 'message', 'Send copies of it'),
    may: 'add',
    needs: 'message',
    opens: 'sendCopies',
  },
  saveAsTemplate: {
    label: 'Save as template',
    isOffered: ({ rows }) => rows.length === 1,
    run: (on, [row]) => row && void saveAsTemplate(on, row.id),
  },
  copyAs: {
    label: 'Copy as…',
    title: 'Copy a request for the message as code',
    needs: 'message',
    isOffered: ({ rows }) => rows.length === 1,
    opens: 'copyAs',
  },
  undo: {
    label: 'Undo',
    keys: ['z'],
    isEnabled: () => newestToastAction('Z') !== undefined,
    run: () => newestToastAction('Z')?.(),
  },
  next: {
    label: 'Next message',
    keys: ['j', 'ArrowDown'],
    isOfGrid: true,
    run: ({ screen }) => screen.step(1),
  },
  previous: {
    label: 'Previous message',
    keys: ['k', 'ArrowUp'],
    isOfGrid: true,
    run: ({ screen }) => screen.step(-1),
  },
  all: {
    label: 'Select all loaded messages',
    keys: ['$mod+a'],
    isOfGrid: true,
    run: ({ screen }) => screen.selectAll(),
  },
});

export const leaseActions = actionsOn<MessageSubject>()('leases', 'Leases', {
  extend: {
    label: numbered('Extend', 'lease'),
    title: 'Extend lease',
    icon: <Clock />,
    keys: ['x'],
    may: 'extend',
    needs: 'lease',
    run: (on, rows) => extendLeases(on, idsOf(rows), longestSeconds(rows)),
  },
  release: {
    label: numbered('Release', 'lease', 'Release lease'),
    title: 'Release lease',
    icon: <LockKeyholeOpen />,
    keys: ['u'],
    may: 'release',
    needs: 'lease',
    run: (on, rows) => releaseLeases(on, idsOf(rows)),
  },
  lease: { label: 'Lease selected', icon: <LockKeyhole />, may: 'lease', run: ({ screen }) => screen.toggleLeasing() },
});

/** What is shown of the messages of a queue. */
export const viewActions = actionsOn<MessageSubject>()('messages', 'View', {
  details: { label: 'Show or hide details', keys: [']'], run: ({ screen }) => screen.toggleDetails() },
  filter: { label: 'Filter messages', keys: ['/'], run: ({ screen }) => screen.focusFilter() },
  expression: { label: 'Filter by expression', run: ({ screen }) => screen.openTool('expression') },
  sort: { label: 'Sort messages', run: ({ screen }) => screen.openTool('sort') },
  group: { label: 'Count by a column', run: ({ screen }) => screen.openTool('group') },
  columns: { label: 'Choose columns from the body', run: ({ screen }) => screen.openTool('columns') },
  escape: {
    label: 'Clear selection or close details',
    keys: ['Escape'],
    isEnabled: ({ screen }) => screen.escape !== undefined,
    run: ({ screen }) => screen.escape?.(),
  },
});

const { peek, receive, browse, add, import: importing, export: exporting } = readActions;
const { edit, move, requeue, delete: remove, copy, copyAs, compare, undo, next, previous, all } = messageActions;
const { extend, release } = leaseActions;
const { escape, ...ways } = viewActions;
const ON_MESSAGES = [
  peek,
  receive,
  browse,
  add,
  edit,
  move,
  requeue,
  exporting,
  importing,
  remove,
  copy,
  copyAs,
  compare,
];
const ON_ROWS = [extend, release, undo, next, previous, all, ...Object.values(ways)];

/** What the keys and the palette do on the screen of a queue. */
export const SCREEN_ACTIONS: readonly Action<MessageSubject>[] = [
  ...ON_MESSAGES,
  ...ON_ROWS,
  ...Object.values(refreshActions),
  escape,
];

const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id);
const queueOf = ({ connectionId, queue }: OpenQueue) => ({ connectionId, queue });

/** Opens the dialog that leases a message, and then edits it. */
export const leaseOne = (on: OpenQueue, { id, ahead }: MessageRow, thenEdit: boolean) =>
  openDialog({ kind: 'leaseMessage', ...queueOf(on), messageId: id, ahead, thenEdit });

/** Opens the dialog that moves messages. */
const openMove = (on: OpenQueue, rows: readonly MessageRow[], action: 'move' | 'redrive') =>
  openDialog({ kind: 'moveMessages', action, ...(scopeOf(on, rows) as ChosenMessages), ...filterOf(on) });

/** Seconds: the longest that one of the leases was asked for. */
export const longestSeconds = (rows: readonly MessageRow[]): number =>
  rows.reduce((most, { lease }) => Math.max(most, lease?.total ?? 1), 1);

type LeaseRequests = typeof import('./lease-requests');
let leaseRequests: LeaseRequests | undefined;

/** Loads the requests on leases, so that the first press need not wait. */
export const loadLeaseRequests = async (): Promise<LeaseRequests> =>
  (leaseRequests ??= await import('./lease-requests'));

/** Calls `act` with the requests on leases: in the same turn once they are loaded, so that nothing jumps after the press. */
export function withLeaseRequests(act: (requests: LeaseRequests) => unknown): void {
  if (leaseRequests) act(leaseRequests);
  else void arriving(loadLeaseRequests()).then(act);
}

/** Leases messages for `seconds` (1–604,800) from now. */
export const extendLeases = (on: MessageSubject, ids: readonly string[], seconds: number) =>
  withLeaseRequests(({ extendLeased }) => extendLeased(on, ids, seconds));

/** Makes leased messages visible to every consumer, and takes them out of the selection. */
export function releaseLeases(on: MessageSubject, ids: readonly string[]) {
  on.screen.deselect(new Set(ids));
  withLeaseRequests(({ releaseLeased }) => releaseLeased(on, ids));
}

/** Copies the exact texts, one after the other, each from a new line. */
async function copyTexts(rows: readonly MessageRow[]) {
  if (!(await copyText(rows.map(({ message }) => message.text).join('\n')))) return;
  const what = rows.length === 1 ? 'the message text' : counted(rows.length, 'message text');
  toast({ title: `Copied ${what}`, tone: 'success' });
}

async function saveAsTemplate({ connectionId, queue }: MessageSubject, id: string) {
  const text = recordsOf(connectionId, queue).get(id)?.message?.text;
  if (text === undefined) return;
  const { nameFor, saveTemplate } = await import('@/state/settings/message-templates');
  const { name } = saveTemplate(nameFor(text), text);
  toast({ title: 'Saved as a template in this browser', detail: isolated(name), tone: 'success' });
}
