import { Ellipsis, FileKey, Info, SlidersHorizontal, Stethoscope } from 'lucide-react';
import { accountAndQueue, secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Button, IconButton } from '@/ui/controls/button';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { Menu, type MenuItem } from '@/ui/overlay/menu';
import { Row } from './settings-row';

const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

/** One connection: what it is, how careful the page is with it, and the way to all else about it. */
export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, endpoint, keep } = connection;
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
          `A queue service in this browser, ${KEPT[keep]}`
        ) : (
          <>
            <span className="font-mono">{new URL(endpoint).host}</span>, {secretText(connection)} {KEPT[keep]}
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
        <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />} items={rarer(connection)} />
      </span>
    </Row>
  );
}

/** As in the menu of the account, by the same names. */
function rarer(connection: StoredConnection): MenuItem[] {
  const { id, kind } = connection;
  return [
    kind === 'sas'
      ? {
          label: 'What this SAS allows',
          icon: <FileKey />,
          onSelect: () => openDialog({ kind: 'sasReader', connectionId: id }),
        }
      : {
          label: kind === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature',
          icon: <FileKey />,
          onSelect: () => openDialog({ kind: 'sasMaker', connectionId: id }),
        },
    {
      label: 'Connection details',
      icon: <Info />,
      onSelect: () => openDialog({ kind: 'connectionDetails', connectionId: id }),
    },
    {
      label: 'Service properties',
      icon: <SlidersHorizontal />,
      onSelect: () => openDialog({ kind: 'serviceProperties', connectionId: id }),
    },
    ...(isSandbox(connection)
      ? []
      : [
          {
            label: 'Check this connection',
            icon: <Stethoscope />,
            onSelect: () => openDialog({ kind: 'checkConnection' as const, connectionId: id }),
          },
        ]),
  ];
}
