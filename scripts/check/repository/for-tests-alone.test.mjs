import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../server/command.mjs';

// What only tests, fixtures and benches use proves nothing of the product. Knip takes a test for a user.

/** Looks into a store that production writes and shows by a hook, which a test outside of React cannot call. */
const WINDOWS = new Set(['src/ui/overlay/toast-store.ts readToasts']);

/** @typedef {Map<string, string>} Texts by path from the root, with `/` */

/** @param {string} path */
const isProof = (path) => /\.(?:test|fixture)\./.test(path) || /^(?:e2e|bench|scripts\/(?:check|testing))\//.test(path);

/** @param {string} text */
const withoutComments = (text) => text.replaceAll(/\/\*[^]*?\*\/|(?<![:'"`\w])\/\/.*$/gm, '');

/** The file that an import means. @param {Texts} texts @param {string} from @param {string} specifier */
function fileOf(texts, from, specifier) {
  const plain = specifier.replace(/\?.*$/, '');
  const base = plain.startsWith('@/') ? `src/${plain.slice(2)}` : posix.join(posix.dirname(from), plain);
  return ['', '.ts', '.tsx', '.mjs'].map((end) => base + end).find((path) => texts.has(path));
}

/** Names that production imports, by file; `*` stands for all of its names. @param {Texts} texts */
function usedIn(texts) {
  /** @type {Map<string, Set<string>>} */
  const used = new Map();
  /** @param {string} from @param {string} specifier @param {string[]} names */
  const note = (from, specifier, names) => {
    const path = fileOf(texts, from, specifier);
    if (path !== undefined) used.set(path, new Set([...(used.get(path) ?? []), ...names]));
  };
  for (const [from, text] of texts) {
    if (isProof(from)) continue;
    for (const [, clause = '', specifier = ''] of text.matchAll(
      /\b(?:import|export)\s+(?:type\s+)?([\w*{}\s,$]+?)\s+from\s*['"]([^'"]+)['"]/g,
    )) {
      const listed = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
      const names = listed.split(',').map((name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .replace(/\s+as\s.*$/, ''),
      );
      note(from, specifier, clause.includes('*') ? ['*'] : names);
    }
    for (const [, specifier = ''] of text.matchAll(/(?:\bimport\s*\(|\bnew URL\()\s*['"]([^'"]+)['"]/g))
      note(from, specifier, ['*']);
  }
  return used;
}

/**
 * Exports of production that no production imports and their own file does not use, as `path name`.
 * @param {Texts} given
 */
function forTestsAlone(given) {
  const texts = new Map([...given].map(([path, text]) => [path, withoutComments(text)]));
  const used = usedIn(texts);
  const found = [];
  for (const [path, text] of texts) {
    const names = used.get(path);
    if (isProof(path) || !/^(?:src|server)\//.test(path) || names?.has('*')) continue;
    const exported = text.matchAll(
      /^export\s+(?:async\s+)?(?:function\*?|const|let|class|type|interface|enum)\s+([\w$]+)/gm,
    );
    for (const [, name = ''] of exported) {
      const uses = text.match(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))?.length ?? 0;
      if (!names?.has(name) && uses < 2) found.push(`${path} ${name}`);
    }
  }
  return found;
}

/** All code of the project. @returns {Texts} */
function code() {
  const paths = ['src', 'server', 'scripts', 'bench', 'e2e'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.(?:tsx?|mjs)$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  return new Map([...paths, 'vite.config.ts'].map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

test('what tests alone use is not in production', () => {
  const texts = code();
  expect(texts.size).toBeGreaterThan(500);
  const found = forTestsAlone(texts);
  expect(found.filter((one) => !WINDOWS.has(one))).toEqual([]);
  expect([...WINDOWS].filter((one) => !found.includes(one))).toEqual([]);
});

test.each([
  ['a function', `export function a() {}`, 'a'],
  ['a constant that a comment names', `/** See a. */\nexport const a = 1;`, 'a'],
  ['a type', `export type A = string;`, 'A'],
  ['a class', `export class A {}`, 'A'],
])('%s that a test, a fixture and a bench import is found', (_, source, name) => {
  const users = ['src/x.test.ts', 'src/x.fixture.ts', 'bench/x.mjs', 'e2e/x.spec.ts'];
  const texts = new Map(users.map((path) => [path, `import { ${name} } from '@/azure/file';`]));
  expect(forTestsAlone(texts.set('src/azure/file.ts', source))).toEqual([`src/azure/file.ts ${name}`]);
});

test.each([
  ['by its name', `import { a } from './file';`],
  ['by another name', `import { type B, a as c } from '@/azure/file';`],
  ['with all of its file', `import * as file from './file';`],
  ['late', `const late = () => import('./file');`],
  ['as a worker', `new Worker(new URL('./file.ts', import.meta.url));`],
])('what production imports %s is not', (_, user) => {
  const texts = new Map([
    ['src/azure/file.ts', 'export const a = 1;'],
    ['src/azure/user.ts', user],
  ]);
  expect(forTestsAlone(texts)).toEqual([]);
});

test('neither is what its own file uses', () => {
  expect(forTestsAlone(new Map([['src/azure/file.ts', 'export const a = 1;\nexport const b = a;\n']]))).toEqual([
    'src/azure/file.ts b',
  ]);
});
