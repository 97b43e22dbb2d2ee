import { TOKEN_COMMAND } from '../credentials/access-token';
import type { Connection } from '../protocol/connection';
import { isLoopback, OF_CONTAINERS } from '../protocol/loopback';
import { minutesAndSeconds } from './clock-text';
import { networkRefusal, sasRefusal } from './refusal-text';

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
  unreachable: ({ connection, mayPrompt }) => [
    `${hostOf(connection)} does not answer`,
    whyUnreachable(connection, mayPrompt),
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
    `${hostOf(connection)} answers, but its reply is hidden from this page. Most likely the CORS rules of ${connection.account} leave out ${origin}. Add one rule, then check again.`,
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
  wrongKey: ({ connection, reason, details }) =>
    connection.credential.kind === 'key'
      ? [
          'Azure refused the signature',
          `The key is most likely not one of ${connection.account}: copied from another account, cut short, or renewed since. Copy it again.`,
        ]
      : (sasRefusal(details?.['AuthenticationErrorDetail']) ?? [
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

function whyUnreachable(connection: Connection, mayPrompt = false): string {
  const { protocol, hostname, port } = new URL(connection.endpoint);
  if (isLoopback(hostname)) {
    const certificate = protocol === 'https:' ? ` ${certificateOf(connection)}` : '';
    return mayPrompt
      ? `Nothing listens at that address, or the browser’s question whether this page may reach local devices was not answered with yes. Start the emulator, check the port, or look at the site settings.${certificate}`
      : `${certificate === '' ? 'Nothing listens at that address' : 'Nothing listens at that address, or the browser does not trust its certificate'}. Start the emulator, or check the port.${certificate}`;
  }
  if (OF_CONTAINERS.test(hostname)) {
    return `${hostname} is a name that containers use among themselves, and this machine most likely does not know it. Use 127.0.0.1 with the port that the container publishes for ${port || 'the queue service'}, or forward that port to this machine.`;
  }
  return protocol === 'https:' && hostname.includes('.queue.')
    ? `Check the account name: there may be no account ${connection.account}. An account of a kind without queues (premium, BlobStorage, FileStorage) has no such address either. Where the account has a private endpoint, there has to be one for queue, not only for blob. A firewall, a proxy or a DNS server on the way can also be the cause.`
    : 'The address is wrong, the service is not running, or a firewall, a proxy or a certificate on the way keeps it away.';
}

const certificateOf = ({ endpoint }: Connection): string =>
  `If it runs with a certificate of its own, open ${new URL(endpoint).origin} in a tab and accept it; if it runs without one, use http.`;

/** The address of this browser as the service saw it, where its answer names it. */
const addressIn = (details: Circumstances['details']): string | undefined =>
  /^[\da-fA-F.:]{3,45}$/.exec(details?.['SourceIP'] ?? '')?.[0];

/** The host with its port. */
const hostOf = ({ endpoint }: Connection): string => new URL(endpoint).host;

/** Explains why the service refused an access token, by the details of its response where they can be read. */
export function tokenRefusal(details: Readonly<Record<string, string>> = {}): [title: string, explanation: string] {
  const detail = details['AuthenticationErrorDetail'] ?? '';
  const tenant = details['ChallengeTenant'];
  const itsTenant = tenant === undefined ? 'its own directory' : `the directory ${tenant}`;
  const login = `az login --tenant ${tenant ?? 'TENANT'}`;
  if (/lifetime|expired/i.test(detail)) {
    return ['The token has expired', 'Access tokens live about an hour. A new one goes on where this one stopped.'];
  }
  if (/issuer|tenant/i.test(detail)) {
    return [
      'The token is from another directory',
      `The account takes tokens of ${itsTenant} alone. Sign in there (${login}), then get a new token.`,
    ];
  }
  if (/audience/i.test(detail)) {
    return ['The token is for another service', `Queues need a token for storage.azure.com: ${TOKEN_COMMAND}`];
  }
  const where = tenant === undefined ? '' : ` The account takes tokens of the directory ${tenant}.`;
  return [
    'Azure refused the token',
    `Most likely it has expired: access tokens live about an hour. It may also be for another service or from another directory.${where}`,
  ];
}
