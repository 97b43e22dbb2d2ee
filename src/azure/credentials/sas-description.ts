import type { OperationName } from '../protocol/operation-table';
import { isAccountSas, namedPermissions, type SasPermission, sasAllows, TYPE_WORDS } from './sas-permissions';

/** A shared access signature in words; nothing of it is secret. */
export type SasFacts = {
  kind: 'account' | 'queue' | 'userDelegation';
  /** `queue`, `blob` …; undefined for one queue. */
  services?: string[];
  /** `service`, `container`, `object`; undefined for one queue. */
  types?: string[];
  /** `r (read)` …; undefined when a stored access policy has them. */
  permissions?: string[];
  startsAt?: Date;
  /** Undefined when a stored access policy has it, or none is set. */
  expiresAt?: Date;
  /** One IP address or a range; undefined: from anywhere. */
  from?: string;
  protocols: 'https' | 'https and http';
  policy?: string;
  version?: string;
};

const SERVICE_WORDS: Readonly<Record<string, string>> = { b: 'blob', t: 'table', q: 'queue', f: 'file' };

/** Describes the fields of a signature, as `readSasToken` returns them. */
export function sasFacts(fields: Readonly<Record<string, string>>): SasFacts {
  const { ss, srt, sp, si, sip, spr, sv, skoid } = fields;
  const startsAt = timeOf(fields['st']);
  const expiresAt = timeOf(fields['se']);
  return {
    kind: isAccountSas(fields) ? 'account' : skoid === undefined ? 'queue' : 'userDelegation',
    ...(isAccountSas(fields) && { services: named(ss, SERVICE_WORDS), types: named(srt, TYPE_WORDS) }),
    ...(sp !== undefined && { permissions: namedPermissions(sp) }),
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
    ...(sip && { from: sip }),
    protocols: spr === 'https' ? 'https' : 'https and http',
    ...(si && { policy: si }),
    ...(sv && { version: sv }),
  };
}

const named = (permissions: string | undefined, names: Readonly<Record<string, string>>): string[] =>
  (permissions ?? '').split('').map((permission) => names[permission] ?? permission);

function timeOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Actions of the app, and the operation that each needs. */
const ACTIONS: readonly [action: string, operation: OperationName][] = [
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

export type ActionPermission = { action: string } & SasPermission;

/** Which of the app's actions the signature allows at `now` (epoch ms). */
export const actionPermissions = (fields: Readonly<Record<string, string>>, now: number): ActionPermission[] =>
  ACTIONS.map(([action, operation]) => Object.assign(sasAllows(fields, operation, now), { action }));
