import { type AccountSasFields, type QueueSasFields, sasTime } from '@/azure/credentials/sas-generate';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import { ACCEPTED_SKEW_MS } from '@/azure/protocol/limits';
import type { AccessPolicy } from '@/azure/protocol/model';
import { SERVICE_VERSION } from '@/azure/wire/signed-request';
import { counted } from '@/words/counts';

/** The form of a signature. */
export type SasForm = {
  scope: 'account' | 'queue';
  queue: string;
  /** Id of the stored access policy; blank for none. */
  policy: string;
  /** Resource types of an account SAS, out of `sco`. */
  types: string;
  /** Permissions as letters. */
  permissions: string;
  /** Local time as `datetime-local` has it; blank for none. */
  start: string;
  /** Minutes from now, or `exact`. */
  duration: string;
  /** Local time for `exact`. */
  expiry: string;
  address: string;
  httpsOnly: boolean;
};

/** The form of a new signature for `queue`, or for all queues when that is blank: 8 hours of reading. */
export const emptySasForm = (queue: string, httpsOnly = true): SasForm => ({
  scope: queue === '' ? 'account' : 'queue',
  queue,
  policy: '',
  types: 'sco',
  permissions: 'r',
  start: '',
  duration: '480',
  expiry: '',
  address: '',
  httpsOnly,
});

export const PERMISSIONS = {
  account: [
    ['r', 'Read'],
    ['w', 'Write'],
    ['d', 'Delete'],
    ['l', 'List'],
    ['a', 'Add'],
    ['c', 'Create'],
    ['u', 'Update'],
    ['p', 'Process'],
  ],
  queue: [
    ['r', 'Read'],
    ['a', 'Add'],
    ['u', 'Update'],
    ['p', 'Process'],
  ],
} as const;

export const DURATIONS = [
  { value: '60', label: '1 hour' },
  { value: '480', label: '8 hours' },
  { value: '1440', label: '1 day' },
  { value: '10080', label: '7 days' },
  { value: '43200', label: '30 days' },
  { value: 'exact', label: 'Until a time' },
];

export type SasFields = AccountSasFields | QueueSasFields;
export type FormField = 'queue' | 'permissions' | 'types' | 'start' | 'expiry' | 'address';
export type FormProblems = Partial<Record<FormField, string>>;

/** The signed fields of a form; `policy` is the chosen one as the queue has it, `now` in epoch ms. */
export function toFields(form: SasForm, policy: AccessPolicy | undefined, now: number): SasFields {
  const permissions = PERMISSIONS[form.scope]
    .flatMap(([letter]) => (form.permissions.includes(letter) ? letter : []))
    .join('');
  const expiry = expiryOf(form, now);
  const start = timeIn(form.start);
  // What the policy sets must not be set again.
  const terms = {
    sv: SERVICE_VERSION,
    ...(!policy?.permissions && { sp: permissions }),
    ...(start && !policy?.startsAt && { st: sasTime(start) }),
    ...(expiry && !policy?.expiresAt && { se: sasTime(expiry) }),
    ...(form.address.trim() && { sip: form.address.trim() }),
    spr: form.httpsOnly ? 'https' : 'https,http',
  };
  return form.scope === 'account'
    ? {
        ...terms,
        ss: 'q',
        srt: 'sco'
          .split('')
          .filter((type) => form.types.includes(type))
          .join(''),
      }
    : { ...terms, ...(policy && { si: policy.id }) };
}

/** Why the service would refuse the signature of a form, by field. */
export function formProblems(form: SasForm, policy: AccessPolicy | undefined, now: number): FormProblems {
  const { sp, srt, st, se } = toFields(form, policy, now) as Partial<AccountSasFields>;
  const queueProblem =
    form.scope === 'account' ? undefined : form.queue === '' ? 'Choose a queue.' : queueNameProblem(form.queue);
  const start = st ?? policy?.startsAt;
  return {
    ...(queueProblem && { queue: queueProblem }),
    ...(sp === '' && { permissions: 'Choose what it allows.' }),
    ...(form.scope === 'account' && srt === '' && { types: 'Choose at least one.' }),
    ...(!policy?.expiresAt && expiryProblem(se, start, now)),
    ...(form.address.trim() !== '' && !isAddressOrRange(form.address.trim()) && { address: ADDRESS_RULE }),
  };
}

function expiryProblem(se: string | undefined, start: string | undefined, now: number): FormProblems {
  if (se === undefined) return { expiry: 'Choose when it expires.' };
  if (Date.parse(se) <= now) return { expiry: 'This time has passed.' };
  return start !== undefined && Date.parse(start) >= Date.parse(se)
    ? { start: 'It would start after it has expired.' }
    : {};
}

/** In whole minutes, so that the shown time does not change each second. */
function expiryOf({ duration, expiry }: SasForm, now: number): Date | undefined {
  if (duration === 'exact') return timeIn(expiry);
  return new Date(Math.ceil(now / 60_000) * 60_000 + Number(duration) * 60_000);
}

function timeIn(local: string): Date | undefined {
  const date = new Date(local);
  return local === '' || Number.isNaN(date.getTime()) ? undefined : date;
}

const ADDRESS_RULE = 'An IPv4 address such as 203.0.113.7, or a range such as 203.0.113.0-203.0.113.255.';

function isAddressOrRange(text: string): boolean {
  const parts = text.split('-');
  return (
    parts.length <= 2 &&
    parts.every((part) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(part) && part.split('.').every((one) => Number(one) <= 255))
  );
}

const DAY_MS = 86_400_000;
/** Ms from which on a signature is called long: many teams renew keys every 30 days. */
const LONG_MS = 30 * DAY_MS;

/** Warnings about a signature that allows more than it needs, as sentences; `now` in epoch ms. */
export function sasWarnings(fields: SasFields, policy: AccessPolicy | undefined, now: number): string[] {
  const {
    sp = policy?.permissions ?? '',
    ss,
    srt = '',
    se = policy?.expiresAt ?? '',
    st,
    sip,
    spr,
  } = fields as Partial<AccountSasFields>;
  const isWide = ss === undefined ? /r.*a.*u.*p/.test(sp) : /r.*w.*d.*l.*a.*c.*u.*p/.test(sp) && srt === 'sco';
  const days = Math.round((Date.parse(se) - now) / DAY_MS);
  return [
    isWide &&
      (ss === undefined
        ? 'It allows everything that a queue SAS can allow. Leave out what is not needed.'
        : 'It allows all that the account key allows with queues, stored access policies aside. Leave out what is not needed.'),
    Date.parse(se) - now > LONG_MS &&
      `It lasts ${counted(days, 'day')}. ${policy ? 'Its policy can be changed or removed to end it sooner.' : 'Nothing but a new account key, or a stored access policy, ends it sooner.'}`,
    spr !== 'https' && 'It works over http, where anybody on the way can read and reuse it.',
    sip === undefined && 'It works from any address.',
    st !== undefined &&
      Date.parse(st) > now - ACCEPTED_SKEW_MS &&
      Date.parse(st) <= now + 60_000 &&
      'It starts now, and Azure’s clock may be behind: it may be refused for some minutes. Leave the start out.',
  ].filter((warning) => warning !== false);
}
