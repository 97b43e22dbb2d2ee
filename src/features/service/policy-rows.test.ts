import { expect, test } from 'vitest';
import type { AccessPolicy } from '@/azure/protocol/model';
import {
  newPolicyRow,
  type PolicyRow,
  policyEffects,
  policyLine,
  policyProblems,
  toPolicy,
  toPolicyRow,
} from './policy-rows';

const stored: AccessPolicy = {
  id: 'readers',
  startsAt: '2026-01-01T00:00:00.1234567Z',
  expiresAt: '2026-12-31T00:00:00.0000000Z',
  permissions: 'r',
};
const row = (change: Partial<PolicyRow> = {}): PolicyRow => ({ ...newPolicyRow(), id: 'workers', ...change });

test('an untouched policy is written exactly as it was read', () => {
  const unknown = '<Note>kept</Note>';
  expect(toPolicy(toPolicyRow(stored))).toEqual(stored);
  expect(toPolicy(toPolicyRow({ id: 'bare' }))).toEqual({ id: 'bare' });
  expect(toPolicy(toPolicyRow({ id: 'new', unknown }))).toEqual({ id: 'new', unknown });
});

test('a time is shown without the zero decimals that the service adds', () => {
  expect(toPolicyRow(stored)).toMatchObject({
    startsAt: '2026-01-01T00:00:00.1234567Z',
    expiresAt: '2026-12-31T00:00:00Z',
  });
  expect(policyLine(stored)).toBe('readers; r; from 2026-01-01T00:00:00.1234567Z; until 2026-12-31T00:00:00Z');
});

test('permissions are written in Azure’s order, whichever were ticked first', () => {
  expect(toPolicy(row({ permissions: 'pura' }))).toEqual({ id: 'workers', permissions: 'raup' });
  expect(toPolicy(row({ permissions: 'ppr' }))).toEqual({ id: 'workers', permissions: 'rp' });
  expect(toPolicy(row({ permissions: '' }))).toEqual({ id: 'workers' });
});

test('times are written in UTC, and blank ones left to the signature', () => {
  expect(toPolicy(row({ startsAt: ' 2026-05-01 ', expiresAt: '2026-05-01T10:00+02:00' }))).toMatchObject({
    startsAt: '2026-05-01T00:00:00.0000000Z',
    expiresAt: '2026-05-01T08:00:00.0000000Z',
  });
  expect(toPolicy(row())).toEqual({ id: 'workers', permissions: 'r' });
});

test.each<[string, Partial<PolicyRow>, keyof ReturnType<typeof policyProblems>, RegExp]>([
  ['no id', { id: '' }, 'id', /needs an id/],
  ['65 characters', { id: 'x'.repeat(65) }, 'id', /at most 64 characters. This has 65/],
  ['an id that is taken', { id: 'readers' }, 'id', /Another policy/],
  ['no such day', { startsAt: '2026-02-30' }, 'startsAt', /Write it as/],
  ['words', { expiresAt: 'tomorrow' }, 'expiresAt', /Write it as/],
  ['a time without its zone', { expiresAt: '2026-12-31T18:00' }, 'expiresAt', /Write it as/],
  ['an end before the start', { startsAt: '2026-05-02', expiresAt: '2026-05-01' }, 'expiresAt', /after the start/],
])('a policy with %s has a problem', (_, change, field, text) => {
  const mine = row(change);
  const problems = policyProblems(mine, [toPolicyRow(stored), mine]);
  expect(Object.keys(problems)).toEqual([field]);
  expect(problems[field]).toMatch(text);
});

test('a policy id may have 64 characters, and differ from another in case only', () => {
  for (const id of ['x'.repeat(64), 'Readers']) {
    const mine = row({ id });
    expect(policyProblems(mine, [toPolicyRow(stored), mine])).toEqual({});
  }
});

test('a removed or renamed policy revokes the signatures that name it, a changed one changes them', () => {
  const other = { id: 'workers', permissions: 'p' };
  expect(policyEffects([stored, other], [{ ...stored, id: 'viewers' }, other])).toEqual({
    revoked: ['readers'],
    changed: [],
  });
  expect(policyEffects([stored, other], [stored, { ...other, permissions: 'rp' }, { id: 'c' }])).toEqual({
    revoked: [],
    changed: ['workers'],
  });
});
