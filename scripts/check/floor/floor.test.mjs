import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../../server/command.mjs';
import { FLOOR } from '../../run/floor.mjs';
import { filesIn } from '../repository/repository-files.fixture.mjs';
import { newerIn, newerMembers } from './members.mjs';
import { newerStyles } from './styles.mjs';
import { newerWords } from './words.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
test('nothing is used that a browser of the floor lacks, without a reason', () => {
  const sources = filesIn(['src']).filter(
    (file) => /^src\/.*\.tsx?$/.test(file) && !/\.(?:test|fixture|d)\./.test(file),
  );
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap((file) => newerWords(read(file)).map((what) => `${file}: ${what}`));
  expect(found).toEqual([]);
});

test.each([
  ['URL.canParse(text)', 'URL.canParse'],
  ['new URLPattern(text)', 'URLPattern'],
  ['Promise.withResolvers()', 'Promise.withResolvers'],
  ['await Array.fromAsync(all)', 'Array.fromAsync'],
  ['new Intl.DurationFormat()', 'Intl.DurationFormat'],
  ['globalThis.cookieStore', 'cookieStore'],
  ['navigation.back()', 'navigation'],
])('%s is found', (code, name) => {
  expect(newerWords(code)[0]).toContain(name);
});

test.each([
  'Map.groupBy(all, by)',
  'AbortSignal.any([one])',
  'new Intl.ListFormat()',
  "'URL.canParse(x)'",
  '// URL.canParse(x)',
  'const { navigation } = state',
])('%s is none', (code) => {
  expect(newerWords(code)).toEqual([]);
});

test('the linter knows the members that a browser of the floor lacks', async () => {
  await expect(await newerMembers()).toMatchFileSnapshot('../../../src/newer-than-floor.d.ts');
});

test('a member is declared anew when a browser of the floor lacks it, and not when its owner is newer', () => {
  const library = `interface Body {
    /** As bytes. */
    bytes(): Promise<Uint8Array>;
    text(): Promise<string>;
}
interface Element extends Node, ARIAMixin {
    readonly id: string;
    getHTML(options?: GetHTMLOptions): string;
}
interface Response extends Body {
    readonly ok: boolean;
}
interface URLPattern {
    readonly hash: string;
}
`;
  const newer = '{\n  /** @deprecated not in Chrome 117 or Safari 17.4 */\n  ';
  expect(newerIn(library)).toEqual([
    `interface Body ${newer}bytes(): Promise<Uint8Array>;\n}`,
    `interface Element ${newer}getHTML(options?: GetHTMLOptions): string;\n}`,
  ]);
});

test.each([
  ['a{field-sizing:content}', 'field-sizing'],
  ['a{color:red;width:stretch}', 'width: stretch'],
  ['a{color:light-dark(red,blue)}', 'light-dark()'],
  ['@starting-style{a{opacity:0}}', '@starting-style'],
  ['@media (prefers-reduced-transparency){a{color:red}}', 'prefers-reduced-transparency'],
  ['details::details-content{color:red}', ':details-content'],
  ['a{user-select:none}', 'user-select'],
])('the style %s is found', (css, name) => {
  expect(newerStyles(css)[0]).toMatch(`${name} is not in `);
});

test.each([
  'a{-webkit-user-select:none;user-select:none}',
  'a{color:color-mix(in oklab,red,blue);text-wrap:balance}',
  'a:has(b):focus-visible{content:"light-dark()"}',
])('the style %s is none', (css) => {
  expect(newerStyles(css)).toEqual([]);
});

const none = () => {};

/** Runs the check at the start in a page that has so much. @param {Record<string, unknown>} there */
function start(there) {
  const root = {
    textContent: '',
    set: /** @type {string[]} */ ([]),
    setAttribute: (/** @type {string} */ name) => root.set.push(name),
  };
  const page = createContext({ document: { getElementById: () => root }, addEventListener: none });
  runInContext('var window = this;', page);
  Object.assign(page, there);
  runInContext(read('public/can-run.js'), page);
  return root;
}

describe('an old browser', () => {
  const whole = {
    Map: { groupBy: none },
    AbortSignal: { any: none },
    CSS: { registerProperty: none },
    DecompressionStream: none,
  };

  test('that has all is left alone', () => {
    expect(start(whole)).toMatchObject({ textContent: '', set: [] });
  });

  test.each(Object.keys(whole))('without %s is told which ones are new enough, and the page does not start', (name) => {
    for (const lack of [undefined, {}]) {
      const { textContent, set } = start({ ...whole, [name]: lack });
      expect(textContent).toBe(
        `This browser is too old for Queuescope. It needs Chrome or Edge ${FLOOR.chrome}, Firefox ${FLOOR.firefox}, Safari ${FLOOR.safari}, or a newer one.`,
      );
      expect(set).toEqual(['data-too-old']);
    }
  });

  test('can read the check', () => {
    const code = read('public/can-run.js').replaceAll(/\/\/.*$/gm, '');
    expect(code).not.toMatch(/=>|`|\?\.|\?\?|\b(?:const|let|class|async|import|export)\b/);
  });
});

test('the README says the floor', () => {
  expect(read('README.md')).toContain(
    `Chrome or Edge ${FLOOR.chrome}, Firefox ${FLOOR.firefox} or Safari ${FLOOR.safari}`,
  );
});
