import { goToActions, goToConnection, layoutActions, type Page, pageActions } from '@/actions/app-actions';
import { connectionActions } from '@/actions/connection-actions';
import { useActions } from '@/actions/use-actions';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { useIsReadOnly } from '@/state/connections/read-only';
import { useCurrentConnection, useExplorerRoute } from './last-route';
import { focusPane } from './panes';

/** What the actions of the page are done to. */
export function usePage(): Page {
  const connection = useCurrentConnection();
  const isReadOnly = useIsReadOnly(connection?.id);
  return { connection, isReadOnly, explorer: useExplorerRoute(), focusPane, turnReadOnly };
}

function turnReadOnly(connection: StoredConnection, isOn: boolean) {
  void import('@/features/connections/access/change-read-only').then(({ allowChanges, forbidChanges }) =>
    (isOn ? forbidChanges : allowChanges)(connection),
  );
}

const { readSas, createSas, ...ofConnection } = connectionActions;

/** Registers what can be done from anywhere. */
export function usePageActions() {
  const page = usePage();
  const connections = useConnections();
  const connectionId = page.connection?.id ?? '';
  useActions([...Object.values(goToActions), ...Object.values(pageActions)], page);
  useActions(connectionId ? Object.values(ofConnection) : [], { connectionId });
  useActions(connections.slice(0, 9).map(goToConnection), page);
  useActions(connectionId ? [readSas, createSas] : [], { connectionId, queue: page.explorer?.queue });
  useActions(Object.values(layoutActions), page);
}
