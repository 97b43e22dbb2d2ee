import { clockWords } from '@/azure/clock-words';
import { useServiceSkew } from '@/state/clocks';
import type { StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { isSandbox } from '@/state/sandbox';
import { Button } from '@/ui/button';
import { Row } from './settings-row';

const SECRETS = { key: 'account key', sas: 'shared access signature' };
const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, account, endpoint, kind, keep } = connection;
  const name = isSandbox(connection) ? 'Sandbox' : account;
  const skew = useServiceSkew(id);
  return (
    <Row
      title={name}
      hint={
        isSandbox(connection) ? (
          `A queue service in this browser, ${KEPT[keep]}`
        ) : (
          <>
            <span className="font-mono">{new URL(endpoint).host}</span>, {SECRETS[kind]} {KEPT[keep]}
            {skew !== undefined && `. ${clockWords(skew)}`}
          </>
        )
      }
    >
      <span className="flex flex-wrap gap-2">
        <Button
          aria-label={`Details of ${name}`}
          onClick={() => openDialog({ kind: 'connectionDetails', connection: id })}
        >
          Details
        </Button>
        <Button
          aria-label={`Service properties of ${name}`}
          onClick={() => openDialog({ kind: 'serviceProperties', connection: id })}
        >
          Service properties
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
