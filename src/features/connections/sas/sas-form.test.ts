import { describe, expect, test } from 'vitest';
import { formProblems, type SasForm, sasWarnings, toFields } from './sas-form';

const NOW = Date.parse('2026-06-01T12:00:30Z');
const FORM: SasForm = {
  scope: 'queue',
  queue: 'orders',
  policy: '',
  types: '',
  letters: 'rp',
  start: '',
  lasts: '60',
  expiry: '',
  address: '',
  httpsOnly: true,
};
const ACCOUNT: SasForm = { ...FORM, scope: 'account', types: 'cso', letters: 'lr' };
const fieldsOf = (change: Partial<SasForm> = {}) => toFields({ ...FORM, ...change }, undefined, NOW);

const warningsOf = (change: Partial<SasForm>) =>
  sasWarnings(fieldsOf({ address: '10.0.0.1', ...change }), undefined, NOW);

describe('what is filled in becomes', () => {
  test('a SAS of one queue, from the next minute on', () => {
    expect(fieldsOf()).toEqual({ sv: '2024-11-04', sp: 'rp', se: '2026-06-01T13:01:00Z', spr: 'https' });
  });

  test('a SAS of the account, for queues alone', () => {
    expect(toFields(ACCOUNT, undefined, NOW)).toMatchObject({ ss: 'q', srt: 'sco', sp: 'rl' });
  });

  test('only letters that such a signature can have', () => {
    expect(fieldsOf({ letters: 'rwdlacup' }).sp).toBe('raup');
  });

  test('exact times, in UTC', () => {
    const { st, se } = fieldsOf({ start: '2026-06-02T10:00', lasts: 'exact', expiry: '2026-06-03T10:00' });
    expect(st).toBe(`${new Date('2026-06-02T10:00').toISOString().slice(0, 19)}Z`);
    expect(se).toBe(`${new Date('2026-06-03T10:00').toISOString().slice(0, 19)}Z`);
  });

  test('what a stored access policy leaves open, and nothing that it says', () => {
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

describe('nothing is made', () => {
  test.each<[what: string, form: SasForm, problems: ReturnType<typeof formProblems>]>([
    ['without a queue', { ...FORM, queue: '' }, { queue: 'Choose a queue.' }],
    [
      'for a queue with an impossible name',
      { ...FORM, queue: 'Orders' },
      { queue: 'A queue name has only lower-case letters a to z, digits and hyphens.' },
    ],
    ['that allows nothing', { ...FORM, letters: '' }, { letters: 'Choose what it allows.' }],
    ['for nothing of the account', { ...ACCOUNT, types: '' }, { types: 'Choose at least one.' }],
    ['without an end', { ...FORM, lasts: 'exact' }, { expiry: 'Say until when.' }],
    ['that has expired', { ...FORM, lasts: 'exact', expiry: '2026-05-01T00:00' }, { expiry: 'This time has passed.' }],
    [
      'that starts after its end',
      { ...FORM, start: '2026-07-01T00:00' },
      { start: 'It would start after it expired.' },
    ],
    ['for half an address', { ...FORM, address: '203.0.113' }, { address: expect.stringContaining('IPv4') as string }],
    ['for an address that is none', { ...FORM, address: '203.0.113.256' }, { address: expect.any(String) as string }],
  ])('%s', (_, form, problems) => {
    expect(formProblems(form, undefined, NOW)).toEqual(problems);
  });

  test('but what is in order', () => {
    expect(formProblems(FORM, undefined, NOW)).toEqual({});
    expect(formProblems(ACCOUNT, undefined, NOW)).toEqual({});
    expect(formProblems({ ...FORM, address: '10.0.0.1-10.0.0.9' }, undefined, NOW)).toEqual({});
    const policy = { id: 'readers', permissions: 'r', expiresAt: '2026-07-01T00:00:00Z' };
    expect(formProblems({ ...FORM, letters: '', lasts: 'exact' }, policy, NOW)).toEqual({});
  });
});

describe('it warns of one', () => {
  test('unless it is as narrow as it can be', () => {
    expect(warningsOf({})).toEqual([]);
  });

  test.each<[change: Partial<SasForm>, words: string]>([
    [{ letters: 'raup' }, 'everything that a queue SAS can allow'],
    [{ scope: 'account', types: 'sco', letters: 'rwdlacup' }, 'all that the account key allows'],
    [{ httpsOnly: false }, 'over http'],
    [{ address: '' }, 'from any address'],
    [{ lasts: 'exact', expiry: '2027-06-01T12:00' }, 'It lasts 365 days'],
  ])('with %j', (change, words) => {
    expect(warningsOf(change)).toEqual([expect.stringContaining(words)]);
  });

  test('that starts at once', () => {
    const fields = { ...fieldsOf({ address: '10.0.0.1' }), st: '2026-06-01T12:00:00Z' };
    expect(sasWarnings(fields, undefined, NOW)).toEqual([expect.stringContaining('It starts now')]);
  });
});
