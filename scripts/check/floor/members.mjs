// The members of the browser's own objects that a browser of the floor lacks, declared once more as deprecated: the linter then names
// each use of one (`typescript/no-deprecated`), which knows the types, as a search for words does not.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { knownKey, lacking, notIn } from './support.mjs';

/** TypeScript's own declarations of the editions that the page is checked against, and of the DOM. */
const LIBRARIES = /^lib\.(?:dom|es(?:5|20(?:1\d|2[0-4]))(?:\.\w+)*)\.d\.ts$/;
const INTERFACE = /^interface (\w+)([^{]*)\{\n([^]*?)^\}/gm;
const MEMBER = /^(?:readonly |get |set )*(\w+)\??[:(<]/;

/** What may be used all the same, and why. @type {Map<string, string>} */
const ALLOWED = new Map([
  [
    'KeyboardEvent.isComposing',
    'Safari has it, except on the key that ends it: `src/ui/browser/is-composing.ts` knows it',
  ],
  ['InputEvent.isComposing', 'Safari has it'],
  ['CanvasTextDrawingStyles.font', 'Safari has it, without some units'],
  ['Body.formData', 'Chrome has it in part; the sandbox passes the call on, and nothing calls it'],
  ['KeyboardEvent.repeat', 'Chrome has it, except on some keys of Linux'],
]);

/** @returns {Promise<string>} declarations that merge with TypeScript's own */
export async function newerMembers() {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  /** @type {{ default: () => string }} */
  const { default: getExePath } = await import(pathToFileURL(join(typescript, 'lib', 'getExePath.js')).href);
  const folder = dirname(getExePath());
  const found = readdirSync(folder)
    .filter((file) => LIBRARIES.test(file))
    .toSorted()
    .flatMap((file) => newerIn(readFileSync(join(folder, file), 'utf8')));
  return [HEAD, ...found, ''].join('\n');
}

const HEAD = `// Written by scripts/check/floor/members.mjs ("npx vitest run -u scripts/check/floor"): members that a browser of the floor lacks,
// declared once more, so that the linter finds their use.
/* oxlint-disable typescript/no-explicit-any, typescript/no-unnecessary-type-arguments -- TypeScript's own words */`;

/** @param {string} library @returns {string[]} an interface for each that has a newer member and is not newer itself */
export function newerIn(library) {
  const bare = library.replaceAll(/\/\*[^]*?\*\//g, '');
  /** Who extends an interface. @type {Map<string, string[]>} */
  const heirs = new Map();
  for (const [, heir = '', rest = ''] of bare.matchAll(INTERFACE))
    for (const name of /\bextends ([^]*)/.exec(rest)?.[1]?.match(/\w+/g) ?? [])
      heirs.set(name, [...(heirs.get(name) ?? []), heir]);
  return [...bare.matchAll(INTERFACE)].flatMap(([, owner = '', rest = '', body = '']) => {
    const own = keyOf(owner);
    if (lacking(own).length > 0) return [];
    // What several share, as Request and Response do Body, is TypeScript's alone: the data have its members at each of them.
    const owners = own === undefined ? (heirs.get(owner) ?? []) : [owner];
    const members = body.split('\n').flatMap((line) => {
      const text = line.trim();
      const [, name = ''] = MEMBER.exec(text) ?? [];
      const keys = owners.flatMap((one) => keyOf(`${one}.${name}`) ?? []);
      if (ALLOWED.has(`${owner}.${name}`) || keys.some((key) => lacking(key).length === 0)) return [];
      const browsers = lacking(keys[0]);
      return browsers.length > 0 ? [`  /** @deprecated ${notIn(browsers)} */\n  ${text}\n`] : [];
    });
    return members.length > 0
      ? [`interface ${owner}${rest.replace(/\s*extends[^]*$/, ' ')}{\n${members.join('')}}`]
      : [];
  });
}

/** What the data call it. @param {string} name */
const keyOf = (name) => knownKey([`api.${name}`, `javascript.builtins.${name}`]);
