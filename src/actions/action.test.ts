import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import type { MessageRow } from '@/messages/message-rows';
import { addConnection } from '@/state/connections/connections';
import { setReadOnly } from '@/state/connections/read-only';
import { closeDialog, currentDialog, type OpenDialog } from '@/state/navigation/open-dialog';
import { loadCredentialPermissions } from '@/state/permissions/permissions';
import { type Action, availability, runAction, scopeOf } from './action';
import { connectionActions } from './connection-actions';
import { lease, now, row } from './message.fixture';
import { leaseActions, type MessageSubject, messageActions } from './message-actions';
import { QUEUE_MENU, queueActions, readActions } from './queue-actions';

/** A SAS with these permissions. */
const sas = (permissions: string) =>
  `sv=2024-11-04&ss=q&srt=sco&sp=${permissions}&se=2099-01-01T00:00:00Z&spr=https&sig=abc%3D`;
const connect = async (permissions?: string, readOnly = false) => {
  const credential =
    permissions === undefined
      ? { kind: 'key' as const, key: await importKey(EMULATOR.key) }
      : { kind: 'sas' as const, token: sas(permissions) };
  const endpoint = 'https://harborlane.queue.core.windows.net';
  return (await addConnection({ account: 'harborlane', endpoint, credential }, 'tab', { readOnly })).id;
};

const free = row('free', { ahead: 4 });
const held = row('held', { lease: lease('held') });
const unknown = row('unknown', { lease: lease('unknown', { state: 'unknown', because: 'lostAnswer' }) });
const inJob = row('job', { lease: lease('job'), claim: { kind: 'job', name: 'Move' } });
const inBrowse = row('browse', { claim: { kind: 'browse', name: 'Browse all' } });
const elsewhere = row('elsewhere', { elsewhere: now + 60_000 });

let connectionId: string;
/** Messages of a queue: the keys mean `rows`, and `open` is the one in the details. */
const on = (rows: readonly MessageRow[], open?: MessageRow) =>
  ({ connectionId, queue: 'orders', rows, open, screen: {} }) as MessageSubject;
/** Ids of those that it can be done to, or the reason. */
const ask = (action: Action<MessageSubject>, ...[rows, open]: Parameters<typeof on>) => {
  const { rows: fit, reason } = availability(action, on(rows, open));
  return reason ?? fit.map(({ id }) => id).join(' ');
};

const { edit, move, delete: remove, copy, compare, sendCopies, exportChosen, changeText } = messageActions;
const { extend, release } = leaseActions;
const READ_ONLY = 'Read-only: allow changes to this connection first';
const NOT_RECEIVED = 'Read-only: receiving would hide messages and raise their dequeue counts';
const NONE = 'No message is selected or open';

beforeAll(async () => void (await loadCredentialPermissions()));
afterEach(closeDialog);

describe('with all permissions', () => {
  beforeEach(async () => {
    connectionId = await connect();
  });

  const all = [free, held, unknown, inJob, inBrowse, elsewhere];
  test.each<[string, Action<MessageSubject>, string]>([
    ['by a lease that works', extend, 'held'],
    ['by a lease that works', release, 'held'],
    ['to what nothing else works on', move, 'free held'],
    ['to what nothing else works on', remove, 'free held'],
    ['to what nothing else works on', messageActions.requeue, 'free held'],
    ['to what nothing else works on', changeText, 'free held'],
    ['to all', copy, 'free held unknown job browse elsewhere'],
    ['to all', sendCopies, 'free held unknown job browse elsewhere'],
    ['to all', exportChosen, 'free held unknown job browse elsewhere'],
  ])('it is done %s: $1.id', (_, action, ids) => {
    expect(ask(action, all)).toBe(ids);
  });

  test.each<[Action<MessageSubject>, MessageRow[], string]>([
    [extend, [free], 'Needs a lease: lease the message first'],
    [release, [free, free], 'Needs a lease: lease the selected messages first'],
    [move, [inJob], 'Move has this message.'],
    [remove, [inJob, elsewhere], 'None of them is free: 2 in use'],
    [edit, [unknown], 'The receipt that works now is not known. The message becomes visible when the lease ends.'],
    [copy, [], NONE],
    [remove, [], NONE],
    [edit, [held, held], 'Open one of them to edit it'],
    [compare, [held], 'Select two messages to compare them'],
    [compare, [held, free, held], 'Select two messages to compare them'],
  ])('$0.id of none says the reason', (action, rows, reason) => {
    expect(ask(action, rows)).toBe(reason);
  });

  test('with rows selected, edit stays with the message that is open, and two can be compared', () => {
    expect(ask(edit, [free, free], held)).toBe('held');
    expect(availability(compare, on([held, free])).reason).toBeUndefined();
  });

  test('a queue can have all done to it', () => {
    for (const action of [...Object.values(queueActions), ...Object.values(readActions)])
      expect(availability(action, { connectionId, queue: 'orders' }).reason).toBeUndefined();
  });
});

describe('on a read-only connection', () => {
  beforeEach(async () => {
    connectionId = await connect(undefined, true);
  });

  test.each<[Action<MessageSubject>, string]>([
    [edit, READ_ONLY],
    [extend, READ_ONLY],
    [release, READ_ONLY],
    [remove, READ_ONLY],
    [move, NOT_RECEIVED],
    [changeText, NOT_RECEIVED],
    [sendCopies, READ_ONLY],
  ])('$0.id says so before all else, of one or of none', (action, reason) => {
    for (const rows of [[held], [inJob], [], [free, held]]) expect(ask(action, rows)).toBe(reason);
  });

  test('what changes nothing is left, and so is what opens to be read', () => {
    for (const action of [copy, exportChosen]) expect(ask(action, [held, inJob])).toBe('held job');
    const queue = { connectionId, queue: 'orders' };
    for (const action of [queueActions.metadata, queueActions.policies, connectionActions.serviceProperties])
      expect(availability(action, queue).reason).toBeUndefined();
    expect(availability(queueActions.clear, queue).reason).toBe(READ_ONLY);
  });

  test('until changes are allowed', async () => {
    await setReadOnly(connectionId, false);
    expect(ask(remove, [held])).toBe('held');
  });
});

describe('with a SAS', () => {
  test('that reads and adds, nothing is deleted, moved or leased', async () => {
    connectionId = await connect('rla');
    for (const action of [remove, move, extend, edit, changeText])
      expect(ask(action, [held])).toMatch(/^This SAS lacks the letter/);
    expect(ask(sendCopies, [held])).toBe('held');
  });

  test('the permission counts before the claim', async () => {
    connectionId = await connect('rl');
    expect(ask(remove, [inJob])).toMatch(/^This SAS lacks the letter/);
    connectionId = await connect('rlpud');
    expect(ask(remove, [inJob])).toBe('Move has this message.');
  });

  test('access policies cannot be opened, and no other SAS can be made', async () => {
    connectionId = await connect('rwdlacup');
    expect(availability(queueActions.policies, { connectionId, queue: 'orders' }).reason).toMatch(/never allows/);
    expect(connectionActions.createSas.isOffered?.({ connectionId })).toBe(false);
    expect(connectionActions.readSas.isOffered?.({ connectionId })).toBe(true);
  });
});

function opened<On extends { connectionId: string }>(action: Action<On>, subject: On): OpenDialog | undefined {
  closeDialog();
  runAction(action, subject);
  return currentDialog();
}

describe('what an action opens', () => {
  beforeEach(async () => {
    connectionId = await connect();
  });
  test('is about the messages that it can be done to, as far as the last of them', () => {
    const scope = { connectionId, queue: 'orders', ids: ['free', 'held'], reach: 5 };
    const subject = on([free, held, inJob]);
    expect(opened(move, subject)).toEqual({ kind: 'moveMessages', action: 'move', ...scope });
    expect(opened(messageActions.copyToQueue, subject)).toEqual({ kind: 'moveMessages', action: 'copy', ...scope });
    expect(opened(changeText, subject)).toEqual({ kind: 'changeText', ...scope });
    expect(opened(messageActions.setVisibility, subject)).toEqual({ kind: 'setVisibility', ...scope });
    expect(opened(exportChosen, subject)).toEqual({ kind: 'exportMessages', ...scope, ids: ['free', 'held', 'job'] });
    expect(opened(sendCopies, subject)).toEqual({ kind: 'sendCopies', ...scope, ids: ['free', 'held', 'job'] });
    expect(opened(edit, on([held]))).toEqual({ kind: 'editMessage', connectionId, queue: 'orders', messageId: 'held' });
    expect(scopeOf(on([]), []).reach).toBe(0);
  });

  test('is nothing when it cannot be done', () => {
    expect(opened(move, on([inJob]))).toBeUndefined();
    expect(opened(move, on([]))).toBeUndefined();
  });

  test('is about the queue as a whole for an action on a queue, also where messages are selected', () => {
    expect(opened(readActions.export, on([held]))).toEqual({ kind: 'exportMessages', connectionId, queue: 'orders' });
  });

  test('has the name that the menu of a queue says', () => {
    const queue = 'orders-poison';
    const at = { connectionId, queue };
    const menu = QUEUE_MENU.filter((item) => item !== 'separator').filter(({ opens }) => opens);
    const found = menu.map((action) => [action.label, opened(action as Action<typeof at>, at)]);
    expect(found.map(([label, open]) => [typeof label === 'string' ? label : 'SAS', open])).toEqual([
      ['Metadata', { kind: 'queueMetadata', ...at }],
      ['Access policies', { kind: 'accessPolicies', ...at }],
      ['SAS', { kind: 'sasMaker', ...at }],
      ['Copy as…', { kind: 'copyAs', ...at }],
      ['Redrive all messages', { kind: 'moveMessages', action: 'redrive', ...at }],
      ['Move all messages', { kind: 'moveMessages', action: 'move', ...at }],
      ['Copy all messages', { kind: 'moveMessages', action: 'copy', ...at }],
      ['Requeue all messages', { kind: 'moveMessages', action: 'requeue', ...at }],
      ['Work in steps on all messages', { kind: 'workOnMessages', ...at }],
      ['Change text of all messages', { kind: 'changeText', ...at }],
      ['Set visibility of all messages', { kind: 'setVisibility', ...at }],
      ['Send copies', { kind: 'sendCopies', ...at }],
      ['Import messages', { kind: 'importMessages', ...at }],
      ['Export all messages', { kind: 'exportMessages', ...at }],
      ['Add deleted messages again', { kind: 'addAgain', ...at }],
      ['Clear queue', { kind: 'clearQueue', ...at }],
      ['Delete queue', { kind: 'deleteQueue', ...at }],
    ]);
  });

  test('redriving is offered on a poison queue alone', () => {
    const { isOffered } = queueActions.redrive;
    expect(['orders-poison', 'orders'].map((queue) => isOffered?.({ connectionId, queue }))).toEqual([true, false]);
  });
});
