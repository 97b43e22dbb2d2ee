import { type MessageScope, openDialog } from '@/state/dialogs';
import type { MenuAction } from '@/ui/menu';

/** What can be done with chosen messages besides what has a button of its own. */
export const moreActions = (scope: Required<MessageScope>): MenuAction[] => [
  { label: 'Copy to a queue', onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', ...scope }) },
];
