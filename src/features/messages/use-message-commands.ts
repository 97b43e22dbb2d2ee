import { useCommands } from '@/state/navigation/commands';
import type { Mode } from '@/state/navigation/route';
import type { Verb } from '@/state/permissions/permissions';
import { preferences, setPreference } from '@/state/settings/preferences';
import { newestToastAction, useHasToastAction } from '@/ui/overlay/toast-store';
import type { MessageWork } from './selection/use-message-selection';
import type { SearchTool } from './shared/search-tool';

type MessageCommands = {
  /** Why something cannot be done, which its key then says. */
  denialReason: (verb: Verb) => string | undefined;
  /** The same of what the keys mean now. */
  reasons: MessageWork['reasons'];
  onMode: (mode: Mode) => void;
  onStep: (by: 1 | -1) => void;
  onSelectAll: () => void;
  onDetails: () => void;
  onFilter: () => void;
  onTool: (tool: SearchTool) => void;
  onRefresh: () => void;
  onAdd: () => void;
  onEdit: () => void;
  onMove: () => void;
  onExport: () => void;
  onImport: () => void;
  onDelete: () => void;
  onExtend: () => void;
  onRelease: () => void;
  onCopy: () => void;
  onCompare: () => void;
  /** Undefined when there is nothing to leave. */
  onEscape: (() => void) | undefined;
};

const ofGrid = { hiddenFromShortcuts: true };
/** Without a key of their own. */
const ofPalette = { hiddenFromShortcuts: true };

/** The keys of the message screen, also listed in the palette and among the shortcuts. */
export function useMessageCommands(on: MessageCommands) {
  const canUndo = useHasToastAction('Z');
  useCommands([
    { id: 'messages.peek', title: 'Peek messages', group: 'Messages', keys: ['1'], run: () => on.onMode('peek') },
    {
      id: 'messages.receive',
      reason: on.denialReason('receive'),
      title: 'Receive messages',
      group: 'Messages',
      keys: ['2'],
      run: () => on.onMode('receive'),
    },
    {
      id: 'messages.browse',
      reason: on.denialReason('browse'),
      title: 'Browse all',
      group: 'Messages',
      keys: ['3'],
      run: () => on.onMode('browse'),
    },
    {
      id: 'messages.add',
      reason: on.denialReason('add'),
      title: 'Add message',
      group: 'Messages',
      keys: ['n'],
      run: on.onAdd,
    },
    {
      id: 'messages.edit',
      reason: on.reasons.edit,
      title: 'Edit message',
      group: 'Messages',
      keys: ['e'],
      run: on.onEdit,
    },
    {
      id: 'messages.move',
      reason: on.reasons.move,
      title: 'Move messages',
      group: 'Messages',
      keys: ['m'],
      run: on.onMove,
    },
    {
      id: 'messages.export',
      reason: on.denialReason('exportAll'),
      title: 'Export messages',
      group: 'Messages',
      run: on.onExport,
      hiddenFromShortcuts: true,
    },
    {
      id: 'messages.import',
      reason: on.denialReason('add'),
      title: 'Import messages',
      group: 'Messages',
      run: on.onImport,
      hiddenFromShortcuts: true,
    },
    {
      id: 'messages.delete',
      reason: on.reasons.remove,
      title: 'Delete messages',
      group: 'Messages',
      keys: ['Delete'],
      run: on.onDelete,
    },
    {
      id: 'messages.copy',
      reason: on.reasons.copy,
      title: 'Copy message text',
      group: 'Messages',
      keys: ['c'],
      run: on.onCopy,
    },
    {
      id: 'messages.compare',
      title: 'Compare two selected messages',
      group: 'Messages',
      ...ofPalette,
      run: on.onCompare,
    },
    {
      id: 'leases.extend',
      reason: on.reasons.extend,
      title: 'Extend lease',
      group: 'Leases',
      keys: ['x'],
      run: on.onExtend,
    },
    {
      id: 'leases.release',
      reason: on.reasons.release,
      title: 'Release lease',
      group: 'Leases',
      keys: ['u'],
      run: on.onRelease,
    },
    {
      id: 'messages.undo',
      title: 'Undo',
      group: 'Messages',
      keys: ['z'],
      enabled: canUndo,
      run: () => newestToastAction('Z')?.(),
    },
    // The grid takes these itself when it has the focus, and is listed with them.
    {
      id: 'messages.next',
      title: 'Next message',
      group: 'Messages',
      keys: ['j', 'ArrowDown'],
      ...ofGrid,
      run: () => on.onStep(1),
    },
    {
      id: 'messages.previous',
      title: 'Previous message',
      group: 'Messages',
      keys: ['k', 'ArrowUp'],
      ...ofGrid,
      run: () => on.onStep(-1),
    },
    {
      id: 'messages.all',
      title: 'Select all loaded messages',
      group: 'Messages',
      keys: ['$mod+a'],
      ...ofGrid,
      run: on.onSelectAll,
    },
    { id: 'messages.details', title: 'Show or hide details', group: 'View', keys: [']'], run: on.onDetails },
    { id: 'messages.filter', title: 'Filter messages', group: 'View', keys: ['/'], run: on.onFilter },
    {
      id: 'messages.expression',
      title: 'Filter by expression',
      group: 'View',
      ...ofPalette,
      run: () => on.onTool('expression'),
    },
    { id: 'messages.sort', title: 'Sort messages', group: 'View', ...ofPalette, run: () => on.onTool('sort') },
    { id: 'messages.group', title: 'Count by a column', group: 'View', ...ofPalette, run: () => on.onTool('group') },
    {
      id: 'messages.columns',
      title: 'Choose columns from the body',
      group: 'View',
      ...ofPalette,
      run: () => on.onTool('columns'),
    },
    { id: 'messages.refresh', title: 'Refresh messages', group: 'View', keys: ['r'], run: on.onRefresh },
    {
      id: 'messages.live',
      title: 'Turn live on or off',
      group: 'View',
      keys: ['l'],
      run: () => setPreference('live', !preferences().live),
    },
    {
      id: 'messages.escape',
      title: 'Clear selection or close details',
      group: 'View',
      keys: ['Escape'],
      enabled: on.onEscape !== undefined,
      run: () => on.onEscape?.(),
    },
  ]);
}
