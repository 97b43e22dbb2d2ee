import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { diagnose } from '@/azure/diagnosis/diagnose';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import { readEndpoint } from '@/azure/protocol/endpoint';
import { UnreachableError } from '@/azure/protocol/errors';
import type { Account, ServiceStats } from '@/azure/protocol/model';
import { refreshAccount, serviceKeys, serviceStats } from '@/queries/service';
import { connectionOf } from '@/state/connections/connections';
import { useSecondaryEndpoint } from '@/state/connections/secondary-endpoint';
import {
  readFromPrimary,
  readFromSecondary,
  trySecondary,
  useReadsSecondary,
} from '@/state/connections/secondary-reads';
import { viewRequestOf } from '@/state/navigation/view-request';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { useServiceNow } from '@/ui/browser/use-now';
import { Badge, type Tone } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { dateTime, duration } from '@/words/times';

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

type SecondaryFailureProps = { account: Account; endpoint: string; error: Error };

/** Says why the secondary did not answer: there is none, its answer is hidden, or it refused. */
function SecondaryFailure({ account, endpoint, error }: SecondaryFailureProps) {
  const { data: cause } = useQuery({
    queryKey: [...serviceKeys.all(account), 'secondary failure', describeError(error).exchangeId],
    queryFn: ({ signal }) => causeOf(account, endpoint, error, signal),
  });
  const { reason, code } = describeError(error);
  const { host } = new URL(endpoint);
  const [title, text] =
    error instanceof UnreachableError ? causeText(cause, host) : (['The secondary refused', reason] as const);
  return (
    <Strip
      tone="warn"
      role="alert"
      icon={<TriangleAlert />}
      title={title}
      className="rounded-8"
      action={<ViewRequest onView={viewRequestOf(error)} />}
    >
      {text} {code && <span className="font-mono">{code}</span>}
    </Strip>
  );
}

async function causeOf(account: Account, endpoint: string, error: Error, signal: AbortSignal) {
  const connection = connectionOf(account.id);
  if (!connection) return null;
  let kind: VerdictKind | undefined;
  const secondary = { ...connection, endpoint };
  const fetch = fetchForConnection(secondary);
  for await (const { verdict } of diagnose(secondary, error, { signal, fetch })) kind = verdict?.kind;
  return kind ?? null;
}

function causeText(kind: VerdictKind | null | undefined, host: string): readonly [string, string] {
  if (kind === undefined) return ['The secondary does not answer', 'Finding out why.'];
  if (kind === 'offline') return ['This device is offline', 'Connect it to a network, then ask again.'];
  if (kind === 'corsNoRule' || kind === 'corsMethodOrHeaders') {
    return [
      'The secondary hides its answer from this page',
      `${host} answers, but its CORS rules leave this page out. It has the rules of the primary; a change takes a while to reach it.`,
    ];
  }
  if (kind === 'redirected')
    return ['The secondary answers with a redirect', `${host} leads to another address, which is never followed.`];
  return [
    'There is no secondary endpoint to read',
    `Nothing answers at ${host}. Only geo-redundant accounts with read access (RA-GRS, RA-GZRS) have it; others have no second copy, or one that cannot be read.`,
  ];
}
