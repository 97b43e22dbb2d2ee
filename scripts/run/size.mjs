import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { DIST } from '../../server/command.mjs';
import { closure } from './closure.mjs';

/** A chunk as Vite's manifest has it; the manifest's keys are source files, or names for shared chunks. */
/** @typedef {{ file: string, isEntry?: boolean, imports?: string[], css?: string[] }} Chunk */
/** @typedef {Record<string, Chunk>} Manifest */
/** @typedef {{ file: string, bytes: number }} Weight bytes of gzip */
/** @typedef {{ what: string, bytes: number, limit: number, heaviest: Weight[] }} Size both in bytes of gzip */

const KIB = 1024;

/** The page that sign-in comes back to is an entry of its own, which no visit to the app loads. */
const SIGNED_IN = /src\/signed-in\./;
/** Loaded on the way to a usable grid, and to Connect: the groups of `vite.config.ts`. */
const UNTIL_USABLE = /^_explorer-|src\/features\/(queues\/queue-sidebar|messages\/messages-screen)\./;
const UNTIL_CONNECT = /^_connect-/;
/** What the first lesson of the lab needs, its worker included. */
const FIRST_LESSON =
  /src\/(features\/lab\/(lab-screen|lesson\/lesson-view)|lab\/(lessons\/first-message|engine\/play-worker))\./;
/** A worker that shares files with the page is an entry that the page starts when it needs it. */
const WORKER = /-worker\.ts$/;
/** Loaded once for each version, after all else. Most of it is the list of the files that it keeps. */
const SERVICE_WORKER = /offline-worker\.ts$/;
const EDITOR = /code-mirror|codemirror/;

/**
 * What a person waits for at each moment, against what it may weigh.
 * @param {Manifest} manifest
 * @param {(file: string) => number} gzipped bytes of a file of the build
 * @param {string[]} built all scripts of the build: a worker and what it imports are not in the manifest
 * @returns {Size[]}
 */
export function measure(manifest, gzipped, built = []) {
  const shell = closure(manifest, (key, chunk) => chunk.isEntry === true && !SIGNED_IN.test(key) && !WORKER.test(key));
  const usable = closure(manifest, (key) => shell.has(key) || UNTIL_USABLE.test(key));
  const connect = closure(manifest, (key) => shell.has(key) || UNTIL_CONNECT.test(key));
  const offline = Object.keys(manifest).filter((key) => SERVICE_WORKER.test(key));
  const all = closure(manifest, (key) => !SERVICE_WORKER.test(key));
  const editor = Object.keys(manifest).filter((key) => EDITOR.test(key));
  const lesson = [...closure(manifest, (key) => FIRST_LESSON.test(key))].filter((key) => !shell.has(key));
  const lazy = [...all].filter((key) => !usable.has(key) && !editor.includes(key));

  const weigh = (/** @type {Iterable<string>} */ files) =>
    [...new Set(files)].map((file) => ({ file, bytes: gzipped(file) })).toSorted((a, b) => b.bytes - a.bytes);
  const scripts = (/** @type {Iterable<string>} */ keys) =>
    weigh([...keys].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js')));
  const listed = new Set(Object.values(manifest).map(({ file }) => file));
  const ofWorkers = weigh(built.filter((file) => !listed.has(file)));
  const styles = weigh([...shell].flatMap((key) => manifest[key]?.css ?? []));

  return [
    sum('Shell, JavaScript', 155, scripts(shell)),
    sum('Until the grid is usable', 208, scripts(usable)),
    ...(connect.size > shell.size ? [sum('Until Connect is usable', 188, scripts(connect))] : []),
    // The layout of short windows is 0.7 of it.
    sum('Shell, CSS', 16, styles),
    sum('Editor chunk', 130, scripts(editor).slice(0, 1)),
    sum('Heaviest other lazy chunk', 60, heavier([...scripts(lazy), ...ofWorkers]).slice(0, 1)),
    ...(offline.length > 0 ? [sum('Service worker', 8, scripts(offline))] : []),
    // What the page's end of the sandbox shares with the lab is a file of its own, which is 0.5 more.
    sum('Lab, first lesson beyond the shell', 51, scripts(lesson)),
    // MSAL is 70 of them, which only who signs in with Microsoft loads. Records, deletes that wait and drafts that are
    // compared with what their message says now are 15 more than before, most of it lazy. What makes a key of production safe
    // to paste is 20: the lock without use, secrets in links, hosts that are allowed, the installation, and the reading of
    // connections in every form that they are pasted in. All of it but 3 is lazy. Verdicts that name one cause on every screen
    // are 5, messages that cannot be read 4, queues that are opened by their names and hosts that are removed again 6, and the
    // files of other tools 8, all lazy. Inner values, almost JSON and invisible characters are 11, in the worker and in the chunk
    // of the details. Reading what real queues hold is 22: layers of text in text, containers, charsets; it is in the worker, and its
    // writers are in the editor too. The lab is 52, none of which is loaded before the lab is opened: its worker shares the
    // wire and the sandbox with the page. Every operation as code in six languages is 16, loaded where code is shown.
    // The leases in one list, undo, menus of messages and of values, and XML as columns are 16, and the steps of a job 8, all
    // lazy. That the first lesson waits for 4 less is 1, as it comes in more files.
    // The journal of jobs, jobs that filter as they go and a forecast that narrows are 50. What opens of a menu is a file of its
    // own, which is 3 more than within the shell, and 19 less until the grid is usable. Any window, any way of working, parts that
    // do not arrive and folds of the wire log are 39. What such a part means for work that needs it, counters that are not said, and
    // settings of two versions side by side are 4. The two ends of the sandbox's worker are 3, and receipts that are written piece by
    // piece 1. Many requests at a time through the local server, and reads without preflights, are 5.
    sum('All JavaScript', 1082, heavier([...scripts(all), ...ofWorkers])),
  ];
}

/** @param {Weight[]} weights */
const heavier = (weights) => weights.toSorted((a, b) => b.bytes - a.bytes);

/**
 * @param {string} what
 * @param {number} limit KiB
 * @param {Weight[]} weights heaviest first
 * @returns {Size}
 */
const sum = (what, limit, weights) => ({
  what,
  limit: limit * KIB,
  bytes: weights.reduce((total, { bytes }) => total + bytes, 0),
  heaviest: weights.slice(0, 5),
});

/** The sizes of the build in `dist`. */
export function buildSizes() {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));
  const scripts = readdirSync(join(DIST, 'assets')).filter((file) => file.endsWith('.js'));
  return measure(
    manifest,
    (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length,
    scripts.map((file) => `assets/${file}`),
  );
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

/** Each size over its limit, with the files to look at. @param {Size[]} sizes */
export function overBudget(sizes) {
  return sizes
    .filter(({ bytes, limit }) => bytes > limit)
    .map(
      ({ what, heaviest }) =>
        `${what} (heaviest: ${heaviest.map(({ file, bytes }) => `${file}${kib(bytes)}`).join(', ')})`,
    );
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
