import type { Command } from '@/state/navigation/commands';

type Row = Pick<Command, 'id' | 'title' | 'keys'>;

/** What a focused grid does by itself. */
const GRID_ROWS: readonly Row[] = [
  { id: 'grid.move', title: 'Next, previous row', keys: ['ArrowDown', 'ArrowUp'] },
  { id: 'grid.read', title: 'Next, previous row with its details', keys: ['j', 'k'] },
  { id: 'grid.open', title: 'Open details', keys: ['Enter'] },
  { id: 'grid.details', title: 'To the details, and back', keys: ['F6', 'Shift+F6'] },
  { id: 'grid.select', title: 'Select row', keys: ['Space'] },
  { id: 'grid.extend', title: 'Extend selection', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { id: 'grid.all', title: 'Select all loaded', keys: ['$mod+a'] },
];

const GROUPS: Command['group'][] = ['Go to', 'Queues', 'Messages', 'Leases', 'Lab', 'View', 'Connections'];

/** The shortcuts sheet: the commands that have a key, by group, and what a focused grid does. */
export function sheetGroups(commands: readonly Command[]): { title: string; rows: readonly Row[] }[] {
  const withKeys = commands.filter(({ keys = [], isOfGrid }) => keys.length > 0 && !isOfGrid);
  const groups = GROUPS.map((title) => ({ title, rows: withKeys.filter(({ group }) => group === title) }));
  return [...groups.filter(({ rows }) => rows.length > 0), { title: 'In a grid', rows: GRID_ROWS }];
}
