import type { Connection } from '../protocol/connection';
import { isLoopback, OF_CONTAINERS } from '../protocol/loopback';
import { minutesAndSeconds } from './clock-text';
import type { CertificateFault } from './reach';
import { addressIn, networkRefusal, sasRefusal, tokenRefusal } from './refusal-text';

/** The likeliest cause in words: what happened, why, and the next step. */
export type Verdict = {
  kind: VerdictKind;
  title: string;
  explanation: string;
  /** True when one CORS rule on the account repairs it: show `corsCommand`. */
  needsCorsRule: boolean;
};

/** Facts that a verdict mentions. */
export type Circumstances = {
  connection: Connection;
  /** `https://host[:port]` of this page. */
  origin: string;
  /** The service's own sentence, or the missing permission. */
  reason?: string | undefined;
  /** As in `StorageError.details`. */
  details?: Readonly<Record<string, string>> | undefined;
  /** Ms to add to this device's clock to get the service's. */
  clockSkew?: number | undefined;
  /** HTTP methods that the CORS rules leave out. */
  methods?: readonly string[] | undefined;
  /** What the local server found at the address, as `Reach.detail`. */
  found?: string | undefined;
  /** Epoch ms by this device's clock; now by default. */
  now?: number | undefined;
  /** True when the browser may ask a person before this page may reach local addresses. */
  mayPrompt?: boolean | undefined;
};

/** Words the verdict of a kind of failure. */
export function verdict(kind: VerdictKind, circumstances: Circumstances): Verdict {
  const text: VerdictText = TEXTS[kind];
  const [title, explanation] = text(circumstances);
  return { kind, title, explanation, needsCorsRule: kind.startsWith('cors') };
}

type VerdictText = (circumstances: Circumstances) => [title: string, explanation: string];

const TEXTS = {
  insecurePage: () => [
    'This page cannot sign requests',
    'It came over plain http from another machine, and browsers keep cryptography from such pages. Open it over https or from localhost, or connect with a shared access signature.',
  ],
  pageBlocked: ({ connection, reason = hostOf(connection) }) => [
    `This page may not reach ${reason}`,
    'It reaches the hosts of Azure, the emulator at its usual port, and the addresses that were added. Nothing was sent.',
  ],
  mixedContent: ({ connection }) => [
    'The browser blocks http from an https page',
    `This page came over https and ${hostOf(connection)} is reached over http. Use an https endpoint, or open this page from localhost.`,
  ],
  offline: () => ['This device is offline', 'Connect it to a network, then check again.'],
  localNetworkDenied: ({ connection }) => [
    'The browser may not reach local addresses from this page',
    `${hostOf(connection)} is on this machine or its network, and the permission to reach it was refused. Allow local network access for this page in the site settings, then check again.`,
  ],
  unreachable: ({ connection, mayPrompt }) => [notAnswering(connection), whyUnreachable(connection, mayPrompt)],
  refused: ({ connection }) => [
    notAnswering(connection),
    `${NOTHING_LISTENS}. ${isLocal(connection) ? START_IT : 'Check the port, and whether the service runs'}.${ofPort(connection)}`,
  ],
  timedOut: ({ connection }) => [
    `${hostOf(connection)} does not answer in time`,
    `Nothing came back from that address. Most likely a firewall on the way drops what is sent, the machine is off, or it is only reached by a VPN. Check the address, and the network that this device is in.`,
  ],
  noName: ({ connection }) => [
    notAnswering(connection),
    `There is no address for ${hostnameOf(connection)}. ${whyNoName(connection)}`,
  ],
  noRoute: ({ connection }) => [
    notAnswering(connection),
    'There is no way to it from this network: the address belongs to a network that this device is not in. Connect the VPN, or check the address.',
  ],
  privateAddress: ({ connection }) => [
    `${hostnameOf(connection)} leads into a private network`,
    'The name has an address that is not on the internet, as of a private endpoint. Connect from that network or over its VPN; the private endpoint has to be one for queue, not only for blob.',
  ],
  certificate: ({ connection, found = '' }) => {
    const [fault = '', ...names] = found.split(' ');
    return [
      `The certificate of ${hostOf(connection)} is not trusted`,
      `${whyNotTrusted(fault, names.join(' '), connection)} ${certificateStep(connection)}`,
    ];
  },
  closed: ({ connection }) => [
    `${hostOf(connection)} closes the connection`,
    `Something takes connections at that address and closes them without an answer: another program, or a proxy or a firewall on the way. Check the port.${ofPort(connection)}`,
  ],
  notHttp: ({ connection }) => [
    `${hostOf(connection)} speaks another protocol`,
    `What answers there is neither http nor https, so it is another program. Check the port.${ofPort(connection)}`,
  ],
  otherService: ({ connection, found = 'another' }) => [
    `${hostOf(connection)} is the ${found} service`,
    `The queue service has an address of its own: port 10001 of an emulator, where 10000 is blob and 10002 is table, and ACCOUNT.queue.… at Azure. Change the address.`,
  ],
  proxy: ({ connection, reason = '' }) => [
    `A proxy answers in place of ${hostOf(connection)}`,
    `It does not reach the service, or wants to know who you are first. Sign in to it, or ask for an exception for ${hostnameOf(connection)}. ${reason}`.trimEnd(),
  ],
  browserAlone: ({ connection }) => [
    `The browser does not reach ${hostOf(connection)}`,
    `The local server of this page reaches a queue service there, so it runs. An extension, a setting or a proxy of the browser keeps it away${isHttps(connection) ? ', or the browser does not trust its certificate' : ''}. ${isHttps(connection) ? certificateStep(connection) : ''}`.trimEnd(),
  ],
  unreadableMessage: ({ connection }) => [
    'One message may be unreadable for the service',
    `${hostOf(connection)} failed with 500 and without a word when it was asked for messages. An emulator does so when one of them holds a character that XML does not have, such as U+0000, U+000B or U+FFFF: it takes such a text, and cannot write it into an answer. The others are there. Peek fewer messages, so that it is not among them; receive them one at a time: the receive that fails hides it for its visibility timeout, and the others can be peeked meanwhile; or clear the queue.`,
  ],
  accountDisabled: ({ connection }) => [
    'This account is disabled',
    `${connection.account} answers nobody, most likely because its subscription is over, disabled or not paid. Look at the subscription in the portal, or ask its owner.`,
  ],
  accountBeingCreated: ({ connection }) => [
    'This account is being created',
    `${connection.account} is not ready yet. That takes a few minutes; then check again.`,
  ],
  busy: ({ connection, reason }) => [
    'The service is busy',
    `${hostOf(connection)} could not answer in time, or has too many requests. Wait a moment, then check again. ${reason ?? ''}`.trimEnd(),
  ],
  otherScheme: ({ connection }) => {
    const isHttp = connection.endpoint.startsWith('http:');
    return [
      `${hostOf(connection)} takes ${isHttp ? 'https' : 'http'}, not ${isHttp ? 'http' : 'https'}`,
      `Something answers at that address over ${isHttp ? 'https' : 'http'}, and the connection says ${isHttp ? 'http' : 'https'}. Change the beginning of the address${isHttp ? '' : ', or start the emulator with a certificate'}.`,
    ];
  },
  corsNoRule: ({ connection, origin }) => [
    'The account does not allow this page yet',
    `${hostOf(connection)} answers, but its reply is hidden from this page. Most likely the CORS rules of ${connection.account} leave out ${origin}. Add one rule, then check again.${ofPort(connection)}`,
  ],
  corsMethodOrHeaders: ({ connection, methods = [] }) => [
    'The account allows this page too little',
    methods.length > 0
      ? `The CORS rules of ${connection.account} let this page read, but leave out ${methods.join(', ')}. Add one rule, then check again.`
      : `The CORS rules of ${connection.account} let this page in, but leave out the headers that its requests need. Add one rule, then check again.`,
  ],
  corsHidesHeaders: ({ connection }) => [
    'The account hides headers from this page',
    `The CORS rules of ${connection.account} let this page in, but expose none of the headers of the replies. Counts, metadata and the receipts of updates stay unknown. Add one rule, then check again.`,
  ],
  versionRefused: ({ connection }) => [
    'The service does not know our version of its protocol',
    `${hostOf(connection)} answers older requests only. If it is Azurite, update it or start it with --skipApiVersionCheck.`,
  ],
  notAzure: ({ connection, reason = '' }) => [
    `${hostOf(connection)} is not a queue service`,
    `Something answers there, but not as Azure Queue Storage does. Check the endpoint; a proxy or a sign-in page may stand in between. ${reason}`.trimEnd(),
  ],
  redirected: ({ connection, reason = 'It is not followed.' }) => [
    `${hostOf(connection)} answers with a redirect`,
    `${reason} A signature and a message are for one host alone. If it was a change, it is not known whether it was made. Check the endpoint; a proxy or a sign-in page may stand in between.`,
  ],
  wrongKey: ({ connection, reason, details, clockSkew, now = Date.now() }) =>
    connection.credential.kind === 'key'
      ? [
          'Azure refused the signature',
          `The key is most likely not one of ${connection.account}: copied from another account, cut short, or renewed since. Copy it again.`,
        ]
      : (sasRefusal(details?.['AuthenticationErrorDetail'], {
          token: connection.credential.kind === 'sas' ? connection.credential.token : undefined,
          clockSkew,
          now,
        }) ?? [
          'Azure refused the credential',
          reason ?? 'It has expired, was withdrawn, or belongs to another account or queue.',
        ]),
  wrongAccount: ({ connection, origin }) => [
    `There is no account ${connection.account}`,
    `${hostOf(connection)} answers for another account, but most likely has none of this name. Check the account name. If it is right, the CORS rules of this account leave out ${origin}.`,
  ],
  clockSkew: ({ clockSkew }) => [
    'Azure refused the signature',
    clockSkew === undefined
      ? 'It was made at a time that is too far from the clock of Azure, which accepts up to 15 minutes. Set this device’s clock.'
      : `Your clock is ${minutesAndSeconds(clockSkew)} ${clockSkew < 0 ? 'ahead' : 'behind'}. Azure accepts up to 15 minutes.`,
  ],
  tokenRefused: ({ details }) => tokenRefusal(details),
  tokenNeeded: ({ reason }) => ['A new token is needed', reason ?? 'There is no access token for this connection.'],
  keyDisabled: ({ connection }) => [
    'This account does not accept keys',
    `${connection.account} is set to Microsoft Entra ID only (“Allow storage account key access” is off), which also rules out signatures made with its keys.`,
  ],
  networkRules: ({ connection, details }) =>
    networkRefusal(hostOf(connection), connection.credential.kind, addressIn(details)),
  httpsOnly: ({ connection }) => [
    'The account takes https only',
    `${connection.account} requires secure transfer, or the signature does (spr), and the endpoint ${connection.endpoint} is http. Connect with the https address.`,
  ],
  noQueues: ({ connection }) => [
    'This account has no queues',
    `${connection.account} is of a kind without a queue service: premium block blobs, premium files, page blobs, or the older BlobStorage. Queues need an account of kind StorageV2 (general purpose), so take another account.`,
  ],
  permission: ({ reason }) => [
    'The account does not allow this',
    reason ?? 'The credential lacks the permission for it.',
  ],
  mayNotList: ({ reason }) => [
    'This credential may not list queues; open one by its name',
    `${reason ?? 'The credential lacks the permission for it.'} It may be allowed to use single queues all the same.`,
  ],
  queueRefused: ({ reason }) => [
    'This credential may not list queues, and not read this one',
    `${reason ?? 'The credential lacks the permission for it.'} Where it may add messages alone, save the connection anyway.`,
  ],
  queueMissing: ({ connection }) => [
    'There is no queue of this name',
    `The credential may not list the queues of ${connection.account}, so check the name of the queue.`,
  ],
  relayGone: ({ connection }) => [
    'The local server of this page does not answer',
    `It relays the requests to ${hostOf(connection)}. Start it again, then check again; or connect without the relay.`,
  ],
  relayRefused: ({ connection, reason }) => [
    `The relay does not reach ${hostOf(connection)}`,
    reason ?? 'It could not pass the request on.',
  ],
  unknown: ({ reason }) => ['It did not work', reason ?? 'The service answers now. Try again.'],
} satisfies Record<string, VerdictText>;

/** Why a connection does not work. */
export type VerdictKind = keyof typeof TEXTS;

const notAnswering = (connection: Connection): string => `${hostOf(connection)} does not answer`;
const NOTHING_LISTENS = 'Nothing listens at that address';
const START_IT = 'Start the emulator, or check the port';

/** Every cause that is left where the page alone has asked. */
function whyUnreachable(connection: Connection, mayPrompt = false): string {
  const { hostname } = new URL(connection.endpoint);
  if (isLocal(connection)) {
    const causes = [
      NOTHING_LISTENS,
      mayPrompt && 'the browser’s question whether this page may reach local devices was not answered with yes',
      isHttps(connection) && 'the browser does not trust its certificate',
    ].filter((cause) => cause !== false);
    const prompt = mayPrompt ? ', or look at the site settings' : '';
    const certificate = isHttps(connection) ? ` ${certificateStep(connection)}` : '';
    return `${causes.join(', or ')}. ${START_IT}${prompt}.${ofPort(connection)}${certificate}`;
  }
  if (OF_CONTAINERS.test(hostname)) return containerStep(connection);
  return isOfAccount(connection)
    ? `${accountStep(connection)} A firewall, a proxy or a DNS server on the way can also be the cause.`
    : `The address is wrong, the service is not running, or a firewall, a proxy or a certificate on the way keeps it away.${ofPort(connection)}`;
}

function whyNoName(connection: Connection): string {
  if (OF_CONTAINERS.test(hostnameOf(connection))) return containerStep(connection);
  return isOfAccount(connection)
    ? accountStep(connection)
    : 'This machine does not know the name. Check its spelling; a name of a company network takes its VPN or its DNS server.';
}

/** For a name that containers use among themselves. */
const containerStep = ({ endpoint }: Connection): string => {
  const { hostname, port } = new URL(endpoint);
  return `${hostname} is a name that containers use among themselves, and this machine most likely does not know it. Use 127.0.0.1 with the port that the container publishes for ${port || 'the queue service'}, or forward that port to this machine.`;
};

/** For the host of an account at Azure. */
const accountStep = ({ account }: Connection): string =>
  `Check the account name: there may be no account ${account}. An account of a kind without queues (premium, BlobStorage, FileStorage) has no such address either. Where the account has a private endpoint, there has to be one for queue, not only for blob.`;

/** For a certificate that the browser does not trust, or may not. */
const certificateStep = (connection: Connection): string =>
  isLocal(connection)
    ? `If it runs with a certificate of its own, open ${originOf(connection)} in a tab and accept it; if it runs without one, use http.`
    : `Open ${originOf(connection)} in a tab to see the certificate; trust it there or on this machine if it is the right one.`;

const FAULTS: Record<CertificateFault, string> = {
  selfSigned: 'It is signed by itself.',
  expired: 'It has expired.',
  notYetValid: 'It is not valid yet; the clock of this device may be wrong.',
  wrongName: 'It is for another name.',
  unknownAuthority: 'It is signed by an authority that this machine does not know.',
  notTrusted: 'This machine does not trust it.',
};

function whyNotTrusted(fault: string, names: string, connection: Connection): string {
  if (fault === 'wrongName' && names !== '') return `It is for ${names}, and not for ${hostnameOf(connection)}.`;
  return Object.hasOwn(FAULTS, fault) ? FAULTS[fault as CertificateFault] : FAULTS.notTrusted;
}

/** What the port of an emulator is usually for, where that is not queues; begins with a blank. */
function ofPort({ endpoint }: Connection): string {
  const service = { 10000: 'blob', 10002: 'table' }[new URL(endpoint).port];
  return service === undefined ? '' : ` This port is usually that of the ${service} service; queues are at 10001.`;
}

const isLocal = (connection: Connection): boolean => isLoopback(hostnameOf(connection));
const isHttps = ({ endpoint }: Connection): boolean => endpoint.startsWith('https:');
const isOfAccount = (connection: Connection): boolean =>
  isHttps(connection) && hostnameOf(connection).includes('.queue.');
const originOf = ({ endpoint }: Connection): string => new URL(endpoint).origin;
const hostnameOf = ({ endpoint }: Connection): string => new URL(endpoint).hostname;

/** The host with its port. */
const hostOf = ({ endpoint }: Connection): string => new URL(endpoint).host;
