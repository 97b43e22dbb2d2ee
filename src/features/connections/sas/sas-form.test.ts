import { describe, expect, test } from 'vitest';
import { formProblems, type SasForm, sasWarnings, toFields } from './sas-form';

const NOW = Date.parse('2026-06-01T12:00:30Z');
const FORM: SasForm = {
  scope: 'queue',
  queue: 'orders',
  policy: '',
  types: '',
  permissions: 'rp',
  start: '',
  duration: '60',
  expiry: '',
  address: '',
  httpsOnly: true,
};
const ACCOUNT: SasForm = { ...FORM, scope: 'account', types: 'cso', permissions: 'lr' };
const fieldsOf = (change: Partial<SasForm> = {}) => toFields({ ...FORM, ...change }, undefined, NOW);

const warningsOf = (change: Partial<SasForm>) =>
  sasWarnings(fieldsOf({ address: '10.0.0.1', ...change }), undefined, NOW);

describe('the signed fields of a form', () => {
  test('a form for one queue makes a queue SAS that expires in whole minutes', () => {
    expect(fieldsOf()).toEqual({ sv: '2024-11-04', sp: 'rp', se: '2026-06-01T13:01:00Z', spr: 'https' });
  });

  test('a form for all queues makes an account SAS for the queue service only', () => {
    expect(toFields(ACCOUNT, undefined, NOW)).toMatchObject({ ss: 'q', srt: 'sco', sp: 'rl' });
  });

  test('a queue SAS has only the permissions that it can have, in order', () => {
    expect(fieldsOf({ permissions: 'rwdlacup' }).sp).toBe('raup');
  });

  test('exact times are signed in UTC', () => {
    const { st, se } = fieldsOf({ start: '2026-06-02T10:00', duration: 'exact', expiry: '2026-06-03T10:00' });
    expect(st).toBe(`${new Date('2026-06-02T10:00').toISOString().slice(0, 19)}Z`);
    expect(se).toBe(`${new Date('2026-06-03T10:00').toISOString().slice(0, 19)}Z`);
  });

  test('a SAS with a policy leaves out what the policy sets', () => {
    const policy = { id: 'readers', permissions: 'r', expiresAt: '2026-07-01T00:00:00Z' };
    expect(toFields({ ...FORM, start: '2026-06-02T10:00' }, policy, NOW)).toEqual({
      sv: '2024-11-04',
      si: 'readers',
      st: expect.any(String) as string,
      spr: 'https',
    });
    expect(toFields(FORM, { id: 'open' }, NOW)).toMatchObject({ si: 'open', sp: 'rp', se: '2026-06-01T13:01:00Z' });
  });
});

describe('the problems of a form', () => {
  test.each<[what: string, form: SasForm, problems: ReturnType<typeof formProblems>]>([
    ['no queue', { ...FORM, queue: '' }, { queue: 'Choose a queue.' }],
    [
      'an illegal queue name',
      { ...FORM, queue: 'Orders' },
      { queue: 'A queue name has only lower-case letters a to z, digits and hyphens.' },
    ],
    ['no permissions', { ...FORM, permissions: '' }, { permissions: 'Choose what it allows.' }],
    ['no resource types', { ...ACCOUNT, types: '' }, { types: 'Choose at least one.' }],
    ['no expiry', { ...FORM, duration: 'exact' }, { expiry: 'Choose when it expires.' }],
    [
      'an expiry in the past',
      { ...FORM, duration: 'exact', expiry: '2026-05-01T00:00' },
      { expiry: 'This time has passed.' },
    ],
    [
      'a start after the expiry',
      { ...FORM, start: '2026-07-01T00:00' },
      { start: 'It would start after it has expired.' },
    ],
    ['half an address', { ...FORM, address: '203.0.113' }, { address: expect.stringContaining('IPv4') as string }],
    ['an illegal address', { ...FORM, address: '203.0.113.256' }, { address: expect.any(String) as string }],
  ])('a signature with %s is not created', (_, form, problems) => {
    expect(formProblems(form, undefined, NOW)).toEqual(problems);
  });

  test('a complete form has no problem', () => {
    expect(formProblems(FORM, undefined, NOW)).toEqual({});
    expect(formProblems(ACCOUNT, undefined, NOW)).toEqual({});
    expect(formProblems({ ...FORM, address: '10.0.0.1-10.0.0.9' }, undefined, NOW)).toEqual({});
    const policy = { id: 'readers', permissions: 'r', expiresAt: '2026-07-01T00:00:00Z' };
    expect(formProblems({ ...FORM, permissions: '', duration: 'exact' }, policy, NOW)).toEqual({});
  });
});

describe('the warnings about a signature', () => {
  test('a narrow signature has no warnings', () => {
    expect(warningsOf({})).toEqual([]);
  });

  test.each<[change: Partial<SasForm>, text: string]>([
    [{ permissions: 'raup' }, 'everything that a queue SAS can allow'],
    [{ scope: 'account', types: 'sco', permissions: 'rwdlacup' }, 'all that the account key allows'],
    [{ httpsOnly: false }, 'over http'],
    [{ address: '' }, 'from any address'],
    [{ duration: 'exact', expiry: '2027-06-01T12:00' }, 'It lasts 365 days'],
  ])('a signature with %j has a warning', (change, text) => {
    expect(warningsOf(change)).toEqual([expect.stringContaining(text)]);
  });

  test('a signature that starts now has a warning', () => {
    const fields = { ...fieldsOf({ address: '10.0.0.1' }), st: '2026-06-01T12:00:00Z' };
    expect(sasWarnings(fields, undefined, NOW)).toEqual([expect.stringContaining('It starts now')]);
  });
});
