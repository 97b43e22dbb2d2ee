import type { Action } from '@/actions/action';
import { leaseActions, type MessageSubject, messageActions } from '@/actions/message-actions';

type MenuOfMessages = readonly (Action<MessageSubject> | 'separator')[];

/** The menu of a message, or of those that are selected, at the pointer. */
export const MESSAGE_MENU: MenuOfMessages = [
  messageActions.show,
  messageActions.edit,
  messageActions.move,
  messageActions.redrive,
  messageActions.moveElsewhere,
  messageActions.requeue,
  messageActions.copyToQueue,
  messageActions.work,
  'separator',
  messageActions.copy,
  messageActions.exportChosen,
  messageActions.compare,
  messageActions.sendCopies,
  messageActions.saveAsTemplate,
  messageActions.copyAs,
  'separator',
  messageActions.changeText,
  messageActions.setVisibility,
  'separator',
  leaseActions.extend,
  leaseActions.release,
  'separator',
  messageActions.delete,
];

/** What is done to all messages with one value of a column. */
export const VALUE_MENU: MenuOfMessages = [
  messageActions.move,
  messageActions.requeue,
  messageActions.exportChosen,
  messageActions.work,
  messageActions.changeText,
  messageActions.delete,
];

/** Buttons beside the menu of an open message. */
const IN_DETAILS: ReadonlySet<unknown> = new Set([
  messageActions.show,
  messageActions.edit,
  messageActions.move,
  messageActions.copy,
  messageActions.compare,
  messageActions.delete,
  leaseActions.extend,
  leaseActions.release,
]);

/** What the menu in the details offers besides the buttons. */
export const MORE_MESSAGE_ACTIONS = besides(MESSAGE_MENU, IN_DETAILS);

/** What the bar of selected messages has in sight at every width, or what is not for several. */
const IN_BAR: ReadonlySet<unknown> = new Set([
  messageActions.show,
  messageActions.edit,
  messageActions.move,
  messageActions.redrive,
]);

/** What the menu of selected messages offers besides the buttons. */
export const MORE_SELECTED_ACTIONS = besides(MESSAGE_MENU, IN_BAR);

/** A menu without some actions, and without separators that have nothing between them. */
function besides(menu: MenuOfMessages, without: ReadonlySet<unknown>): MenuOfMessages {
  const left = menu.filter((item) => !without.has(item));
  return left.filter(
    (item, index) => item !== 'separator' || (index > 0 && index < left.length - 1 && left[index - 1] !== 'separator'),
  );
}
