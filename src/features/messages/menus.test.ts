import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MessageRow } from '@/messages/message-rows';
import { closeDialog, currentDialog, type OpenDialog } from '@/state/navigation/open-dialog';
import type { Verb } from '@/state/permissions/permissions';
import { preferences, resetPreferences } from '@/state/settings/preferences';
import type { MenuAction, MenuItem } from '@/ui/overlay/menu';
import { queueMenuItems } from './header/queue-menu';
import { message } from './message.fixture';
import { moreActions } from './selection/more-message-actions';
import type { MessageWork } from './selection/use-message-selection';

afterEach(closeDialog);

const at = { connectionId: 'harborlane@local', queue: 'orders-poison' };
const why = (verb: Verb) => `no ${verb}`;
const actionsOf = (items: readonly MenuItem[]) => items.filter((item): item is MenuAction => item !== 'separator');

/** What a menu item opens, and why it would be off. */
function opened({ label, reason, onSelect }: MenuAction): [string, OpenDialog | undefined, string | undefined] {
  closeDialog();
  onSelect();
  return [label, currentDialog(), reason];
}

const items = (more: Partial<Parameters<typeof queueMenuItems>[0]> = {}) =>
  actionsOf(
    queueMenuItems({
      ...at,
      kind: 'key',
      live: false,
      denialReason: why,
      onCopyName: () => {},
      onRefresh: () => {},
      ...more,
    }),
  );

describe('the menu of a queue', () => {
  test('opens for each of its items the dialog of that name, and says why one is off', () => {
    const move = { kind: 'moveMessages', ...at } as const;
    expect(items().map(opened)).toEqual([
      ['Metadata', { kind: 'queueMetadata', ...at }, undefined],
      ['Access policies', { kind: 'accessPolicies', ...at }, undefined],
      ['Create a shared access signature', { kind: 'sasMaker', ...at }, undefined],
      ['Copy name', undefined, undefined],
      ['Refresh', undefined, undefined],
      ['Live', undefined, undefined],
      ['Redrive all messages', { ...move, action: 'redrive' }, 'no move'],
      ['Move all messages', { ...move, action: 'move' }, 'no move'],
      ['Copy all messages', { ...move, action: 'copy' }, 'no copy'],
      ['Change text of all messages', { kind: 'changeText', ...at }, 'no changeMany'],
      ['Set visibility of all messages', { kind: 'setVisibility', ...at }, 'no changeMany'],
      ['Send copies', { kind: 'sendCopies', ...at }, 'no add'],
      ['Import messages', { kind: 'importMessages', ...at }, 'no add'],
      ['Export all messages', { kind: 'exportMessages', ...at }, 'no exportAll'],
      ['Add deleted messages again', { kind: 'addAgain', ...at }, 'no add'],
      ['Clear queue', { kind: 'clearQueue', ...at }, 'no clearQueue'],
      ['Delete queue', { kind: 'deleteQueue', ...at }, 'no deleteQueue'],
    ]);
  });

  test('copies the name, looks again and turns live on where it is', () => {
    const [onCopyName, onRefresh] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const press = (label: string) =>
      items({ onCopyName, onRefresh })
        .find((item) => item.label === label)
        ?.onSelect();
    press('Copy name');
    expect([onCopyName, onRefresh].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    press('Refresh');
    expect(onRefresh).toHaveBeenCalledOnce();
    expect(items({ live: true }).find(({ label }) => label === 'Live')?.checked).toBe(true);
    press('Live');
    expect(preferences().live).toBe(true);
    resetPreferences();
  });

  test('offers only a poison queue to be redriven, and a signature no others', () => {
    const labels = items({ queue: 'orders', kind: 'sas' }).map(({ label }) => label);
    expect(labels).not.toContain('Redrive all messages');
    expect(labels.filter((label) => label.startsWith('Create'))).toEqual([]);
  });

  test('is off nowhere with all rights', () => {
    expect(items({ denialReason: () => undefined }).filter(({ reason }) => reason !== undefined)).toEqual([]);
  });
});

describe('more for chosen messages', () => {
  const rows = ['a', 'b', 'c'].map((id, ahead) => ({ id, ahead, message: message(id) }) as MessageRow);
  const [first, ...rest] = rows as [MessageRow, ...MessageRow[]];
  /** The first is in use. */
  const may: MessageWork['may'] = (verb) => ({ rows: rest, reason: `none to ${verb}` });
  const work = { context: { account: { id: at.connectionId }, queue: at.queue } as MessageWork['context'], may };

  test('is about those that are free; copies can be sent of all', () => {
    const free = { ...at, ids: ['b', 'c'], reach: 3 };
    expect(moreActions(work, rows, why).map(opened)).toEqual([
      ['Copy to a queue', { kind: 'moveMessages', action: 'copy', ...free }, 'none to copy'],
      ['Change text', { kind: 'changeText', ...free }, 'none to changeMany'],
      ['Set visibility', { kind: 'setVisibility', ...free }, 'none to changeMany'],
      ['Send copies', { kind: 'sendCopies', ...at, ids: ['a', 'b', 'c'], reach: 3 }, 'no add'],
    ]);
  });

  test('makes a template of one', () => {
    expect(moreActions(work, [first], why).map(({ label }) => label)).toContain('Save as template');
    expect(moreActions(work, rows, why).map(({ label }) => label)).not.toContain('Save as template');
  });
});
