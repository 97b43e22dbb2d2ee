import { describe, expect, test } from 'vitest';
import { OPERATION_PERMISSIONS, type OperationName } from '../protocol/operation-table';
import { OPERATIONS, sasAllows } from './sas-permissions';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const ALL = { sv: '2025-11-05', ss: 'q', srt: 'sco', sp: 'rwdlacup', se: '2099-01-01T00:00:00Z' };
const QUEUE = { sv: '2025-11-05', sp: 'raup', se: '2099-01-01T00:00:00Z' };

const allowedBy = (fields: Record<string, string>): OperationName[] =>
  OPERATIONS.filter((operation) => sasAllows(fields, operation, NOW).allowed === true);

describe('an account SAS', () => {
  test('with everything allows all but stored access policies and user delegation keys', () => {
    expect(OPERATIONS.filter((operation) => !allowedBy(ALL).includes(operation))).toEqual([
      'Get User Delegation Key',
      'Get Queue ACL',
      'Set Queue ACL',
    ]);
  });

  test.each<[letters: string, types: string, allowed: OperationName[]]>([
    ['l', 's', ['List Queues']],
    ['r', 's', ['Get Queue Service Properties', 'Get Queue Service Stats']],
    ['w', 's', ['Set Queue Service Properties']],
    ['c', 'c', ['Create Queue']],
    ['w', 'c', ['Create Queue', 'Set Queue Metadata']],
    ['d', 'c', ['Delete Queue']],
    ['r', 'c', ['Get Queue Metadata']],
    ['a', 'o', ['Put Message']],
    ['p', 'o', ['Get Messages', 'Delete Message']],
    ['r', 'o', ['Peek Messages']],
    ['u', 'o', ['Update Message']],
    ['d', 'o', ['Clear Messages']],
    ['rwdlacup', '', []],
    ['', 'sco', []],
  ])('with sp=%s and srt=%s allows exactly %j', (sp, srt, allowed) => {
    expect(allowedBy({ ...ALL, sp, srt })).toEqual(allowed);
  });

  test.each<[change: Record<string, string>, operation: OperationName, reason: string]>([
    [{ sp: 'rl' }, 'Get Messages', 'This SAS lacks the letter p (process), which receiving needs.'],
    [{ sp: 'rl' }, 'Create Queue', 'This SAS lacks the letter c (create) or w (write), which creating queues needs.'],
    [{ srt: 'co' }, 'List Queues', 'This SAS lacks the resource type s (service), which listing queues needs.'],
    [{ ss: 'bt' }, 'Peek Messages', 'This SAS lacks the service q (queue), which peeking needs.'],
    [{}, 'Get Queue ACL', 'No SAS allows reading stored access policies. It needs the account key.'],
    [
      {},
      'Get User Delegation Key',
      'No SAS allows asking for a user delegation key. It needs a sign-in with Microsoft Entra ID.',
    ],
    [{ se: '2026-06-01T12:00:00Z' }, 'Peek Messages', 'This SAS expired on 2026-06-01 at 12:00 UTC.'],
  ])('changed by %j does not allow %s and says why', (change, operation, reason) => {
    expect(sasAllows({ ...ALL, ...change }, operation, NOW)).toEqual({ allowed: false, reason });
  });
});

describe('a queue SAS', () => {
  test('allows what its letters say on the one queue, and nothing of the account', () => {
    expect(allowedBy(QUEUE)).toEqual([
      'Get Queue Metadata',
      'Put Message',
      'Get Messages',
      'Peek Messages',
      'Update Message',
      'Delete Message',
    ]);
    expect(sasAllows(QUEUE, 'List Queues', NOW)).toEqual({
      allowed: false,
      reason: 'This SAS is for one queue, which rules out listing queues.',
    });
    expect(sasAllows({ ...QUEUE, sp: 'r' }, 'Put Message', NOW)).toEqual({
      allowed: false,
      reason: 'This SAS lacks the letter a (add), which adding messages needs.',
    });
  });

  test('of a stored access policy leaves open what the policy decides, and only that', () => {
    const fields = { sv: '2025-11-05', si: 'consumers' };
    expect(sasAllows(fields, 'Get Messages', NOW)).toEqual({
      allowed: 'unknown',
      reason: 'The stored access policy "consumers" holds the permissions, and the SAS does not tell them.',
    });
    expect(sasAllows(fields, 'Clear Messages', NOW).allowed).toBe(false);
    expect(sasAllows({ ...fields, sp: 'r' }, 'Peek Messages', NOW)).toEqual({ allowed: true });
    expect(sasAllows({ ...fields, sp: 'r' }, 'Get Messages', NOW).allowed).toBe(false);
  });

  test('of a blob container allows nothing here', () => {
    expect(allowedBy({ ...QUEUE, sr: 'c' })).toEqual([]);
    expect(sasAllows({ ...QUEUE, sr: 'c' }, 'Peek Messages', NOW).reason).toBe(
      'This SAS is for a blob, container or file, which rules out peeking.',
    );
  });

  test('of a user delegation key counts as one of a queue', () => {
    expect(sasAllows({ ...QUEUE, sr: 'q', skoid: 'id' }, 'Peek Messages', NOW)).toEqual({ allowed: true });
  });
});

test('every operation is allowed, denied or unknown', () => {
  expect(OPERATIONS).toEqual(Object.keys(OPERATION_PERMISSIONS));
  for (const operation of OPERATIONS) expect(sasAllows({}, operation, NOW).allowed).toBe(false);
});
