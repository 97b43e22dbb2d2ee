// What every command shares. JavaScript that needs nothing but Node, because it also installs the packages and builds the rest.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: the one above `server`, and above the folder of the bundle that this file is a part of. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The built page. */
export const DIST = join(ROOT, 'dist');

/** A failure that one sentence explains; it is shown without a stack. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal';
}

/** By its name, since a bundle has a class of its own. @param {unknown} error */
const isRefusal = (error) => error instanceof Error && error.name === 'Refusal';

/**
 * Runs a command's main function; a failure becomes a sentence (or, unforeseen, its stack) and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    checkNode(process.versions.node);
    await main();
  } catch (error) {
    console.error(isDamaged(error) ? DAMAGED : isRefusal(error) ? messageOf(error) : error);
    process.exit(1);
  }
}

/** Every package is there when a command gets this far, but a file inside one may be gone. */
const DAMAGED = 'An installed package is damaged: delete the folder node_modules and run it again.';

/** @param {unknown} error */
const isDamaged = (error) =>
  error instanceof Error &&
  'code' in error &&
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(String(error.code));

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * @param {string} version such as `20.19.0`
 * @throws {Refusal} below 20.19
 */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node 20.19 or newer is needed, and this is ${version}: see https://nodejs.org.`);
  }
}

/**
 * Runs a program in the repository with our own terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean, quiet?: boolean }} [options] `quiet` keeps its output until it fails
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function run(program, args, { env = {}, shell = false, quiet = false } = {}) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    shell,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  /** @type {Buffer[]} */
  const kept = [];
  child.stdout?.on('data', (chunk) => kept.push(chunk));
  child.stderr?.on('data', (chunk) => kept.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(kept));
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs npm: the one that runs us, if any does; Windows cannot start npm.cmd without a shell.
 * @param {string[]} args
 */
export function npm(args) {
  const own = process.env['npm_execpath'];
  return own?.endsWith('npm-cli.js')
    ? run(process.execPath, [own, ...args])
    : run('npm', args, { shell: process.platform === 'win32' });
}
