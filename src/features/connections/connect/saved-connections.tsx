import { Trash2 } from 'lucide-react';
import { accountAndQueue } from '@/state/connections/connection-labels';
import { useConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { IconButton } from '@/ui/controls/button';
import { connectionLabel, connectionName } from '../shared/connection-name';
import { ConnectionTile } from '../shared/connection-tile';
import { openConnection } from '../shared/open-connection';

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
              aria-label={isSandbox(connection) ? connectionLabel(connection) : `Open ${connectionName(connection)}`}
              onClick={() => openConnection(connection.id)}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-8 py-2.5 pl-4 text-left -outline-offset-2!"
            >
              <ConnectionTile connection={connection} />
              <span className="grid min-w-0 flex-1">
                <span className="flex items-center gap-2">
                  <span className="truncate font-semibold">
                    {isSandbox(connection) ? connectionName(connection) : accountAndQueue(connection)}
                  </span>
                  <EnvironmentBadge environment={environmentOf(connection.environment)} />
                </span>
                <span className="truncate text-12 text-text-2">
                  {isSandbox(connection) ? 'In this browser' : new URL(connection.endpoint).host}
                  <span className="text-text-3">
                    {' '}
                    · {connection.keep === 'device' ? 'on this device' : 'this tab'}
                    {connection.locked && ', locked'}
                    {connection.readOnly && ', read-only'}
                    {connection.relay && ', by relay'}
                  </span>
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
