import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { readEndpoint } from '@/azure/protocol/endpoint';
import type { Account, ServiceStats } from '@/azure/protocol/model';
import { refreshAccount, serviceStats } from '@/queries/service';
import { useSecondaryEndpoint } from '@/state/connections/secondary-endpoint';
import {
  readFromPrimary,
  readFromSecondary,
  trySecondary,
  useReadsSecondary,
} from '@/state/connections/secondary-reads';
import { useServiceNow } from '@/ui/browser/use-now';
import { Badge, type Tone } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { dateTime, duration } from '@/ui/format/relative-time';
import { SecondaryFailure } from './secondary-failure';

const STATUS: Record<ServiceStats['status'], { tone: Tone; text: string }> = {
  live: { tone: 'accent', text: 'Changes to the primary are copied to the secondary and can be read there.' },
  bootstrap: {
    tone: 'warn',
    text: 'The first copy to the secondary is being made. Do not rely on the secondary until it is complete.',
  },
  unavailable: { tone: 'danger', text: 'The secondary cannot be reached now, so it falls behind.' },
};

/** The state of the secondary of a geo-redundant account, and the switch to read from it. */
export function GeoReplication({ account }: { account: Account }) {
  const endpoint = useSecondaryEndpoint(account.id);
  if (endpoint !== undefined) return <Secondary account={account} endpoint={endpoint} />;
  const usual = readEndpoint(account.endpoint, account.name)?.secondaryEndpoint;
  return (
    <div className="grid max-w-140 justify-items-start gap-3">
      <p className="text-pretty text-text-2">
        The connection names no secondary endpoint. Only geo-redundant accounts with read access (RA-GRS, RA-GZRS) have
        one.
      </p>
      {usual === undefined ? (
        <p className="text-12 text-text-3">
          The secondary of a custom address cannot be derived from it: name it in the connection string as
          QueueSecondaryEndpoint.
        </p>
      ) : (
        <Button icon={<Globe />} title={usual} onClick={() => trySecondary(account.id, usual)}>
          Try the secondary
        </Button>
      )}
    </div>
  );
}

function Secondary({ account, endpoint }: { account: Account; endpoint: string }) {
  const { data, error, refetch, isFetching } = useQuery(serviceStats(account, endpoint));
  return (
    <div className="grid max-w-140 gap-4">
      {error && <SecondaryFailure account={account} endpoint={endpoint} error={error} />}
      {!data && !error && <Skeleton label="Asking the secondary" columns={[120, 240]} rows={3} />}
      {data && <Stats endpoint={endpoint} stats={data} />}
      <div className="flex flex-wrap items-center gap-2">
        {data && <Reading account={account} />}
        <Button icon={<RefreshCw />} disabled={isFetching} onClick={() => void refetch()}>
          Ask again
        </Button>
      </div>
    </div>
  );
}

function Stats({ endpoint, stats: { status, lastSyncTime } }: { endpoint: string; stats: ServiceStats }) {
  const { tone, text } = STATUS[status];
  return (
    <dl className="grid items-baseline grid-cols-[120px_minmax(0,1fr)] gap-x-3 gap-y-2 max-desk:grid-cols-1 max-desk:gap-y-0.5 max-desk:[&>dd]:mb-2 [&>dt]:text-text-3">
      <dt>Secondary</dt>
      <dd className="font-mono text-12 break-all">{endpoint}</dd>
      <dt>Status</dt>
      <dd>
        <Badge tone={tone}>{status}</Badge> <span className="text-text-2">{text}</span>
      </dd>
      <dt>Last sync time</dt>
      <dd>{lastSyncTime ? dateTime(lastSyncTime) : 'unknown: Azure reports it only while the status is live'}</dd>
      <dt>How far behind</dt>
      <dd>
        {lastSyncTime ? (
          <>
            <Behind since={lastSyncTime} />
            <Aside>
              Everything written before the last sync time is there. Later changes may be missing, and would be lost if
              the primary were.
            </Aside>
          </>
        ) : (
          'unknown'
        )}
      </dd>
    </dl>
  );
}

const Aside = ({ children }: { children: ReactNode }) => <p className="text-12 text-pretty text-text-3">{children}</p>;

function Behind({ since }: { since: Date }) {
  return <>Up to {duration(Math.max(0, useServiceNow() - since.getTime()))}</>;
}

/** Turns reading from the secondary on and off. */
function Reading({ account }: { account: Account }) {
  const client = useQueryClient();
  const reads = useReadsSecondary(account.id);
  function turn() {
    if (reads) readFromPrimary(account.id);
    else readFromSecondary(account.id);
    void refreshAccount(client, account);
  }
  return (
    <Button
      variant="primary"
      title={
        reads
          ? 'Changes are possible again'
          : 'Lists, peeks, metadata and counts come from the secondary. Nothing can be changed or received meanwhile.'
      }
      onClick={turn}
    >
      {reads ? 'Read from the primary' : 'Read from the secondary'}
    </Button>
  );
}
