import { expect, test } from 'vitest';
import { actionPermissions, sasFacts } from './sas-description';
import { readSasToken } from './sas-parse';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const read = (token: string) => readSasToken(token).fields;

test('an account SAS is explained', () => {
  expect(
    sasFacts(
      read(
        'sv=2024-11-04&ss=bq&srt=so&sp=rlx&st=2026-01-01T00:00:00Z&se=2027-01-01T00:00Z&sip=203.0.113.7&spr=https&sig=eA%3D%3D',
      ),
    ),
  ).toEqual({
    kind: 'account',
    services: ['blob', 'queue'],
    types: ['service', 'object'],
    permissions: ['r (read)', 'l (list)', 'x (not for queues)'],
    startsAt: new Date('2026-01-01'),
    expiresAt: new Date('2027-01-01'),
    from: '203.0.113.7',
    protocols: 'https',
    version: '2024-11-04',
  });
});

test('a queue SAS of a stored access policy leaves out what the policy has', () => {
  expect(sasFacts(read('sv=2024-11-04&si=readers&sig=eA%3D%3D'))).toEqual({
    kind: 'queue',
    protocols: 'https and http',
    policy: 'readers',
    version: '2024-11-04',
  });
});

test('a user delegation SAS has a kind of its own', () => {
  expect(sasFacts(read('sv=2025-07-05&sr=q&skoid=1&sp=r&se=2027-01-01&sig=x')).kind).toBe('userDelegation');
});

test.each<[token: string, allowed: string[]]>([
  ['sv=1&sp=r&se=2027-01-01', ['Metadata and counts', 'Peek']],
  ['sv=1&sp=rap&se=2027-01-01', ['Metadata and counts', 'Peek', 'Receive', 'Add message', 'Delete message']],
  ['sv=1&ss=q&srt=s&sp=l&se=2027-01-01', ['List queues']],
  ['sv=1&ss=q&srt=s&sp=l&se=2025-01-01', []],
  ['sv=1&si=readers', []],
])('with %s these actions work: %j', (token, allowed) => {
  const verdicts = actionPermissions(read(token), NOW);
  expect(verdicts.filter((verdict) => verdict.allowed === true).map(({ action }) => action)).toEqual(allowed);
  expect(verdicts.every((verdict) => verdict.allowed === true || verdict.reason !== undefined)).toBe(true);
});
