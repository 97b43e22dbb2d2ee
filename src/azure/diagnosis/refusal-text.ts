import type { Credential } from '../protocol/connection';
import { minuteOf } from '../protocol/utc-minute';

type Refusal = [title: string, explanation: string];

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

/** Explains why the service refused a SAS, by the detail of its answer; undefined when that tells nothing more. */
export function sasRefusal(detail = ''): Refusal | undefined {
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
  if (/time frame|expiry time/i.test(detail)) return outOfTime(detail);
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
  return undefined;
}

/** `Start [..] - Expiry [..] - Current [..]`, or `Signed expiry time [..] must be after signed start time [..]`. */
function outOfTime(detail: string): Refusal {
  const [first, second, third] = [...detail.slice(0, 1_000).matchAll(/\[([^\]]{1,60})\]/g)].map(
    ([, text = '']) => new Date(text),
  );
  const isWhole = third !== undefined;
  const [start, expiry, current] = isWhole ? [first, second, third] : [undefined, first, second];
  if (isDate(start) && isDate(current) && current < start) {
    return [
      'The signature is not valid yet',
      `It starts on ${minuteOf(start)}, and the clock of the service says ${minuteOf(current)}. Wait, or ask for a signature without a start.`,
    ];
  }
  return [
    'The signature has expired',
    isDate(expiry)
      ? `It ended on ${minuteOf(expiry)} by the clock of the service. Ask for another one.`
      : 'Its time is over by the clock of the service. Ask for another one.',
  ];
}

const isDate = (date: Date | undefined): date is Date => date !== undefined && !Number.isNaN(date.getTime());
