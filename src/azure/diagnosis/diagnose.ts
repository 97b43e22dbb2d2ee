import { missingPermission } from '../credentials/missing-permission';
import type { Connection } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { isPathStyle } from '../protocol/endpoint';
import { PageBlockedError, StorageError, TokenNeededError, UnreachableError } from '../protocol/errors';
import { isLoopback } from '../protocol/loopback';
import { RelayError } from '../relay/relay-fetch';
import { SERVICE_VERSION } from '../wire/signed-request';
import { type DiagnosisEnvironment, thisBrowser } from './browser-environment';
import { refusalKind } from './classify-refusal';
import { createProbe, type Probe } from './cors-probe';
import type { Reach } from './reach';
import { accessToThisMachine } from './this-machine';
import { type Circumstances, type Verdict, type VerdictKind, verdict } from './verdict-text';

export type StepName = 'page' | 'network' | 'host' | 'browserAccess' | 'requests' | 'replies' | 'credential' | 'relay';

export type DiagnosisStep = {
  step: StepName;
  state: 'running' | 'ok' | 'failed' | 'unknown';
  detail: string;
};

/** All findings so far; the last one has the verdict. */
export type Diagnosis = { steps: DiagnosisStep[]; verdict?: Verdict };

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
  for await (const { kind, methods, reason, found, prompts, ...finding } of findings(connection, error, browser)) {
    mayPrompt ||= prompts === true;
    steps.set(finding.step, finding);
    const likeliest =
      kind &&
      verdict(kind, { ...facts, methods, mayPrompt, reason, found, ...(error instanceof Error && reasonIn(error)) });
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
type Finding = DiagnosisStep & {
  kind?: VerdictKind;
  found?: string | undefined;
  methods?: string[];
  reason?: string;
  prompts?: boolean;
};

type Details = Pick<Finding, 'methods' | 'reason' | 'prompts'>;
const running = (step: StepName, detail: string): Finding => ({ step, state: 'running', detail });
const ok = (step: StepName, detail: string, more: Details = {}): Finding => ({ step, state: 'ok', detail, ...more });
const failed = (step: StepName, detail: string, kind: VerdictKind, more: Details = {}): Finding => ({
  step,
  state: 'failed',
  detail,
  kind,
  ...more,
});

async function* findings(
  connection: Connection,
  error: unknown,
  browser: DiagnosisEnvironment,
): AsyncGenerator<Finding> {
  if (error instanceof StorageError) return yield* readRefusal(error, browser, connection);
  if (error instanceof TokenNeededError) {
    return yield failed('credential', 'No token', 'tokenNeeded');
  }
  if (error instanceof PageBlockedError) {
    return yield failed('page', 'May not reach this host', 'pageBlocked', { reason: new URL(error.address).host });
  }
  if (error !== undefined && !(error instanceof UnreachableError)) {
    const detail = error instanceof Error ? error.message : 'Something else failed';
    return yield { step: 'requests', state: 'unknown', detail, kind: 'unknown' };
  }

  if (error?.redirected) {
    const reason = error.cause instanceof RelayError ? { reason: error.cause.message } : {};
    return yield failed('host', 'Answers with a redirect', 'redirected', reason);
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
  for await (const finding of connection.relay
    ? probeRelay(connection, probes, browser)
    : probe(connection, probes, browser)) {
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
  yield ok('host', 'Host answers');
  yield ok('browserAccess', 'Replies can be read');
  const detail = [error.status, error.code].filter(Boolean).join(' ');
  yield { step: kind === 'unknown' ? 'requests' : 'credential', state: 'failed', detail, kind };
}

function checkPage(
  { credential }: Connection,
  { origin, canSign }: DiagnosisEnvironment,
  { isHttp, isLocal }: { isHttp: boolean; isLocal: boolean },
): Finding {
  const step = 'page';
  if (credential.kind === 'key' && !canSign) return failed(step, 'Cannot sign', 'insecurePage');
  // Loopback is trustworthy, so browsers let https pages reach it over http.
  if (isHttp && !isLocal && origin.startsWith('https:')) {
    return failed(step, 'http from an https page', 'mixedContent');
  }
  return ok(step, 'May send requests');
}

async function checkNetwork(browser: DiagnosisEnvironment, isLocal: boolean): Promise<Finding> {
  const step = 'network';
  if (!isLocal) {
    return browser.onLine ? ok(step, 'Online') : failed(step, 'Offline', 'offline');
  }
  const access = await accessToThisMachine(browser);
  if (access === 'denied') {
    return failed(step, 'Local network access refused', 'localNetworkDenied');
  }
  return access === 'prompt'
    ? ok(step, 'The browser may ask to reach local devices', { prompts: true })
    : ok(step, 'This machine');
}

/** What the relay itself has better words for. */
const OF_THE_RELAY = new Set<Reach['cause']>(['queueService', 'privateAddress', 'redirected']);

/** Probes a relay, which hides nothing: it responds itself or passes on the account's response. */
async function* probeRelay(
  { endpoint }: Connection,
  probes: Probe,
  { reach, signal }: DiagnosisEnvironment,
): AsyncGenerator<Finding> {
  const step = 'relay';
  yield running(step, 'Asking');
  const problem = await probes.problem();
  if (problem instanceof RelayError) {
    const found = problem.reached ? await reach?.(endpoint, signal) : undefined;
    if (found && !OF_THE_RELAY.has(found.cause)) return yield { ...foundBy(found), step };
    const kind = problem.reached ? 'relayRefused' : 'relayGone';
    const detail = problem.reached ? 'Does not reach the account' : 'Does not answer';
    return yield failed(step, detail, kind, { reason: problem.message });
  }
  yield ok(step, 'Passes requests on');
  if ((await probes.reads()) === 'somethingElse') {
    return yield failed('host', 'Not a queue service', 'notAzure');
  }
  yield { step: 'requests', state: 'unknown', detail: 'The service answers now', kind: 'unknown' };
}

async function* probe(connection: Connection, probes: Probe, browser: DiagnosisEnvironment): AsyncGenerator<Finding> {
  yield running('host', 'Asking');
  const start = performance.now();
  if (!(await probes.answers())) {
    const other = otherScheme(connection.endpoint, browser.origin);
    const isOther = other !== undefined && (await createProbe(other, browser.fetch, browser.signal).answers());
    if (isOther) return yield failed('host', `Answers at ${new URL(other).origin}`, 'otherScheme');
    const found = await browser.reach?.(connection.endpoint, browser.signal);
    return yield found ? foundBy(found) : failed('host', 'No answer', 'unreachable');
  }
  yield ok('host', `Host answers in ${Math.round(performance.now() - start)} ms`);

  yield running('browserAccess', 'Asking');
  const read = await probes.reads();
  if (read === 'somethingElse') {
    return yield failed('browserAccess', 'Not a queue service', 'notAzure');
  }
  if (read === 'hidden') {
    const other = await somethingElse(connection, browser);
    if (other) return yield other;
    const kind = (await otherAccountReads(connection, browser)) ? 'wrongAccount' : 'corsNoRule';
    const detail = kind === 'wrongAccount' ? 'Only another account can be read' : 'The reply is hidden from this page';
    return yield failed('browserAccess', detail, kind);
  }
  yield ok('browserAccess', 'Replies can be read');

  yield* checkRequests(connection, probes);
}

/** What the local server found where this page gets no answer. */
function foundBy({ cause, detail }: Reach): Finding {
  const [words, kind] = FOUND[cause];
  return { ...failed('host', words, kind), found: detail };
}

const FOUND: Record<Reach['cause'], readonly [words: string, kind: VerdictKind]> = {
  refused: ['Connection refused', 'refused'],
  timedOut: ['No answer in time', 'timedOut'],
  noName: ['No address for the name', 'noName'],
  noRoute: ['No way to the address', 'noRoute'],
  privateAddress: ['A private address', 'privateAddress'],
  certificate: ['Certificate not trusted', 'certificate'],
  otherScheme: ['Answers by the other scheme', 'otherScheme'],
  closed: ['Connection closed', 'closed'],
  notHttp: ['Another protocol', 'notHttp'],
  otherService: ['Another service of storage', 'otherService'],
  notQueueService: ['Not a queue service', 'notAzure'],
  proxy: ['A proxy answers', 'proxy'],
  redirected: ['Answers with a redirect', 'redirected'],
  queueService: ['Answers the local server, not the browser', 'browserAlone'],
};

/**
 * Whether an answer that is hidden from this page comes from something else than a queue service, as the local server sees it.
 * Not asked for Azure's own hosts, where it is sure.
 */
async function somethingElse({ endpoint }: Connection, browser: DiagnosisEnvironment): Promise<Finding | undefined> {
  if (new URL(endpoint).hostname.includes('.queue.')) return undefined;
  const found = await browser.reach?.(endpoint, browser.signal);
  const isElse = found && SOMETHING_ELSE.has(found.cause);
  return isElse ? { ...foundBy(found), step: 'browserAccess' } : undefined;
}

const SOMETHING_ELSE = new Set<Reach['cause']>(['otherService', 'notQueueService', 'proxy', 'redirected']);

/**
 * The address of an emulator with https for http or the other way round, which the page tries before it says that nothing
 * listens; undefined where the browser would block it, and for Azure, whose hosts take both.
 */
function otherScheme(endpoint: string, origin: string): string | undefined {
  const url = new URL(endpoint);
  if (!isPathStyle(url) && !isLoopback(url.hostname)) return undefined;
  if (!isLoopback(url.hostname) && origin.startsWith('https:')) return undefined;
  return endpoint.replace(/^http(s?):/, (_, secure: string) => (secure === '' ? 'https:' : 'http:'));
}

/** Probes the headers of a signed request first, then each method other than GET. */
async function* checkRequests({ credential }: Connection, probes: Probe): AsyncGenerator<Finding> {
  const step = 'requests';
  yield running(step, 'Asking with the headers of a signed request');
  if (credential.kind !== 'sas' && !(await probes.readsWith(signedHeaders(SERVICE_VERSION)))) {
    return yield (await probes.readsWith(signedHeaders(OLD_VERSION)))
      ? failed(step, 'Version refused', 'versionRefused')
      : failed(step, 'Headers left out', 'corsMethodOrHeaders');
  }
  const methods: string[] = [];
  for (const method of ['PUT', 'POST', 'DELETE']) {
    yield running(step, `Asking for ${method}`);
    if (!(await probes.allows(method))) methods.push(method);
  }
  if (methods.length > 0) {
    return yield failed(step, `${methods.join(', ')} left out`, 'corsMethodOrHeaders', { methods });
  }
  yield { step, state: 'unknown', detail: 'The service answers now', kind: 'unknown' };
}

/** Probes whether a rule exposes response headers. */
async function* checkHeaders(probes: Probe): AsyncGenerator<Finding> {
  yield ok('requests', 'All methods and headers allowed');
  yield running('replies', 'Reading the headers of a reply');
  yield (await probes.exposes())
    ? ok('replies', 'Headers can be read')
    : failed('replies', 'Headers hidden', 'corsHidesHeaders');
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
