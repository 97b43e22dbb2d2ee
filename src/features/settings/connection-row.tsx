import { Ellipsis } from 'lucide-react';
import { connectionMenu } from '@/actions/connection-menu';
import { accountAndQueue, secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Button, IconButton } from '@/ui/controls/button';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { Menu } from '@/ui/overlay/menu';
import { Row } from './settings-row';

const STORED = { tab: 'kept for this tab', device: 'kept on this device' };

/** A connection with its safety settings and the menu of everything else about it. */
export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, endpoint, keep } = connection;
  const { sas, details, properties, check } = connectionMenu(connection);
  const name = isSandbox(connection) ? 'Sandbox' : accountAndQueue(connection);
  return (
    <Row
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          <EnvironmentBadge environment={environmentOf(connection.environment)} />
        </span>
      }
      hint={
        isSandbox(connection) ? (
          `A queue service in this browser, ${STORED[keep]}`
        ) : (
          <>
            <span className="font-mono">{new URL(endpoint).host}</span>, {secretText(connection)} {STORED[keep]}
            {connection.readOnly && ', read-only'}
            {connection.relay && ', by relay'}
          </>
        )
      }
    >
      <span className="flex flex-wrap items-center gap-2">
        <Button
          aria-label={`Access to ${name}`}
          onClick={() => openDialog({ kind: 'connectionAccess', connectionId: id })}
        >
          Access
        </Button>
        <Button
          variant="danger"
          aria-label={`Forget ${name}`}
          onClick={() => openDialog({ kind: 'forgetConnection', connectionId: id })}
        >
          Forget
        </Button>
        <Menu
          trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}
          items={[sas, details, properties, ...check]}
        />
      </span>
    </Row>
  );
}
