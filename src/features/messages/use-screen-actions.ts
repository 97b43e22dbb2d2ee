import { leaseActions, type MessageSubject, messageActions, viewActions } from '@/actions/message-actions';
import { readActions, refreshActions } from '@/actions/queue-actions';
import { useActions } from '@/actions/use-actions';
import { useHasToastAction } from '@/ui/overlay/toast-store';

const { peek, receive, browse, add, import: importing, export: exporting } = readActions;
const { edit, move, delete: remove, copy, compare, undo, next, previous, all } = messageActions;
const { extend, release } = leaseActions;

const ON_MESSAGES = [peek, receive, browse, add, edit, move, exporting, importing, remove, copy, compare];
const ON_ROWS = [extend, release, undo, next, previous, all, ...Object.values(viewActions)];
const ON_SCREEN = [...ON_MESSAGES, ...ON_ROWS, ...Object.values(refreshActions)];

/** Registers what the keys and the palette do on the screen of a queue. */
export function useScreenActions(on: MessageSubject) {
  // Undo can be done while a toast offers it.
  useHasToastAction('Z');
  useActions<MessageSubject>(ON_SCREEN, on);
}
