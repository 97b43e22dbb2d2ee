import { expect, test } from 'vitest';
import { suggestedEnvironment } from './environments';

test.each([
  ['harborlaneprod', 'PROD'],
  ['harborlaneprodeu', 'PROD'],
  ['harborlaneproduction', 'PROD'],
  ['prdharborlane', 'PROD'],
  ['harborlaneprd01', 'PROD'],
  ['harborlane', undefined],
  ['products', undefined],
  ['purprdale', undefined],
])('the account %s is taken for %s until somebody says otherwise', (account, label) => {
  expect(suggestedEnvironment(account)).toBe(label);
});
