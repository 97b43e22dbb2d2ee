import type { OpenDialog } from '@/state/navigation/open-dialog';
import type { Action } from './action';
import { accountActions, connectionActions } from './connection-actions';
import { messageActions } from './message-actions';
import { leasingActions, queueActions, readActions } from './queue-actions';

type AnyAction = Pick<Action, 'id' | 'opens' | 'how' | 'may'>;

const OF_MESSAGES: readonly AnyAction[] = Object.values(messageActions);
const OF_QUEUES = [queueActions, readActions, accountActions, connectionActions, leasingActions].flatMap(
  (table): AnyAction[] => Object.values(table),
);

/** The action that a dialog is for; undefined for one that no action opens. Chosen messages come before a whole queue. */
export function actionOf(open: OpenDialog): AnyAction | undefined {
  const isOpenedBy = ({ opens, how }: AnyAction) =>
    opens === open.kind && (!('action' in open) || (how && 'action' in how && how.action === open.action));
  return [...('ids' in open ? OF_MESSAGES : []), ...OF_QUEUES, ...OF_MESSAGES].find(isOpenedBy);
}
