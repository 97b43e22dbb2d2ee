import { useQueryClient } from '@tanstack/react-query';
import { Clock3, CloudOff, Globe, KeyRound, LoaderCircle, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Diagnosis, diagnose } from '@/azure/diagnosis/diagnose';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import { UnreachableError } from '@/azure/protocol/errors';
import { accountFor } from '@/queries/use-account';
import { changeConnection, connectionOf } from '@/state/connections/connections';
import type { Failure } from '@/state/navigation/failure-view';
import { goTo } from '@/state/navigation/route';
import { viewRequestOf } from '@/state/navigation/view-request';
import { isSandbox } from '@/state/sandbox/sandbox';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { signsWithAzureTime, signWithAzureTime, useSignsWithAzureTime } from '@/state/time/signing-time';
import { useAsync } from '@/ui/browser/use-async';
import { Button } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';
import { NewTokenButton } from '../shared/new-token-button';
import { ClockTable } from './clock-table';
import { CorsHelp } from './cors-help';
import { DiagnosisRows } from './diagnosis-rows';
import { RelayOffer } from './relay-offer';
import { corsTarget } from './verdict-box';

/** Why data of a connection could not be loaded, found out while the panel is shown. */
export function ConnectionFailure({ error, connectionId, onRetry }: Failure) {
  const { steps, verdict } = useDiagnosis(error, connectionId);
  const connection = connectionOf(connectionId);
  const skew = useSignsWithAzureTime(connectionId) ? undefined : accountFor(connectionId)?.clockSkew();
  const client = useQueryClient();
  if (!verdict || !connection) {
    return (
      <StatePanel
        icon={<LoaderCircle className="size-5 animate-spin motion-reduce:animate-none" />}
        title="It did not work"
      >
        <p role="status">{steps.at(-1)?.detail ?? 'Finding out why'}</p>
        <dl>
          <DiagnosisRows steps={steps} />
        </dl>
      </StatePanel>
    );
  }

  async function goBy(relay: boolean) {
    await changeConnection(connectionId, { relay });
    onRetry();
    void client.invalidateQueries({ queryKey: [connectionId] }, { cancelRefetch: false });
  }

  function signWithServiceTime(difference: number) {
    signWithAzureTime(connectionId, difference);
    onRetry();
    // All else that failed for the same reason.
    void client.invalidateQueries({ queryKey: [connectionId] }, { cancelRefetch: false });
  }

  const [tone, icon] = looks[verdict.kind];
  const isAboutRelay = verdict.kind === 'relayGone' || verdict.kind === 'relayRefused';
  const isAboutKey = verdict.kind === 'wrongKey' || verdict.kind === 'clockSkew' || verdict.kind === 'keyDisabled';
  const isAboutToken = verdict.kind === 'tokenRefused' || verdict.kind === 'tokenNeeded';
  return (
    <StatePanel
      role="alert"
      tone={tone}
      icon={icon}
      title={verdict.title}
      actions={
        <>
          {isAboutToken && <NewTokenButton connectionId={connectionId} />}
          {verdict.kind === 'clockSkew' && skew !== undefined ? (
            <Button variant="primary" onClick={() => signWithServiceTime(skew)}>
              Use Azure time
            </Button>
          ) : (
            <Button variant={isAboutToken ? 'default' : 'primary'} icon={<RefreshCw />} onClick={onRetry}>
              Check again
            </Button>
          )}
          {connection.relay && isAboutRelay && (
            <Button onClick={() => void goBy(false)}>Connect without the relay</Button>
          )}
          {isAboutKey && (
            <Button icon={<KeyRound />} onClick={() => goTo({ screen: 'connect' })}>
              Check the key
            </Button>
          )}
        </>
      }
      foot={{ code: codeOf(error, verdict.needsCorsRule), action: <ViewRequest onView={viewRequestOf(error)} /> }}
    >
      <p>{verdict.explanation}</p>
      {error instanceof UnreachableError && (
        <dl aria-label="What was checked" className="text-text">
          <DiagnosisRows steps={steps} />
        </dl>
      )}
      {verdict.kind === 'clockSkew' && skew !== undefined && <ClockTable skew={skew} />}
      {verdict.needsCorsRule && (
        <div className="rounded-8 border border-line bg-sunken text-text">
          <RelayOffer endpoint={connection.endpoint} onUse={() => void goBy(true)} />
          <CorsHelp target={corsTarget(connection)} />
        </div>
      )}
    </StatePanel>
  );
}

/** Everything that is known so far about why a call failed. */
function useDiagnosis(error: Error, connectionId: string): Diagnosis {
  const { value } = useAsync<Diagnosis>([error, connectionId], (signal, show) =>
    follow({ error, connectionId }, signal, show),
  );
  return value ?? { steps: [] };
}

type Failed = Pick<Failure, 'error' | 'connectionId'>;

async function follow({ error, connectionId }: Failed, signal: AbortSignal, onFound: (found: Diagnosis) => void) {
  const connection = connectionOf(connectionId);
  if (!connection) return;
  // Signed with the service's time, this device's clock is not to blame.
  const clockSkew = signsWithAzureTime(connectionId) ? undefined : accountFor(connectionId)?.clockSkew();
  const fetch = fetchForConnection(connection);
  for await (const diagnosis of diagnose(connection, error, {
    signal,
    clockSkew,
    ...(fetch && { fetch }),
    ...(isSandbox(connection) && inTab),
  }))
    onFound(diagnosis);
}

/** The sandbox needs no network. */
const inTab = { onLine: true };

/** The service's code, or how far the request came. */
function codeOf(error: Error, isBlocked: boolean): string {
  if (isBlocked) return 'Blocked before a status arrived';
  return describeError(error).code ?? (error instanceof UnreachableError ? 'No status arrived' : error.name);
}

const refused: [tone: 'danger', icon: ReactNode] = ['danger', <KeyRound key="key" className="size-5" />];
const blocked: [tone: 'warn', icon: ReactNode] = ['warn', <Globe key="globe" className="size-5" />];
const gone: [tone: 'warn', icon: ReactNode] = ['warn', <CloudOff key="cloud" className="size-5" />];
const other: [tone: 'danger', icon: ReactNode] = ['danger', <TriangleAlert key="triangle" className="size-5" />];

const looks: Record<VerdictKind, [tone: 'danger' | 'warn', icon: ReactNode]> = {
  wrongKey: refused,
  keyDisabled: refused,
  permission: refused,
  tokenRefused: refused,
  tokenNeeded: refused,
  clockSkew: ['danger', <Clock3 key="clock" className="size-5" />],
  corsNoRule: blocked,
  corsMethodOrHeaders: blocked,
  corsHidesHeaders: blocked,
  mixedContent: blocked,
  insecurePage: blocked,
  localNetworkDenied: blocked,
  offline: gone,
  unreachable: gone,
  versionRefused: other,
  notAzure: other,
  wrongAccount: other,
  relayGone: gone,
  relayRefused: gone,
  unknown: other,
};
