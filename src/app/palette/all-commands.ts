import { type Action, commandOf, textOf } from '@/actions/action';
import { goToActions, layoutActions, pageActions } from '@/actions/app-actions';
import { accountActions, connectionActions, queueListActions } from '@/actions/connection-actions';
import { labActions } from '@/actions/lab-actions';
import { labFileActions } from '@/actions/lab-file-actions';
import {
  leaseActions,
  leaseOne,
  type MessageSubject,
  messageActions,
  releaseLeases,
  viewActions,
} from '@/actions/message-actions';
import { leasingActions, queueActions, readActions, refreshActions } from '@/actions/queue-actions';
import { receiveActions } from '@/actions/receive-actions';
import { connectActions, sandboxActions, wireActions } from '@/actions/screen-actions';
import { recordsOf } from '@/state/messages/records';
import type { Command } from '@/state/navigation/commands';

/** The connection of the page, and whether it is for one queue alone. */
type At = { connectionId: string; queue: string | undefined; isOneQueue: boolean };

export type Surroundings = {
  /** Commands of what is on screen. */
  registered: readonly Command[];
  /** The queue that is on screen. */
  on: MessageSubject | undefined;
  at: At | undefined;
};

type AnyAction = Action<MessageSubject>;
type Table = {
  actions: readonly AnyAction[];
  /** What its actions are done to, where that is on screen. */
  subject: (around: Surroundings) => Partial<MessageSubject> | undefined;
  /** Why none of them can be done where it is not. */
  absent: (around: Surroundings) => string;
};

/** Each table has a subject of its own, which only its own actions are given. */
const table = (
  actions: Record<string, unknown>,
  absent: Table['absent'] | string,
  subject: Table['subject'] = () => undefined,
): Table => ({
  actions: Object.values(actions) as AnyAction[],
  subject,
  absent: typeof absent === 'string' ? () => absent : absent,
});

const queue: Table['subject'] = ({ on }) => on;
const ofQueue = (actions: Record<string, unknown>) => table(actions, 'Open a queue first', queue);
const NO_CONNECTION = 'Add a connection first';

/** Every table of actions, in the order in which the palette has them. */
const TABLES: readonly Table[] = [
  ofQueue(messageActions),
  ofQueue(leaseActions),
  ofQueue(leasingActions),
  ofQueue(readActions),
  ofQueue(receiveActions),
  ofQueue(refreshActions),
  ofQueue(queueActions),
  ofQueue(viewActions),
  table(
    accountActions,
    ({ at }) => (at ? 'This connection is for one queue' : NO_CONNECTION),
    ({ at }) => (at && !at.isOneQueue ? { connectionId: at.connectionId } : undefined),
  ),
  table(queueListActions, ({ at }) => (at ? 'Show the list of queues first' : NO_CONNECTION)),
  table(goToActions, 'Not here'),
  table(
    connectionActions,
    NO_CONNECTION,
    ({ at }) => at && { connectionId: at.connectionId, ...(at.queue && { queue: at.queue }) },
  ),
  table(pageActions, NO_CONNECTION),
  table(layoutActions, 'Not here'),
  table(wireActions, 'Open the wire inspector first'),
  table(sandboxActions, 'Open the sandbox first'),
  table(connectActions, 'Open Add connection first'),
  table(labFileActions, 'Open the lab first'),
  table(labActions, 'Open a lesson or free play in the lab first'),
];

/** What an action is called beside all others, where its label says too little. */
const TITLES: Record<string, string> = {
  'queue.open': 'Open the queue',
  'queue.metadata': 'Metadata of the queue',
  'queue.policies': 'Access policies of the queue',
  'queue.copyName': 'Copy the name of the queue',
  'queue.sendCopies': 'Send copies of a text',
  'queue.addAgain': 'Add deleted messages again',
  'messages.show': 'Show details of the message',
  'messages.moveElsewhere': 'Move messages to another queue',
  'messages.redrive': 'Redrive the message',
  'messages.exportChosen': 'Export chosen messages',
  'messages.copyToQueue': 'Copy chosen messages to a queue',
  'messages.work': 'Work in steps on chosen messages',
  'messages.changeText': 'Change text of chosen messages',
  'messages.setVisibility': 'Set visibility of chosen messages',
  'messages.sendCopies': 'Send copies of chosen messages',
  'messages.saveAsTemplate': 'Save the message as a template',
  'messages.undo': 'Undo the last change',
  'messages.export': 'Export all messages',
  'leases.lease': 'Lease selected messages',
  'leasing.lease': 'Lease the message',
  'leasing.release': 'Release all leases of the queue',
  'connection.access': 'Environment and access of the connection',
  'lab.next': 'Next step of the lab',
  'lab.previous': 'Previous step of the lab',
  'lab.restart': 'Restart the run',
  'lab.peek': 'Peek the queue of the lab',
  'lab.receive': 'Receive a message in the lab',
  'lab.send': 'Send one message in the lab',
  'lab.step': 'To the next event of the lab',
  'wire.copyAs': 'Copy the request as code',
  'wire.curl': 'Copy the request as curl',
};

/** Why an action cannot be done where it makes no sense, or has nothing to do. */
const WHY: Record<string, string> = {
  'app.explorer': NO_CONNECTION,
  'app.sidebar': NO_CONNECTION,
  'app.leases': NO_CONNECTION,
  'app.readOnly': NO_CONNECTION,
  'queue.redrive': 'Only what is in a poison queue is redriven',
  'messages.redrive': 'Only what is in a poison queue is redriven',
  'messages.moveElsewhere': 'For selected messages of a poison queue',
  'messages.show': 'Go to one message first, with none selected',
  'messages.compare': 'Select two messages to compare them',
  'messages.saveAsTemplate': 'Go to one message first',
  'messages.copyAs': 'Go to one message first',
  'messages.undo': 'There is nothing to undo now',
  'messages.escape': 'Nothing is selected, and no details are open',
  'connection.check': 'The sandbox needs no check',
  'connection.readSas': 'This connection uses no shared access signature',
  'connection.createSas': 'A shared access signature makes no others',
  'wire.har': 'No request was sent yet',
  'wire.curl': 'Open a request first',
  'wire.copyAs': 'Open a request that has code first',
  'sandbox.leaseEnd': 'Nothing is leased in the sandbox',
  'labFile.save': 'Open a lesson or free play first',
};

/** Of an action without a reason of its own. @returns a sentence */
export const whyNotNow = (id: string): string =>
  WHY[id] ?? (id.startsWith('lab.') ? 'Not at this moment of the run' : 'Not now');

/** Stands for what is not on screen, so that an action has a name. */
const NOTHING = {
  connectionId: '',
  queue: '',
  rows: [],
  connection: { account: 'the connection' },
  sort: 'name',
  screen: {},
} as unknown as MessageSubject;

export type AnyCommand = Command & {
  /** What it is done to, beside its title. */
  about: string;
};

/** Every action of the table as a command, in its order: those that cannot be done now have the reason. */
export function allCommands(around: Surroundings): AnyCommand[] {
  const registered = new Map(around.registered.map((command) => [command.id, command]));
  const ofTables = TABLES.flatMap((of) =>
    of.actions.map((action) => inPalette(action, of, around, registered.get(action.id))),
  );
  const known = new Set(ofTables.map(({ id }) => id));
  // Those of connections stand with the connections.
  const others = around.registered.filter(({ id }) => !known.has(id) && !id.startsWith('app.connection.'));
  return [...others.map((command) => Object.assign({}, command, { about: command.group })), ...ofTables];
}

function inPalette(action: AnyAction, of: Table, around: Surroundings, known: Command | undefined): AnyCommand {
  const subject = of.subject(around);
  const { id, group } = action;
  if (known) {
    const reason = known.enabled === false ? (known.reason ?? whyNotNow(id)) : known.reason;
    return { ...known, title: TITLES[id] ?? known.title, reason, about: aboutOf(action, subject) };
  }
  if (!subject) {
    const title = TITLES[id] ?? textOf(action.title ?? action.label, NOTHING);
    return { id, title, group, keys: action.keys, reason: of.absent(around), run: () => {}, about: group };
  }
  const on = { ...NOTHING, ...subject };
  const command = commandOf({ ...action, ...OWN[id] }, on);
  const isOffered = action.isOffered?.(on) ?? true;
  const reason = isOffered && command.enabled !== false ? command.reason : whyNotNow(id);
  return { ...command, title: TITLES[id] ?? command.title, reason, about: aboutOf(action, subject) };
}

/** The selection, the message or the queue that it means. */
function aboutOf({ needs, group }: AnyAction, subject: Partial<MessageSubject> | undefined): string {
  if (!subject) return group;
  const { rows = [], isSelection, queue: name } = subject;
  if (needs && isSelection) return `${rows.length} selected`;
  if (needs && rows[0]) return `Message ${rows[0].id.slice(0, 8)}`;
  return name ?? group;
}

/** Ids of the messages of the queue that are leased to this tab. */
const leasedIn = ({ connectionId, queue: name }: MessageSubject) =>
  [...recordsOf(connectionId, name).leased('tab')].filter(({ lease }) => lease?.state === 'held').map(({ id }) => id);

/** What bars and strips do with an action that has no doing of its own. */
const OWN: Record<string, Partial<AnyAction>> = {
  'leasing.lease': {
    reason: ({ open }) => (open ? (open.lease ? 'It is leased already' : undefined) : 'Go to one message first'),
    run: (on) => on.open && leaseOne(on, on.open, false),
  },
  'leasing.release': {
    run: (on) => releaseLeases(on, leasedIn(on)),
    reason: (on) => (leasedIn(on).length > 0 ? undefined : 'Nothing in this queue is leased by this tab'),
  },
};
