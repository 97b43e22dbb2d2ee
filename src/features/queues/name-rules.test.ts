import { expect, test } from 'vitest';
import { nameRules } from './name-rules';

const broken = (name: string) =>
  nameRules(name)
    .filter(({ isMet }) => !isMet)
    .map(({ rule }) => rule);

const LENGTH = 'Has 3 to 63 characters';
const CHARACTERS = 'Has only lower-case letters a to z, digits and hyphens';
const ENDS = 'Starts and ends with a letter or digit';
const HYPHENS = 'Has no two hyphens in a row';

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
