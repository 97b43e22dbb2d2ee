import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { changeConnection, connectionOf, useConnection } from '@/state/connections/connections';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { DiagnosisRows } from './diagnosis-rows';
import { useCheck } from './use-check';
import { TroubleBox } from './verdict-box';

type CheckConnectionDialogProps = { connectionId: string; onClose: () => void };

/** Looks at all that stands between this page and an account, step by step: what works, and what CORS rules leave out. */
export default function CheckConnectionDialog({ connectionId: id, onClose }: CheckConnectionDialogProps) {
  const stored = useConnection(id);
  const client = useQueryClient();
  const { check, run } = useCheck();
  const isRunning = check?.isRunning ?? true;

  async function look() {
    const connection = connectionOf(id);
    if (connection) await run(connection, true);
  }

  async function goBy(relay: boolean) {
    await changeConnection(id, { relay });
    void client.invalidateQueries({ queryKey: [id] });
    await look();
  }

  // Once when it opens; afterwards when a person asks.
  const first = useEffectEvent(() => void look());
  useEffect(() => first(), []);

  if (!stored) return null;
  return (
    <Dialog
      title={`Check ${connectionName(stored)}`}
      onClose={onClose}
      footer={
        <>
          <Button size="lg" kbd="Esc" className="max-desk:hidden" onClick={onClose}>
            Close
          </Button>
          {stored.relay && (
            <Button size="lg" disabled={isRunning} onClick={() => void goBy(false)}>
              Connect without the relay
            </Button>
          )}
          <Button
            size="lg"
            variant="primary"
            icon={<RefreshCw />}
            aria-disabled={isRunning || undefined}
            onClick={() => !isRunning && void look()}
          >
            {isRunning ? 'Checking' : 'Check again'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="text-12 text-text-2">
          Lists the queues once, and asks without a credential what a browser may do. It changes nothing.
        </p>
        <dl aria-label="Checks" aria-busy={isRunning}>
          <DiagnosisRows steps={check?.steps ?? []} />
        </dl>
        {!isRunning && check?.works && !check.verdict && (
          <p role="status" className="font-semibold text-accent">
            This page may do all that it needs.
          </p>
        )}
        {!isRunning && check?.verdict && (
          <TroubleBox verdict={check.verdict} connection={check.connection} onRelay={() => void goBy(true)} />
        )}
      </div>
    </Dialog>
  );
}
