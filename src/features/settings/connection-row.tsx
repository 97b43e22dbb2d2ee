import type { StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { Button } from '@/ui/button';
import { Row } from './settings-row';

const SECRETS = { key: 'account key', sas: 'shared access signature' };
const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

export const ConnectionRow = ({
  connection: { id, account, endpoint, kind, keep },
}: {
  connection: StoredConnection;
}) => (
  <Row
    title={account}
    hint={
      <>
        <span className="font-mono">{new URL(endpoint).host}</span>, {SECRETS[kind]} {KEPT[keep]}
      </>
    }
  >
    <Button
      variant="danger"
      aria-label={`Forget ${account}`}
      onClick={() => openDialog({ kind: 'forgetConnection', connection: id })}
    >
      Forget
    </Button>
  </Row>
);
