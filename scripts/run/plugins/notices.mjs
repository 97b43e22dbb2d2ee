import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../server/command.mjs';

const NOTICES = 'third-party-notices.txt';

/** A part of these is in the style sheet, which no list of modules names. */
const IN_STYLES = ['tailwindcss'];

/**
 * Writes the licences of all packages that are part of the page, and ours, beside it. Workers are built before the page that
 * starts them, each with a plugin of its own.
 * @returns {{ page: import('vite').Plugin, worker: import('vite').Plugin }}
 */
export function notices() {
  const folders = new Set(IN_STYLES.map((name) => join(ROOT, 'node_modules', name)));
  /** @type {import('vite').Plugin} */
  const worker = {
    name: 'notices-of-workers',
    apply: 'build',
    generateBundle: (_, bundle) => addPackages(folders, bundle),
  };
  /** @type {import('vite').Plugin} */
  const page = {
    name: 'notices',
    apply: 'build',
    generateBundle(_, bundle) {
      addPackages(folders, bundle);
      this.emitFile({ type: 'asset', fileName: NOTICES, source: noticesOf(folders) });
      this.emitFile({ type: 'asset', fileName: 'LICENSE.txt', source: readFileSync(join(ROOT, 'LICENSE'), 'utf8') });
    },
  };
  return { page, worker };
}

/**
 * Adds the folders of the packages that the modules of a build are of.
 * @param {Set<string>} folders
 * @param {Record<string, { type: 'asset' } | { type: 'chunk', moduleIds: string[] }>} bundle
 */
function addPackages(folders, bundle) {
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk') for (const id of chunk.moduleIds) addPackage(folders, id);
  }
}

/** Adds the folder of the package that a module is of. @param {Set<string>} folders @param {string} id */
function addPackage(folders, id) {
  const [, folder] = /^\0?(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(id) ?? [];
  if (folder !== undefined) folders.add(folder);
}

/**
 * The licences of packages, one after another, each once.
 * @param {Iterable<string>} folders of packages
 * @throws {Error} for a package whose licence is not there to be passed on
 */
export function noticesOf(folders) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)\b/i.test(file));
    const own = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    if (own.length === 0) throw new Error(`${name} has no file with its licence.`);
    texts.set(`${name} ${version}`, [`${name} ${version} (${license})`, ...own].join('\n\n'));
  }
  const sorted = [...texts].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `${[HEAD, ...sorted].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

const HEAD = 'Queuescope is built of these packages too, each under its own licence.';
