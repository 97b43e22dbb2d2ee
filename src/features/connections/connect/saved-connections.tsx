import { Trash2 } from 'lucide-react';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { IconButton } from '@/ui/controls/button';
import { connectionName, shownName } from '../shared/connection-name';
import { ConnectionTile } from '../shared/connection-tile';
import { openConnection } from '../shared/open-connection';

const whereText = (connection: StoredConnection) =>
  isSandbox(connection) ? 'In this browser' : new URL(connection.endpoint).host;

const stateText = ({ keep, locked, readOnly, relay }: StoredConnection) =>
  [keep === 'device' ? 'on this device' : 'this tab', locked && 'locked', readOnly && 'read-only', relay && 'by relay']
    .filter(Boolean)
    .join(', ');

/** The name of the button of a connection: all that it shows is in it, in its order. */
function spokenLine(connection: StoredConnection): string {
  const name = connectionName(connection);
  const shown = shownName(connection);
  const environment = environmentOf(connection.environment)?.label;
  const seen = [shown, environment, whereText(connection), stateText(connection)].filter(Boolean).join(', ');
  // "Open sandbox" is the button that makes one.
  return `${isSandbox(connection) ? '' : 'Open '}${name === shown ? '' : `${name}: `}${seen}`;
}

/** The saved connections, to open or forget; nothing without any. */
export function SavedConnections() {
  const connections = useConnections();
  if (connections.length === 0) return null;
  return (
    <section aria-labelledby="saved-connections" className="grid gap-2.5">
      <h2 id="saved-connections" className="text-15 font-semibold">
        Your connections
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-12 border border-line-strong bg-surface">
        {connections.map((connection) => (
          <li key={connection.id} className="flex items-center gap-1 pr-2 hover:bg-hover">
            <button
              type="button"
              aria-label={spokenLine(connection)}
              onClick={() => openConnection(connection.id)}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-8 py-2.5 pl-4 text-left -outline-offset-2!"
            >
              <ConnectionTile connection={connection} />
              <span className="grid min-w-0 flex-1">
                <span className="flex items-center gap-2">
                  <span className="truncate font-semibold">{shownName(connection)}</span>
                  <EnvironmentBadge environment={environmentOf(connection.environment)} />
                </span>
                <span className="truncate text-12 text-text-2">
                  {whereText(connection)}
                  <span className="text-text-3"> · {stateText(connection)}</span>
                </span>
              </span>
            </button>
            <IconButton
              label={`Forget ${connectionName(connection)}`}
              icon={<Trash2 />}
              onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
