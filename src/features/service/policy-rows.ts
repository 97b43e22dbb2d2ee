import { readSasTime } from '@/azure/credentials/sas-time';
import { inOrder } from '@/azure/operations/access-policies';
import { LONGEST_POLICY_ID } from '@/azure/protocol/limits';
import type { AccessPolicy } from '@/azure/protocol/model';
import { exactly } from '@/words/counts';

/** The permissions of a queue policy in Azure's order, and what each allows. */
export const PERMISSIONS = [
  { letter: 'r', name: 'Read', what: 'peek, read metadata and count' },
  { letter: 'a', name: 'Add', what: 'add messages' },
  { letter: 'u', name: 'Update', what: 'update messages' },
  { letter: 'p', name: 'Process', what: 'receive and delete messages' },
] as const;

/** A policy as it stands in the form. */
export type PolicyRow = {
  key: number;
  id: string;
  startsAt: string;
  expiresAt: string;
  /** Letters of `raup`, in any order. */
  permissions: string;
  /** The policy as the service has it; undefined for a new one. */
  stored?: AccessPolicy | undefined;
};

let lastKey = 0;

export const toPolicyRow = (stored: AccessPolicy): PolicyRow => ({
  key: ++lastKey,
  id: stored.id,
  startsAt: shortTime(stored.startsAt ?? ''),
  expiresAt: shortTime(stored.expiresAt ?? ''),
  permissions: stored.permissions ?? '',
  stored,
});

export const newPolicyRow = (): PolicyRow => ({
  key: ++lastKey,
  id: '',
  startsAt: '',
  expiresAt: '',
  permissions: 'r',
});

/** The policy as it is sent: permissions in Azure's order, blank fields left out, an untouched time exactly as it was. */
export function toPolicy(row: PolicyRow): AccessPolicy {
  const permissions = inOrder(row.permissions);
  return {
    id: row.id,
    ...timeOf('startsAt', row),
    ...timeOf('expiresAt', row),
    ...(permissions && { permissions }),
    ...(row.stored?.unknown !== undefined && { unknown: row.stored.unknown }),
  };
}

function timeOf(field: 'startsAt' | 'expiresAt', row: PolicyRow) {
  const text = row[field].trim();
  if (text === '') return {};
  const stored = row.stored?.[field];
  const isUntouched = stored !== undefined && text === shortTime(stored);
  return { [field]: isUntouched ? stored : (readSasTime(text)?.text ?? text) };
}

/** A time without the zero decimals that the service adds: `2026-12-31T00:00:00Z` */
const shortTime = (text: string): string => text.replace(/\.0+Z$/, 'Z');

export type PolicyProblems = Partial<Record<'id' | 'startsAt' | 'expiresAt', string>>;

/** Why Azure would refuse a policy among the others, by field. */
export function policyProblems(row: PolicyRow, rows: readonly PolicyRow[]): PolicyProblems {
  const problems: [keyof PolicyProblems, string | undefined][] = [
    ['id', idProblem(row, rows)],
    ['startsAt', timeProblem(row.startsAt)],
    ['expiresAt', timeProblem(row.expiresAt) ?? orderProblem(row)],
  ];
  return Object.fromEntries(problems.filter(([, problem]) => problem !== undefined));
}

function idProblem({ key, id }: PolicyRow, rows: readonly PolicyRow[]): string | undefined {
  if (id === '') return 'A policy needs an id.';
  if (id.length > LONGEST_POLICY_ID)
    return `An id has at most ${exactly(LONGEST_POLICY_ID, 'character')}. This has ${id.length}.`;
  return rows.some((row) => row.key !== key && row.id === id) ? 'Another policy has this id.' : undefined;
}

const timeProblem = (text: string): string | undefined =>
  text.trim() === '' || readSasTime(text.trim()) ? undefined : 'Write it as 2026-12-31 or 2026-12-31T18:00Z.';

function orderProblem({ startsAt, expiresAt }: PolicyRow): string | undefined {
  const start = readSasTime(startsAt.trim());
  const end = readSasTime(expiresAt.trim());
  return start && end && end.epochMs <= start.epochMs ? 'The expiry must be after the start.' : undefined;
}

/** The effect of saving on existing signatures. */
export type PolicyEffects = {
  /** Ids whose signatures stop working. */
  revoked: string[];
  /** Ids whose signatures change with the policy. */
  changed: string[];
};

export function policyEffects(base: readonly AccessPolicy[], mine: readonly AccessPolicy[]): PolicyEffects {
  const after = new Map(mine.map((policy) => [policy.id, policy]));
  const revoked = base.filter(({ id }) => !after.has(id)).map(({ id }) => id);
  const changed = base.filter((policy) => {
    const now = after.get(policy.id);
    return now && (['startsAt', 'expiresAt', 'permissions'] as const).some((field) => now[field] !== policy[field]);
  });
  return { revoked, changed: changed.map(({ id }) => id) };
}

/** A policy in one line. */
export const policyLine = ({ id, startsAt, expiresAt, permissions }: AccessPolicy): string =>
  [
    id || 'no id yet',
    permissions ?? 'no permissions',
    `from ${startsAt === undefined ? 'any time' : shortTime(startsAt)}`,
    `until ${expiresAt === undefined ? 'any time' : shortTime(expiresAt)}`,
  ].join('; ');
