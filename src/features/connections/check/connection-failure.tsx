import { useQueryClient } from '@tanstack/react-query';
import { Clock3, CloudOff, Globe, KeyRound, LoaderCircle, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Diagnosis, diagnose } from '@/azure/diagnosis/diagnose';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import { PageBlockedError, UnreachableError } from '@/azure/protocol/errors';
import { accountFor } from '@/queries/use-account';
import { changeConnection, connectionOf, useConnection } from '@/state/connections/connections';
import { findReach } from '@/state/connections/find-reach';
import type { Failure } from '@/state/navigation/failure-view';
import { goTo } from '@/state/navigation/route';
import { viewRequestOf } from '@/state/navigation/view-request';
import { isSandbox } from '@/state/sandbox/sandbox';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { signsWithAzureTime, signWithAzureTime, useSignsWithAzureTime } from '@/state/time/signing-time';
import { useAsync } from '@/ui/browser/use-async';
import { Button } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';
import { AllowAddress } from '../reach/allow-address';
import { AddressHelp } from './address-help';
import { DiagnosisRows } from './check-rows';
import { ClockTable } from './clock-table';
import { CorsHelp, corsTarget } from './cors-help';
import { RelayOffer } from './relay-offer';

/** Says why data of a connection could not be loaded, which a diagnosis finds out while the panel is shown. */
export function ConnectionFailure({ error, connectionId, onRetry }: Failure) {
  const { steps, verdict } = useDiagnosis(error, connectionId);
  const connection = connectionOf(connectionId);
  const skew = useSignsWithAzureTime(connectionId) ? undefined : accountFor(connectionId)?.clockSkew();
  const client = useQueryClient();
  if (!verdict || !connection) {
    return (
      <StatePanel
        icon={<LoaderCircle className="size-5 animate-spin motion-reduce:animate-none" />}
        title="The request failed"
      >
        <p role="status">{steps.at(-1)?.detail ?? 'Finding out why'}</p>
        <dl>
          <DiagnosisRows steps={steps} />
        </dl>
      </StatePanel>
    );
  }

  async function setRelay(relay: boolean) {
    await changeConnection(connectionId, { relay });
    onRetry();
    void client.invalidateQueries({ queryKey: [connectionId] }, { cancelRefetch: false });
  }

  function signWithServiceTime(difference: number) {
    signWithAzureTime(connectionId, difference);
    onRetry();
    // Retries everything that failed for the same reason.
    void client.invalidateQueries({ queryKey: [connectionId] }, { cancelRefetch: false });
  }

  const [tone, icon] = STYLES[verdict.kind] ?? OTHER;
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
          {error instanceof PageBlockedError && <AllowAddress address={error.address} />}
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
            <Button onClick={() => void setRelay(false)}>Connect without the relay</Button>
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
      <AddressHelp kind={verdict.kind} connection={connection} />
      {error instanceof UnreachableError && (
        <dl aria-label="What was checked" className="text-text">
          <DiagnosisRows steps={steps} />
        </dl>
      )}
      {verdict.kind === 'clockSkew' && skew !== undefined && <ClockTable skew={skew} />}
      {verdict.needsCorsRule && (
        <div className="rounded-8 border border-line bg-sunken text-text">
          <RelayOffer endpoint={connection.endpoint} onUse={() => void setRelay(true)} />
          <CorsHelp target={corsTarget(connection)} />
        </div>
      )}
    </StatePanel>
  );
}

/** The diagnosis of a failed call, as far as it got. */
function useDiagnosis(error: Error, connectionId: string): Diagnosis {
  const { value } = useAsync<Diagnosis>([error, connectionId], (signal, show) =>
    runDiagnosis({ error, connectionId }, signal, show),
  );
  return value ?? { steps: [] };
}

type Failed = Pick<Failure, 'error' | 'connectionId'>;

async function runDiagnosis(
  { error, connectionId }: Failed,
  signal: AbortSignal,
  onStep: (diagnosis: Diagnosis) => void,
) {
  const connection = connectionOf(connectionId);
  if (!connection) return;
  // A request signed with the service's time does not depend on this device's clock.
  const clockSkew = signsWithAzureTime(connectionId) ? undefined : accountFor(connectionId)?.clockSkew();
  const fetch = fetchForConnection(connection);
  for await (const step of diagnose(connection, error, {
    signal,
    clockSkew,
    fetch,
    reach: findReach,
    ...(isSandbox(connection) && ALWAYS_ONLINE),
  }))
    onStep(step);
}

/** The sandbox needs no network. */
const ALWAYS_ONLINE = { onLine: true };

/** The service's error code, or how far the request came. */
function codeOf(error: Error, isBlocked: boolean): string {
  if (isBlocked) return 'Blocked before a status arrived';
  return describeError(error).code ?? (error instanceof UnreachableError ? 'No status arrived' : error.name);
}

type Style = readonly [tone: 'danger' | 'warn', icon: ReactNode];
const REFUSED: Style = ['danger', <KeyRound key="key" className="size-5" />];
const BLOCKED: Style = ['warn', <Globe key="globe" className="size-5" />];
const GONE: Style = ['warn', <CloudOff key="cloud" className="size-5" />];
const OTHER: Style = ['danger', <TriangleAlert key="triangle" className="size-5" />];

/** The tone and icon of a verdict; `OTHER` for those that are not listed. */
const STYLES: Partial<Record<VerdictKind, Style>> = {
  wrongKey: REFUSED,
  keyDisabled: REFUSED,
  permission: REFUSED,
  tokenRefused: REFUSED,
  tokenNeeded: REFUSED,
  clockSkew: ['danger', <Clock3 key="clock" className="size-5" />],
  corsNoRule: BLOCKED,
  corsMethodOrHeaders: BLOCKED,
  corsHidesHeaders: BLOCKED,
  pageBlocked: BLOCKED,
  mixedContent: BLOCKED,
  insecurePage: BLOCKED,
  localNetworkDenied: BLOCKED,
  offline: GONE,
  unreachable: GONE,
  refused: GONE,
  timedOut: GONE,
  noName: GONE,
  noRoute: GONE,
  privateAddress: GONE,
  closed: GONE,
  busy: GONE,
  certificate: BLOCKED,
  browserAlone: BLOCKED,
  relayGone: GONE,
  relayRefused: GONE,
};

/** Asks for the next token of a connection; requests that failed for want of one are sent again. */
function NewTokenButton({ connectionId }: { connectionId: string }) {
  const signIn = useConnection(connectionId)?.signIn;
  return (
    <Button variant="primary" icon={<KeyRound />} onClick={() => promptForToken(connectionId)}>
      {signIn ? 'Sign in again' : 'Paste a new token'}
    </Button>
  );
}
