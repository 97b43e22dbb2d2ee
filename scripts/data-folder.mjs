import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './command.mjs';

/** Azurite writes its whole database back, so a second one on the same folder would undo the first one's work. */
const OWNER_FILE = 'owner.json';

/** @typedef {{ pid: number, port?: number }} Owner `port` is there once its service listens */

/**
 * @typedef {object} Claim the right to run a service on a folder
 * @property {(owner: Owner) => void} nameOwner names the process that holds the data, and where it answers
 * @property {() => void} release
 */

/**
 * Takes a folder for this process, and makes it when it is not there.
 * @param {string} folder
 * @returns {Claim | undefined} undefined when a living process has it
 * @throws {Refusal} when it cannot be written
 */
export function claim(folder) {
  const file = join(folder, OWNER_FILE);
  let holder = process.pid;
  const nameOwner = (/** @type {Owner} */ owner) => {
    holder = owner.pid;
    writeFileSync(file, JSON.stringify(owner));
  };
  const release = () => {
    // Whoever saw our process end may have taken over already.
    if (readOwner(folder)?.pid === holder) rmSync(file, { force: true });
  };

  const owner = readOwner(folder);
  if (owner && !isAlive(owner.pid)) evict(folder);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify({ pid: holder }), { flag: 'wx' });
    return { nameOwner, release };
  } catch (error) {
    const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST' && path === file) return undefined;
    throw new Refusal(`The queue service cannot keep its data in ${folder} (${code}): it has to be a writable folder.`);
  }
}

/**
 * Who has the folder, as far as its file says; undefined for none.
 * @param {string} folder
 * @returns {Owner | undefined}
 */
export function readOwner(folder) {
  try {
    const { pid, port } = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8'));
    return Number.isInteger(pid) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process lives; one of another user counts. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Takes the folder from an owner that is gone, or that never answers. @param {string} folder */
export const evict = (folder) => rmSync(join(folder, OWNER_FILE), { force: true });
