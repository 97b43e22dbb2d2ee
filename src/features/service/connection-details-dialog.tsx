import { clockText } from '@/azure/diagnosis/clock-text';
import { useAccount } from '@/queries/use-account';
import { useConnection } from '@/state/connections/connections';
import { useSecondaryEndpoint } from '@/state/connections/secondary-endpoint';
import { useReadsSecondary } from '@/state/connections/secondary-reads';
import { openDialog } from '@/state/navigation/open-dialog';
import { useServiceSkew } from '@/state/time/connection-clocks';
import { signWithAzureTime, signWithDeviceTime, useSignsWithAzureTime } from '@/state/time/signing-time';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { clockTime } from '@/words/times';

const CREDENTIALS: Record<string, string> = {
  key: 'account key',
  sas: 'shared access signature',
  token: 'Microsoft Entra ID',
};
const STORED = { tab: 'kept for this tab', device: 'kept on this device' };

type ConnectionDetailsDialogProps = { connectionId: string; onClose: () => void };

/** The details of a connection: endpoints, credential, and the clocks of both ends. */
export default function ConnectionDetailsDialog({ connectionId: id, onClose }: ConnectionDetailsDialogProps) {
  const connection = useConnection(id);
  const account = useAccount(id);
  const reads = useReadsSecondary(id);
  const secondaryEndpoint = useSecondaryEndpoint(id);
  if (!connection || !account) return null;
  const { endpoint, kind, keep } = connection;
  return (
    <Dialog
      title={`Connection to ${connection.account}`}
      onClose={onClose}
      footer={
        <>
          <Button size="lg" onClick={() => openDialog({ kind: 'serviceProperties', connectionId: id })}>
            Service properties
          </Button>
          <Button size="lg" variant="primary" kbd="Esc" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <dl className="grid items-baseline grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-2.5 max-desk:grid-cols-1 max-desk:gap-y-0.5 max-desk:[&>dd]:mb-2 [&>dt]:text-text-3">
        <dt>Endpoint</dt>
        <dd className="font-mono text-12 break-all">{endpoint}</dd>
        <dt>Secondary</dt>
        <dd className="font-mono text-12 break-all">
          {secondaryEndpoint ?? <span className="font-sans text-13 text-text-3">none named</span>}
        </dd>
        <dt>Reads from</dt>
        <dd className="flex flex-wrap items-baseline gap-x-3">
          {reads ? 'the secondary, so that nothing can be changed' : 'the primary'}
          <Button
            variant="link"
            onClick={() => openDialog({ kind: 'serviceProperties', connectionId: id, tab: 'replication' })}
          >
            Geo-replication
          </Button>
        </dd>
        {connection.relay && (
          <>
            <dt>Way</dt>
            <dd>by relay: the local server of this page passes requests on</dd>
          </>
        )}
        <dt>Credential</dt>
        <dd>
          {CREDENTIALS[kind]}, {STORED[keep]}
        </dd>
        <dt>Clock</dt>
        <dd>
          <Clocks connectionId={id} />
        </dd>
      </dl>
    </Dialog>
  );
}

/** Both clocks, and which one signs requests. */
function Clocks({ connectionId }: { connectionId: string }) {
  const skew = useServiceSkew(connectionId);
  const now = useNow();
  const signsWithServiceTime = useSignsWithAzureTime(connectionId);
  return (
    <div className="grid justify-items-start gap-2">
      <p>
        {clockText(skew)}
        {skew === undefined ? '. To know it, expose the header Date in the CORS rule.' : '.'}
      </p>
      {skew !== undefined && (
        <p className="text-12 text-text-2">
          Azure {clockTime(now + skew)}, this device {clockTime(now)}
        </p>
      )}
      <p className="text-12 text-pretty text-text-3">
        {skew === undefined
          ? 'Until then ages and countdowns use this device’s clock.'
          : 'Ages and countdowns use Azure’s clock.'}{' '}
        {signsWithServiceTime
          ? 'Requests are signed with Azure’s time.'
          : 'Requests are signed with this device’s time; Azure refuses more than 15 minutes of difference.'}
      </p>
      {signsWithServiceTime ? (
        <Button onClick={() => signWithDeviceTime(connectionId)}>Sign with this device’s time</Button>
      ) : (
        skew !== undefined &&
        Math.abs(skew) > WORTH_IT_MS && (
          <Button onClick={() => signWithAzureTime(connectionId, skew)}>Use Azure time</Button>
        )
      )}
    </div>
  );
}

/** Ms of difference from which signing with the service's time is offered. */
const WORTH_IT_MS = 60_000;
