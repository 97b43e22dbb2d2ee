import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQueueName, nameRules } from './name-rules';

const broken = (name: string) =>
  nameRules(name)
    .filter(({ isMet }) => !isMet)
    .map(({ rule }) => rule);

const LENGTH = '3 to 63 characters';
const CHARACTERS = 'Only lower-case letters a to z, digits and hyphens';
const ENDS = 'Starts and ends with a letter or digit';
const HYPHENS = 'No two hyphens in a row';

test.each([
  ['', [LENGTH, CHARACTERS, ENDS, HYPHENS]],
  ['or', [LENGTH]],
  ['ord', []],
  ['o'.repeat(63), []],
  ['o'.repeat(64), [LENGTH]],
  ['Orders', [CHARACTERS]],
  ['orders_eu', [CHARACTERS]],
  ['orders eu', [CHARACTERS]],
  ['größe', [CHARACTERS]],
  ['orders|eu', [CHARACTERS]],
  ['-orders', [ENDS]],
  ['orders-', [ENDS]],
  ['orders--eu', [HYPHENS]],
  ['--', [LENGTH, ENDS, HYPHENS]],
  ['123', []],
])('%j breaks %j', (name, rules) => {
  expect(broken(name)).toEqual(rules);
});

test('the four rules together say the same as the documented pattern', () => {
  const documented = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;
  const near = fc.string({ unit: fc.constantFrom('a', 'z', '0', '-', '_', 'A'), maxLength: 66 });

  fc.assert(
    fc.property(near, (name) => {
      expect(isQueueName(name)).toBe(documented.test(name));
    }),
  );
});

test.each([
  ['', []],
  ['or', []],
  ['orders-', []],
  ['o'.repeat(64), [LENGTH]],
  ['Orders', [CHARACTERS]],
  ['-orders', [ENDS]],
  ['orders--', [HYPHENS]],
  ['-Ö--', [CHARACTERS, ENDS, HYPHENS]],
])('typing on after %j cannot mend %j', (name, rules) => {
  expect(
    nameRules(name)
      .filter(({ isBroken }) => isBroken)
      .map(({ rule }) => rule),
  ).toEqual(rules);
});
