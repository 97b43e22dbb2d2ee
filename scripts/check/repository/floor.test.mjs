import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { features } from 'web-features';
import { ROOT } from '../../../server/command.mjs';
import { FLOOR } from '../../run/floor.mjs';
import { filesIn } from './repository-files.fixture.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
/** The first version of each browser with a thing, by its key in MDN's data. @type {Map<string, Record<string, string>>} */
const since = new Map(
  Object.values(features).flatMap((feature) =>
    Object.entries(('status' in feature ? feature.status.by_compat_key : undefined) ?? {}).map(([key, { support }]) => [
      key,
      { ...support },
    ]),
  ),
);

/** The browsers of the floor that lack a thing; undefined when nothing is known of it. @param {string} key */
const lacking = (key) => {
  const support = since.get(key);
  return (
    support &&
    Object.entries(FLOOR).flatMap(([browser, version]) => {
      const added = Number.parseFloat((support[browser] ?? 'Infinity').replace('≤', ''));
      return added > Number.parseFloat(version) ? [browser] : [];
    })
  );
};

/** What is used all the same, and why it may be. @type {Map<string, string>} */
const ALLOWED = new Map([
  ['AbortSignal.timeout', 'Chrome has it since 103; until 124 it ends with another error, and nobody looks at it here'],
]);

/** Names that stand alone or after `new`, and members of a name with a capital, in code that is neither text nor comment. @param {string} code */
function namesIn(code) {
  const bare = code
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '')
    .replaceAll(/'[^'\n]*'/g, "''");
  const own = new Set(
    [...bare.matchAll(/\b(?:function|class|const|let|type|interface|import type)\s+\{?\s*(\w+)/g)].map(
      ([, name]) => name,
    ),
  );
  const imported = new Set(
    [...bare.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}/g)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []),
  );
  return {
    globals: [
      ...new Set(
        [...bare.matchAll(/\bnew ([A-Z]\w+)|\b(?:globalThis|window|self)\.(\w+)/g)].map(
          ([, made, owned]) => made ?? owned ?? '',
        ),
      ),
    ].filter((name) => !own.has(name) && !imported.has(name)),
    statics: [
      ...new Set(
        [...bare.matchAll(/\b([A-Z]\w+)\.(\w+)\b/g)]
          .filter(([, owner]) => !own.has(owner) && !imported.has(owner ?? ''))
          .map(([, owner, name]) => `${owner}.${name}`),
      ),
    ],
  };
}

/** The key that is known. @param {string[]} keys */
const first = (keys) => keys.find((key) => since.has(key));

/** Things in a code that a browser of the floor lacks. @param {string} code */
function newerIn(code) {
  const { globals, statics } = namesIn(code);
  return [
    ...globals.map((name) => [name, first([`api.${name}`, `javascript.builtins.${name}`])]),
    ...statics.map((name) => [name, first([`api.${name}_static`, `javascript.builtins.${name}`])]),
  ].flatMap(([name = '', key]) => {
    const browsers = key === undefined ? [] : (lacking(key) ?? []);
    return browsers.length > 0 && !ALLOWED.has(name) ? [`${name} (not in the oldest ${browsers.join(', ')})`] : [];
  });
}

test('nothing is used that a browser of the floor lacks, without a reason', () => {
  const sources = filesIn(['src']).filter(
    (file) => /^src\/.*\.tsx?$/.test(file) && !/\.(?:test|fixture|browser\.test|contract\.test)\./.test(file),
  );
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap((file) => newerIn(read(file)).map((what) => `${file}: ${what}`));
  expect(found).toEqual([]);
});

test.each([
  ['URL.canParse(text)', 'URL.canParse'],
  ['new URLPattern(text)', 'URLPattern'],
  ['Promise.withResolvers()', 'Promise.withResolvers'],
  ['await Array.fromAsync(all)', 'Array.fromAsync'],
  ['new Intl.DurationFormat()', 'Intl.DurationFormat'],
])('%s is found', (code, name) => {
  expect(newerIn(code)[0]).toContain(name);
});

test.each([
  'Map.groupBy(all, by)',
  'AbortSignal.any([one])',
  'new Intl.ListFormat()',
  "'URL.canParse(x)'",
  '// URL.canParse(x)',
])('%s is none', (code) => {
  expect(newerIn(code)).toEqual([]);
});

const none = () => {};

/** Runs the check at the start in a page that has so much. @param {Record<string, unknown>} there */
function start(there) {
  const root = {
    textContent: '',
    set: /** @type {string[]} */ ([]),
    setAttribute: (/** @type {string} */ name) => root.set.push(name),
  };
  const page = createContext({ document: { getElementById: () => root } });
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
