import { missingPermission } from '../credentials/missing-permission';
import type { Connection } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { StorageError, TokenNeededError, UnreachableError } from '../protocol/errors';
import { isLoopback } from '../protocol/loopback';
import { RelayError } from '../wire/relay-fetch';
import { SERVICE_VERSION } from '../wire/signed-request';
import { type DiagnosisEnvironment, thisBrowser } from './browser-environment';
import { refusalKind } from './classify-refusal';
import { createProbe, type Probe } from './cors-probe';
import { accessToThisMachine } from './this-machine';
import { type Circumstances, type Verdict, type VerdictKind, verdict } from './verdict-text';

export type StepName = 'page' | 'network' | 'host' | 'browserAccess' | 'requests' | 'replies' | 'credential' | 'relay';

export type DiagnosisStep = {
  step: StepName;
  label: string;
  state: 'running' | 'ok' | 'failed' | 'unknown';
  detail: string;
};

/** All findings so far; the last one has the verdict. */
export type Diagnosis = { steps: DiagnosisStep[]; verdict?: Verdict };

const LABELS: Record<StepName, string> = {
  page: 'Page',
  network: 'Network',
  host: 'Host',
  browserAccess: 'Browser access',
  requests: 'Requests',
  replies: 'Replies',
  credential: 'Credential',
  relay: 'Relay',
};

/** A service version that every Azurite accepts. */
const OLD_VERSION = '2019-12-12';

/**
 * Finds the likeliest cause of a failed call, cheap checks first; yields all findings so far. Reads refusals from the error
 * and everything else from requests without credential (`createProbe`). Without an error it checks a connection that
 * works, and ends without a verdict when CORS allows everything that the app does.
 */
export async function* diagnose(
  connection: Connection,
  error?: unknown,
  environment: Partial<DiagnosisEnvironment> = {},
): AsyncGenerator<Diagnosis, void> {
  const browser = { ...thisBrowser(), ...environment };
  const steps = new Map<StepName, DiagnosisStep>();
  let mayPrompt = false;
  const facts = { connection, origin: browser.origin, clockSkew: browser.clockSkew };
  for await (const { kind, methods, reason, prompts, ...finding } of findings(connection, error, browser)) {
    mayPrompt ||= prompts === true;
    steps.set(finding.step, { ...finding, label: LABELS[finding.step] });
    const likeliest =
      kind && verdict(kind, { ...facts, methods, mayPrompt, reason, ...(error instanceof Error && reasonIn(error)) });
    yield { steps: [...steps.values()], ...(likeliest && { verdict: likeliest }) };
    if (likeliest) return;
  }
}

/** The missing permission or the message of a refusal, with its details; the message of a missing token. */
function reasonIn(error: Error): Pick<Circumstances, 'reason' | 'details'> {
  if (error instanceof StorageError)
    return { reason: missingPermission(error) ?? error.message, details: error.details };
  return error instanceof TokenNeededError ? { reason: error.message } : {};
}

/** One finding; the one with a `kind` is the last. `prompts`: the browser may ask a person for the permission. */
type Finding = Omit<DiagnosisStep, 'label'> & {
  kind?: VerdictKind;
  methods?: string[];
  reason?: string;
  prompts?: boolean;
};

async function* findings(
  connection: Connection,
  error: unknown,
  browser: DiagnosisEnvironment,
): AsyncGenerator<Finding> {
  if (error instanceof StorageError) return yield* readRefusal(error, browser, connection);
  if (error instanceof TokenNeededError) {
    return yield { step: 'credential', state: 'failed', detail: 'No token', kind: 'tokenNeeded' };
  }
  if (error !== undefined && !(error instanceof UnreachableError)) {
    const detail = error instanceof Error ? error.message : 'Something else failed';
    return yield { step: 'requests', state: 'unknown', detail, kind: 'unknown' };
  }

  const { protocol, hostname } = new URL(connection.endpoint);
  const isLocal = isLoopback(hostname);
  const page = checkPage(connection, browser, { isHttp: protocol === 'http:', isLocal });
  yield page;
  if (page.kind) return;

  const network = await checkNetwork(browser, isLocal);
  yield network;
  if (network.kind) return;

  const probes = createProbe(connection.endpoint, browser.fetch, browser.signal);
  for await (const finding of connection.relay ? probeRelay(probes) : probe(connection, probes, browser)) {
    if (finding.kind !== 'unknown' || error !== undefined) yield finding;
    // No call has failed: only response headers may be hidden, which raises no error.
    else yield* checkHeaders(probes);
  }
}

function* readRefusal(
  error: StorageError,
  { clockSkew }: DiagnosisEnvironment,
  { credential }: Connection,
): Generator<Finding> {
  const kind = refusalKind(error, clockSkew, credential.kind);
  yield { step: 'host', state: 'ok', detail: 'Host answers' };
  yield { step: 'browserAccess', state: 'ok', detail: 'Replies can be read' };
  const detail = [error.status, error.code].filter(Boolean).join(' ');
  yield { step: kind === 'unknown' ? 'requests' : 'credential', state: 'failed', detail, kind };
}

function checkPage(
  { credential }: Connection,
  { origin, canSign }: DiagnosisEnvironment,
  { isHttp, isLocal }: { isHttp: boolean; isLocal: boolean },
): Finding {
  const step = 'page';
  if (credential.kind === 'key' && !canSign)
    return { step, state: 'failed', detail: 'Cannot sign', kind: 'insecurePage' };
  // Loopback is trustworthy, so browsers let https pages reach it over http.
  if (isHttp && !isLocal && origin.startsWith('https:')) {
    return { step, state: 'failed', detail: 'http from an https page', kind: 'mixedContent' };
  }
  return { step, state: 'ok', detail: 'May send requests' };
}

async function checkNetwork(browser: DiagnosisEnvironment, isLocal: boolean): Promise<Finding> {
  const step = 'network';
  if (!isLocal) {
    return browser.onLine
      ? { step, state: 'ok', detail: 'Online' }
      : { step, state: 'failed', detail: 'Offline', kind: 'offline' };
  }
  const access = await accessToThisMachine(browser);
  if (access === 'denied') {
    return { step, state: 'failed', detail: 'Local network access refused', kind: 'localNetworkDenied' };
  }
  return access === 'prompt'
    ? { step, state: 'ok', detail: 'The browser may ask to reach local devices', prompts: true }
    : { step, state: 'ok', detail: 'This machine' };
}

/** Probes a relay, which hides nothing: it responds itself or passes on the account's response. */
async function* probeRelay(probes: Probe): AsyncGenerator<Finding> {
  const step = 'relay';
  yield { step, state: 'running', detail: 'Asking' };
  const problem = await probes.problem();
  if (problem instanceof RelayError) {
    const kind = problem.reached ? 'relayRefused' : 'relayGone';
    const detail = problem.reached ? 'Does not reach the account' : 'Does not answer';
    return yield { step, state: 'failed', detail, kind, reason: problem.message };
  }
  yield { step, state: 'ok', detail: 'Passes requests on' };
  if ((await probes.reads()) === 'somethingElse') {
    return yield { step: 'host', state: 'failed', detail: 'Not a queue service', kind: 'notAzure' };
  }
  yield { step: 'requests', state: 'unknown', detail: 'The service answers now', kind: 'unknown' };
}

async function* probe(connection: Connection, probes: Probe, browser: DiagnosisEnvironment): AsyncGenerator<Finding> {
  yield { step: 'host', state: 'running', detail: 'Asking' };
  const start = performance.now();
  if (!(await probes.answers()))
    return yield { step: 'host', state: 'failed', detail: 'No answer', kind: 'unreachable' };
  yield { step: 'host', state: 'ok', detail: `Host answers in ${Math.round(performance.now() - start)} ms` };

  yield { step: 'browserAccess', state: 'running', detail: 'Asking' };
  const read = await probes.reads();
  if (read === 'somethingElse') {
    return yield { step: 'browserAccess', state: 'failed', detail: 'Not a queue service', kind: 'notAzure' };
  }
  if (read === 'hidden') {
    const kind = (await otherAccountReads(connection, browser)) ? 'wrongAccount' : 'corsNoRule';
    const detail = kind === 'wrongAccount' ? 'Only another account can be read' : 'The reply is hidden from this page';
    return yield { step: 'browserAccess', state: 'failed', detail, kind };
  }
  yield { step: 'browserAccess', state: 'ok', detail: 'Replies can be read' };

  yield* checkRequests(connection, probes);
}

/** Probes the headers of a signed request first, then each method other than GET. */
async function* checkRequests({ credential }: Connection, probes: Probe): AsyncGenerator<Finding> {
  const step = 'requests';
  yield { step, state: 'running', detail: 'Asking with the headers of a signed request' };
  if (credential.kind !== 'sas' && !(await probes.readsWith(signedHeaders(SERVICE_VERSION)))) {
    return yield (await probes.readsWith(signedHeaders(OLD_VERSION)))
      ? { step, state: 'failed', detail: 'Version refused', kind: 'versionRefused' }
      : { step, state: 'failed', detail: 'Headers left out', kind: 'corsMethodOrHeaders' };
  }
  const methods: string[] = [];
  for (const method of ['PUT', 'POST', 'DELETE']) {
    yield { step, state: 'running', detail: `Asking for ${method}` };
    if (!(await probes.allows(method))) methods.push(method);
  }
  if (methods.length > 0) {
    return yield {
      step,
      state: 'failed',
      detail: `${methods.join(', ')} left out`,
      kind: 'corsMethodOrHeaders',
      methods,
    };
  }
  yield { step, state: 'unknown', detail: 'The service answers now', kind: 'unknown' };
}

/** Probes whether a rule exposes response headers. */
async function* checkHeaders(probes: Probe): AsyncGenerator<Finding> {
  yield { step: 'requests', state: 'ok', detail: 'All methods and headers allowed' };
  yield { step: 'replies', state: 'running', detail: 'Reading the headers of a reply' };
  yield (await probes.exposes())
    ? { step: 'replies', state: 'ok', detail: 'Headers can be read' }
    : { step: 'replies', state: 'failed', detail: 'Headers hidden', kind: 'corsHidesHeaders' };
}

/** The headers of a signed request, with a signature of nothing. */
const signedHeaders = (version: string) => ({
  authorization: 'SharedKey nobody:bm90aGluZw==',
  'content-type': 'application/xml',
  'x-ms-client-request-id': 'diagnosis',
  'x-ms-date': new Date().toUTCString(),
  'x-ms-version': version,
});

/**
 * True when the account that every emulator has can be read. An emulator responds for an account that it does not have
 * without CORS headers, as if a rule were missing.
 */
async function otherAccountReads({ account, endpoint }: Connection, browser: DiagnosisEnvironment): Promise<boolean> {
  if (account === EMULATOR.account || !endpoint.endsWith(`/${account}`)) return false;
  const sibling = `${endpoint.slice(0, -account.length)}${EMULATOR.account}`;
  return (await createProbe(sibling, browser.fetch, browser.signal).reads()) === 'azure';
}
