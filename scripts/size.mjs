import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ROOT } from './command.mjs';

export const DIST = join(ROOT, 'dist');

/** A chunk as Vite's manifest has it; the manifest's keys are source files, or names for shared chunks. */
/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], css?: string[] }} Chunk */
/** @typedef {Record<string, Chunk>} Manifest */
/** @typedef {{ what: string, bytes: number, limit: number }} Size both in bytes of gzip */

const KIB = 1024;

/** Loaded on the way to a usable grid, whether or not they are chunks of their own. */
const UNTIL_USABLE = /src\/(app\/explorer|features\/(queues\/queue-sidebar|messages\/messages-screen))/;
const EDITOR = /src\/(features\/editor\/|ui\/(code-view|code-editor))/;

/**
 * What a person waits for at each moment, against what it may weigh (gzip).
 * @param {Manifest} manifest
 * @param {(file: string) => number} gzipped bytes of a file of the build
 * @returns {Size[]}
 */
export function measure(manifest, gzipped) {
  const all = Object.values(manifest).map((chunk) => chunk.file);
  const scripts = new Set(all.filter((file) => file.endsWith('.js')));
  const shell = closure(manifest, (_, chunk) => chunk.isEntry === true);
  const usable = closure(manifest, (key, chunk) => chunk.isEntry === true || UNTIL_USABLE.test(key));
  const editor = closure(manifest, (key, chunk) => chunk.isDynamicEntry === true && EDITOR.test(key));
  const styles = new Set([...shell].flatMap((key) => manifest[key]?.css ?? []));

  const files = (/** @type {Set<string>} */ keys) => new Set([...keys].map((key) => manifest[key]?.file ?? ''));
  const sum = (/** @type {Iterable<string>} */ some) => [...some].reduce((total, file) => total + gzipped(file), 0);
  const lazy = without(scripts, new Set([...files(usable), ...files(editor)]));
  const heaviest = Math.max(0, ...lazy.map((file) => gzipped(file)));

  return [
    { what: 'Shell, JavaScript', bytes: sum(files(shell)), limit: 190 * KIB },
    { what: 'Until the grid is usable', bytes: sum(files(usable)), limit: 230 * KIB },
    { what: 'Shell, CSS', bytes: sum(styles), limit: 15 * KIB },
    { what: 'The editor, when opened', bytes: sum(without(files(editor), files(usable))), limit: 130 * KIB },
    { what: 'Heaviest other lazy chunk', bytes: heaviest, limit: 60 * KIB },
    { what: 'All JavaScript', bytes: sum(scripts), limit: 600 * KIB },
  ];
}

/**
 * @param {Set<string>} some
 * @param {Set<string>} loaded
 */
const without = (some, loaded) => [...some].filter((file) => !loaded.has(file));

/**
 * The chunks that are loaded at once with the wanted ones.
 * @param {Manifest} manifest
 * @param {(key: string, chunk: Chunk) => boolean} wanted
 */
function closure(manifest, wanted) {
  /** @type {Set<string>} */
  const found = new Set();
  const add = (/** @type {string} */ key) => {
    if (found.has(key)) return;
    found.add(key);
    manifest[key]?.imports?.forEach(add);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (wanted(key, chunk)) add(key);
  return found;
}

/** The sizes of the build in `dist`. */
export function buildSizes() {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));
  return measure(manifest, (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length);
}

/** @param {number} bytes */
const kib = (bytes) => (bytes / KIB).toFixed(1).padStart(7);

/** @param {Size[]} sizes */
export function sizeTable(sizes) {
  const rows = sizes.map(
    ({ what, bytes, limit }) => `${bytes > limit ? '✗' : '✓'} ${what.padEnd(26)}${kib(bytes)} of${kib(limit)} KiB gzip`,
  );
  return rows.join('\n');
}

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/;

/** Writes `.br` and `.gz` beside each file of the build that gains from it, for a server to pick from. */
export function precompress() {
  for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    if (!COMPRESSIBLE.test(file) || file.startsWith('.vite')) continue;
    const content = readFileSync(join(DIST, file));
    for (const [extension, compressed] of /** @type {const} */ ([
      ['br', brotliCompressSync(content)],
      ['gz', gzipSync(content, { level: 9 })],
    ])) {
      if (compressed.length < content.length) writeFileSync(join(DIST, `${file}.${extension}`), compressed);
    }
  }
}
