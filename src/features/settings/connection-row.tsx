import type { StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { environmentOf } from '@/state/environments';
import { isSandbox } from '@/state/sandbox';
import { Button } from '@/ui/button';
import { EnvironmentBadge } from '@/ui/environment-badge';
import { Row } from './settings-row';

const SECRETS = { key: 'account key', sas: 'shared access signature', token: 'access token' };
const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, account, endpoint, kind, keep, queue } = connection;
  const name = isSandbox(connection) ? 'Sandbox' : queue === undefined ? account : `${account}/${queue}`;
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
            <span className="font-mono">{new URL(endpoint).host}</span>, {SECRETS[kind]} {KEPT[keep]}
            {connection.readOnly && ', read-only'}
          </>
        )
      }
    >
      <span className="flex flex-wrap gap-2">
        {kind === 'sas' ? (
          <Button
            aria-label={`What the SAS of ${name} allows`}
            onClick={() => openDialog({ kind: 'sasReader', connection: id })}
          >
            What it allows
          </Button>
        ) : (
          <Button
            aria-label={`Create a ${kind === 'token' ? 'user delegation SAS' : 'shared access signature'} of ${name}`}
            onClick={() => openDialog({ kind: 'sasMaker', connection: id })}
          >
            {kind === 'token' ? 'Create user delegation SAS' : 'Create SAS'}
          </Button>
        )}
        <Button
          aria-label={`Access to ${name}`}
          onClick={() => openDialog({ kind: 'connectionAccess', connection: id })}
        >
          Access
        </Button>
        <Button
          variant="danger"
          aria-label={`Forget ${name}`}
          onClick={() => openDialog({ kind: 'forgetConnection', connection: id })}
        >
          Forget
        </Button>
      </span>
    </Row>
  );
}
