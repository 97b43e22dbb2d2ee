import { TOKEN_COMMAND } from '../credentials/access-token';
import type { Credential } from '../protocol/connection';
import { minuteOf } from '../protocol/utc-minute';
import { minutesAndSeconds } from './clock-text';

export type Refusal = [title: string, explanation: string];

type Details = Readonly<Record<string, string>>;

/** What is known of the times of a SAS. */
export type SasTimes = {
  /** Of the connection: its `st` and `se` say when it holds. */
  token?: string | undefined;
  /** Ms to add to this device's clock to get the service's; undefined when no answer has shown its date. */
  clockSkew?: number | undefined;
  /** Epoch ms by this device's clock. */
  now: number;
};

/**
 * Explains `AuthorizationFailure`, which a sound credential gets from the networking settings of an account, and a SAS also
 * where it is limited to addresses or to one queue.
 */
export function networkRefusal(host: string, credential: Credential['kind'], forAddress: string | undefined): Refusal {
  const sas =
    credential === 'sas' ? ' A signature may also be limited to addresses (sip), or be for less than was asked.' : '';
  return [
    'The account does not let this browser in',
    `${host} refused before it looked at any right. Most likely its networking settings leave out the address of this browser${
      forAddress === undefined ? '' : `, ${forAddress}`
    }: in the portal, Security + networking, Networking. Allow that address, or connect over the VPN or the private endpoint that the account expects.${sas}`,
  ];
}

/** The address of this browser as the service saw it, where its answer names it. */
export const addressIn = (details: Details | undefined): string | undefined =>
  /^[\da-fA-F.:]{3,45}$/.exec(details?.['SourceIP'] ?? '')?.[0];

/**
 * Explains why the service refused a SAS, by the detail of its answer and else by the times in the SAS and the clock of the
 * service; undefined when these tell nothing more.
 */
export function sasRefusal(detail: string | undefined, times: SasTimes): Refusal | undefined {
  if (detail === undefined || detail === '') return outOfOwnTimes(times);
  if (/identifier/i.test(detail)) {
    return [
      'The stored access policy is gone',
      'The signature names a stored access policy (si) that the queue does not have. It was removed or renamed, which withdraws the signature, or it is new: that takes up to 30 seconds. Ask for another signature.',
    ];
  }
  if (/key time frame|delegation key/i.test(detail)) {
    return [
      'The user delegation key has ended',
      'The signature was made with a key that lasts seven days at most, and that is over or was revoked. Ask for another signature.',
    ];
  }
  if (/time frame|expiry time/i.test(detail)) return outOfTime(detail, times);
  if (/not well formed|malformed|invalid format/i.test(detail)) {
    return [
      'The signature is not well formed',
      'A field of it is missing, cut off or changed. Copy the whole address again, or ask for another signature.',
    ];
  }
  if (/did not match|not the same/i.test(detail)) {
    return [
      'The signature does not match',
      'It was made with another key or with one that was renewed since, or it was changed, cut off or encoded twice on its way. Copy it again, or ask for another signature.',
    ];
  }
  return outOfOwnTimes(times);
}

/** `Start [..] - Expiry [..] - Current [..]`, or `Signed expiry time [..] must be after signed start time [..]`. */
function outOfTime(detail: string, times: SasTimes): Refusal {
  const [first, second, third] = [...detail.slice(0, 1_000).matchAll(/\[([^\]]{1,60})\]/g)].map(
    ([, text = '']) => new Date(text),
  );
  const isWhole = third !== undefined;
  const [start, expiry, current] = isWhole ? [first, second, third] : [undefined, first, second];
  if (isDate(start) && isDate(current) && current < start) return notYet(start, current, times);
  return expired(isDate(expiry) ? expiry : undefined, isWhole && isDate(current) ? current : undefined, times);
}

/** By the times that the SAS itself has, where the clock of the service is known and is outside of them. */
function outOfOwnTimes(times: SasTimes): Refusal | undefined {
  const { token, clockSkew, now } = times;
  if (token === undefined || clockSkew === undefined) return undefined;
  const fields = new URLSearchParams(token);
  const [start, expiry] = ['st', 'se'].map((name) => new Date(fields.get(name) ?? ''));
  const current = new Date(now + clockSkew);
  if (isDate(start) && current < start) return notYet(start, current, times);
  return isDate(expiry) && current > expiry ? expired(expiry, current, times) : undefined;
}

const notYet = (start: Date, current: Date, times: SasTimes): Refusal => [
  'The signature is not valid yet',
  `It starts on ${minuteOf(start)}, and the clock of the service says ${minuteOf(current)}.${ofDevice(times)} Wait, or ask for a signature without a start.`,
];

const expired = (expiry: Date | undefined, current: Date | undefined, times: SasTimes): Refusal => [
  'The signature has expired',
  expiry
    ? `It ended on ${minuteOf(expiry)} by the clock of the service${current ? `, which says ${minuteOf(current)}` : ''}.${ofDevice(times)} Ask for another one.`
    : `Its time is over by the clock of the service.${ofDevice(times)} Ask for another one.`,
];

/** A difference of the clocks that is said, in ms: the times are told by the minute. */
const TOLD_SKEW_MS = 60_000;

/** What the clock of this device says, where that is another time; begins with a blank. */
const ofDevice = ({ clockSkew = 0, now }: SasTimes): string =>
  Math.abs(clockSkew) < TOLD_SKEW_MS
    ? ''
    : ` The clock of this device says ${minuteOf(new Date(now))}: it is ${minutesAndSeconds(clockSkew)} ${clockSkew < 0 ? 'ahead' : 'behind'}, and the one of the service counts.`;

const isDate = (date: Date | undefined): date is Date => date !== undefined && !Number.isNaN(date.getTime());

/** Explains why the service refused an access token, by the details of its response where they can be read. */
export function tokenRefusal(details: Details = {}): Refusal {
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
