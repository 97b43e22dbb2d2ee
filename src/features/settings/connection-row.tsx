import type { StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { isSandbox } from '@/state/sandbox';
import { Button } from '@/ui/button';
import { Row } from './settings-row';

const SECRETS = { key: 'account key', sas: 'shared access signature' };
const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, account, endpoint, kind, keep, queue } = connection;
  const name = isSandbox(connection) ? 'Sandbox' : queue === undefined ? account : `${account}/${queue}`;
  return (
    <Row
      title={name}
      hint={
        isSandbox(connection) ? (
          `A queue service in this browser, ${KEPT[keep]}`
        ) : (
          <>
            <span className="font-mono">{new URL(endpoint).host}</span>, {SECRETS[kind]} {KEPT[keep]}
          </>
        )
      }
    >
      <span className="flex gap-2">
        {kind === 'sas' ? (
          <Button
            aria-label={`What the SAS of ${name} allows`}
            onClick={() => openDialog({ kind: 'sasReader', connection: id })}
          >
            What it allows
          </Button>
        ) : (
          <Button
            aria-label={`Create a shared access signature of ${name}`}
            onClick={() => openDialog({ kind: 'sasMaker', connection: id })}
          >
            Create SAS
          </Button>
        )}
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
