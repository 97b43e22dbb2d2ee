import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { relayOffer } from '@/queries/relay-offer';
import { changeConnection, connectionOf, useConnection } from '@/state/connections/connections';
import { openedQueuesOf } from '@/state/connections/opened-queues';
import { Button } from '@/ui/controls/button';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { DiagnosisRows } from './check-rows';
import { useCheck } from './use-check';
import { VerdictBox } from './verdict-box';

type CheckConnectionDialogProps = { connectionId: string; onClose: () => void };

/** Checks step by step what this page may do with an account, and what its CORS rules leave out. */
export default function CheckConnectionDialog({ connectionId: id, onClose }: CheckConnectionDialogProps) {
  const stored = useConnection(id);
  const client = useQueryClient();
  const { check, run } = useCheck();
  const isRunning = check?.isRunning ?? true;

  async function runCheck() {
    const connection = connectionOf(id);
    if (connection) await run(connection, { thorough: true, queue: openedQueuesOf(stored).at(-1) });
  }

  async function setRelay(relay: boolean) {
    await changeConnection(id, { relay });
    void client.invalidateQueries({ queryKey: [id] });
    await runCheck();
  }

  // Once when it opens; then when the person asks.
  const first = useEffectEvent(() => void runCheck());
  useEffect(() => first(), []);

  const { data: offer } = useQuery({ ...relayOffer(stored?.endpoint ?? ''), enabled: stored !== undefined });
  const canUseServer = check?.works === true && stored?.relay !== true && offer?.allowed === true;

  if (!stored) return null;
  return (
    <Dialog
      title={`Check ${connectionName(stored)}`}
      onClose={onClose}
      footer={
        <>
          <CloseButton className="max-desk:hidden" onClick={onClose} />
          {stored.relay && (
            <Button size="lg" disabled={isRunning} onClick={() => void setRelay(false)}>
              Connect without the relay
            </Button>
          )}
          {canUseServer && (
            <Button size="lg" disabled={isRunning} onClick={() => void setRelay(true)}>
              Work through the local server
            </Button>
          )}
          <Button
            size="lg"
            variant="primary"
            icon={<RefreshCw />}
            aria-disabled={isRunning || undefined}
            onClick={() => !isRunning && void runCheck()}
          >
            {isRunning ? 'Checking' : 'Check again'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="text-12 text-text-2">
          Lists the queues once, and asks without a credential what a browser may do. This changes nothing.
        </p>
        <dl aria-label="Checks" aria-busy={isRunning}>
          <DiagnosisRows steps={check?.steps ?? []} />
        </dl>
        {!isRunning && check?.works && !check.verdict && (
          <p role="status" className="font-semibold text-accent">
            {check.readInstead === undefined
              ? 'This page can do everything it needs.'
              : 'This page can do everything it needs but list the queues, which this credential may not.'}
          </p>
        )}
        {canUseServer && (
          <p className="text-12 text-text-2">
            The local server that serves this page can pass requests on, {LANE_REQUESTS} at a time and without CORS
            preflights. Jobs say how many times as fast they are by it. Requests are still signed here; the server keeps
            nothing.
          </p>
        )}
        {!isRunning && check?.verdict && (
          <VerdictBox verdict={check.verdict} connection={check.connection} onRelay={() => void setRelay(true)} />
        )}
      </div>
    </Dialog>
  );
}
