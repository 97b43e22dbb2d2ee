import type { OperationName } from '../protocol/operation-table';
import { isAccountSas, PERMISSION_WORDS, type SasPermission, sasAllows, TYPE_WORDS } from './sas-permissions';

/** What a shared access signature says about itself, in words; nothing of it is secret. */
export type SasFacts = {
  kind: 'account' | 'queue' | 'userDelegation';
  /** `queue`, `blob` …; undefined for one queue. */
  services?: string[];
  /** `service`, `container`, `object`; undefined for one queue. */
  types?: string[];
  /** `r (read)` …; undefined when a stored access policy holds them. */
  permissions?: string[];
  startsAt?: Date;
  /** Undefined when a stored access policy has it, or nobody. */
  expiresAt?: Date;
  /** One address or a range; undefined: from anywhere. */
  from?: string;
  protocols: 'https' | 'https and http';
  policy?: string;
  version?: string;
};

const SERVICE_WORDS: Readonly<Record<string, string>> = { b: 'blob', t: 'table', q: 'queue', f: 'file' };

/** Explains the fields of a signature, as `readSasToken` gives them. */
export function sasFacts(fields: Readonly<Record<string, string>>): SasFacts {
  const { ss, srt, sp, si, sip, spr, sv, skoid } = fields;
  const startsAt = timeOf(fields['st']);
  const expiresAt = timeOf(fields['se']);
  return {
    kind: isAccountSas(fields) ? 'account' : skoid === undefined ? 'queue' : 'userDelegation',
    ...(isAccountSas(fields) && { services: spelt(ss, SERVICE_WORDS), types: spelt(srt, TYPE_WORDS) }),
    ...(sp !== undefined && {
      permissions: sp.split('').map((letter) => `${letter} (${PERMISSION_WORDS[letter] ?? 'not for queues'})`),
    }),
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
    ...(sip && { from: sip }),
    protocols: spr === 'https' ? 'https' : 'https and http',
    ...(si && { policy: si }),
    ...(sv && { version: sv }),
  };
}

const spelt = (letters: string | undefined, words: Readonly<Record<string, string>>): string[] =>
  (letters ?? '').split('').map((letter) => words[letter] ?? letter);

function timeOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** What a person does in the app, and the operation it needs. */
const VERBS: readonly [verb: string, operation: OperationName][] = [
  ['List queues', 'List Queues'],
  ['Create queue', 'Create Queue'],
  ['Delete queue', 'Delete Queue'],
  ['Metadata and counts', 'Get Queue Metadata'],
  ['Edit metadata', 'Set Queue Metadata'],
  ['Peek', 'Peek Messages'],
  ['Receive', 'Get Messages'],
  ['Add message', 'Put Message'],
  ['Edit, extend, release', 'Update Message'],
  ['Delete message', 'Delete Message'],
  ['Clear queue', 'Clear Messages'],
];

export type VerbVerdict = { verb: string } & SasPermission;

/** Which of the app's verbs the signature lets through at `now` (ms). */
export const verbVerdicts = (fields: Readonly<Record<string, string>>, now: number): VerbVerdict[] =>
  VERBS.map(([verb, operation]) => Object.assign(sasAllows(fields, operation, now), { verb }));
