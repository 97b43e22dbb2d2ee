import { describe, expect, test } from 'vitest';
import type { OpenDialog } from '@/state/navigation/open-dialog';
import { type Action, commandOf } from './action';
import { actionOf } from './dialog-action';
import { sheetGroups } from './shortcuts-sheet';
import { shownKeys } from './shown-keys';

/** Every exported table of actions, so that one that is added is held to the same. */
const modules = import.meta.glob<Record<string, unknown>>('./*-actions.{ts,tsx}', { eager: true });
const isAction = (value: unknown): value is Action =>
  typeof value === 'object' && value !== null && 'id' in value && 'label' in value && 'group' in value;
const isTable = (value: unknown): value is Record<string, Action> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isAction);
const ACTIONS = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter(isTable)
  .flatMap((table) => Object.values(table));

const subject = { connectionId: 'harborlane@local', queue: 'orders', rows: [], open: undefined, screen: {} };
const commands = ACTIONS.map((action) => commandOf(action, subject));
const groups = sheetGroups(commands);
const isOfLab = ({ id }: { id: string }) => id.startsWith('lab.');
const rows = groups.flatMap((group) => group.rows);

describe('actions', () => {
  test('are all found, each with an id of its own', () => {
    expect(ACTIONS.length).toBeGreaterThan(70);
    const ids = ACTIONS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('on the screen of a queue share no key', () => {
    const onScreen = ACTIONS.filter(({ id }) => /^(messages|leases|queues|app)\./.test(id));
    const used = onScreen.flatMap(({ keys = [] }) => keys);
    expect(used.filter((key, index) => used.indexOf(key) !== index)).toEqual([]);
  });
});

describe('the shortcuts sheet', () => {
  const withKeys = ACTIONS.filter(({ keys = [] }) => keys.length > 0);

  test('has every action with a key, those of the grid in its part', () => {
    const inGrid = groups.at(-1)?.rows.flatMap(({ keys = [] }) => keys);
    const [ofGrid, others] = [true, false].map((is) => withKeys.filter(({ isOfGrid = false }) => isOfGrid === is));
    expect(inGrid).toEqual(expect.arrayContaining(ofGrid?.flatMap(({ keys = [] }) => keys) ?? []));
    for (const { id, keys } of others ?? []) expect(rows.find((one) => one.id === id)?.keys).toEqual(keys);
  });

  test('has no key that is not an action’s or the grid’s own', () => {
    const known = new Set(ACTIONS.filter((one) => !isOfLab(one)).flatMap(({ keys = [] }) => keys));
    const ofGrid = ['Enter', 'Space', 'Shift+ArrowDown', 'Shift+ArrowUp'];
    expect(
      rows
        .filter((one) => !isOfLab(one))
        .flatMap(({ keys = [] }) => keys)
        .filter((key) => !known.has(key)),
    ).toEqual(ofGrid);
  });

  test('is filled from nothing but actions', () => {
    const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
    const others = Object.entries(sources).filter(([path, source]) => {
      const isSheet = /\.(test|fixture)\.|^\.\/|commands\.ts$/.test(path);
      return !isSheet && /\buseCommands\(/.test(source);
    });
    expect(others.map(([path]) => path)).toEqual([]);
  });

  test('shows each key as a keyboard has it', () => {
    for (const key of rows.flatMap(({ keys = [] }) => keys)) expect(shownKeys(key)).not.toBe('');
  });
});

/** What each dialog does to the service: `changes`, or nothing that an action has to be asked for. */
const DIALOGS: Record<OpenDialog['kind'], 'changes' | 'shows'> = {
  addMessage: 'changes',
  editMessage: 'changes',
  leaseMessage: 'changes',
  createQueue: 'changes',
  deleteQueue: 'changes',
  clearQueue: 'changes',
  queueMetadata: 'changes',
  accessPolicies: 'changes',
  serviceProperties: 'changes',
  moveMessages: 'changes',
  deleteMessages: 'changes',
  exportMessages: 'changes',
  importMessages: 'changes',
  clearQueues: 'changes',
  sendCopies: 'changes',
  changeText: 'changes',
  workOnMessages: 'changes',
  setVisibility: 'changes',
  addAgain: 'changes',
  connectionDetails: 'shows',
  forgetConnection: 'shows',
  connectionAccess: 'shows',
  allowChanges: 'shows',
  passphrase: 'shows',
  forgetAll: 'shows',
  sasReader: 'shows',
  sasMaker: 'shows',
  checkConnection: 'shows',
  chooseQueue: 'shows',
  copyAs: 'shows',
  templates: 'shows',
  jobFailures: 'shows',
  doubtfulItems: 'shows',
  jobs: 'shows',
  sandbox: 'shows',
  commands: 'shows',
  shortcuts: 'shows',
};

describe('a dialog', () => {
  const at = { connectionId: 'harborlane@local', queue: 'orders' };
  const permissionOf = (open: object) => actionOf({ ...at, ...open } as OpenDialog)?.may;

  test('that changes something names its action, with a permission', () => {
    for (const [kind, does] of Object.entries(DIALOGS)) {
      const action = actionOf({ kind, ...at, ...(kind === 'moveMessages' && { action: 'move' }) } as OpenDialog);
      expect([kind, action?.may !== undefined]).toEqual([kind, does === 'changes']);
    }
  });

  test.each<[object, string | undefined]>([
    [{ kind: 'moveMessages', action: 'move' }, 'move'],
    [{ kind: 'moveMessages', action: 'redrive' }, 'move'],
    [{ kind: 'moveMessages', action: 'copy' }, 'copy'],
    [{ kind: 'moveMessages', action: 'redrive', ids: ['a'] }, 'move'],
    [{ kind: 'exportMessages' }, 'exportAll'],
    [{ kind: 'serviceProperties', tab: 'replication' }, 'setProperties'],
    [{ kind: 'importMessages' }, 'add'],
    [{ kind: 'sendCopies', ids: ['a'] }, 'add'],
    [{ kind: 'setVisibility', ids: ['a'] }, 'changeMany'],
  ])('%j takes the permission of its action', (open, permission) => {
    expect(permissionOf(open)).toBe(permission);
  });

  test('for messages that are loaded writes them to a file without one', () => {
    expect(permissionOf({ kind: 'exportMessages', ids: ['a'] })).toBeUndefined();
  });
});
