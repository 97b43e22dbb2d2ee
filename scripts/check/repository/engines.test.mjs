import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leftOut, NOT_IN_FIREFOX } from '../../../e2e/not-in-firefox';
import { ROOT } from '../../../server/command.mjs';
import { filesIn } from './repository-files.fixture.mjs';

const specs = filesIn(['e2e']).filter((file) => file.endsWith('.spec.ts'));
const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');

test('the tests that Firefox leaves out are there, under their titles', () => {
  const gone = NOT_IN_FIREFOX.filter(
    ([file, title]) => !new RegExp(`test\\(\\s*['\`]${title}`).test(read(`e2e/${file}.spec.ts`)),
  );
  expect(gone).toEqual([]);
});

test('a test is left out in Firefox alone, and by its own file', () => {
  const [file, title, reason] = NOT_IN_FIREFOX[0] ?? ['', '', ''];
  expect(leftOut('firefox', join(ROOT, 'e2e', `${file}.spec.ts`), title)).toBe(reason);
  expect(leftOut('chromium', join(ROOT, 'e2e', `${file}.spec.ts`), title)).toBeUndefined();
  expect(leftOut('firefox', join(ROOT, 'e2e', 'place.spec.ts'), title)).toBeUndefined();
});

test('at least forty tests are for every engine, and none of them is left out', () => {
  const tagged = specs.flatMap((file) =>
    [...read(file).matchAll(/test\(\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`),\s*\{ tag: '@engines' \}/g)].map(
      ([, title, template]) => ({ file, title: title ?? template ?? '' }),
    ),
  );
  expect(tagged.length).toBeGreaterThanOrEqual(40);
  expect(tagged.filter(({ file, title }) => leftOut('firefox', `/${file}`, title) !== undefined)).toEqual([]);
});
