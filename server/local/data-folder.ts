import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../command.mjs';
import { makePrivate } from '../private-files';

/** Azurite writes its whole database back, so a second one on the same folder would undo the first one's work. */
const OWNER_FILE = 'owner.json';

/** `port` is there once its service listens. */
export type Owner = { pid: number; port?: number | undefined };

/** The right to run a service on a folder. */
export type Claim = {
  /** Names the process that holds the data, and where it answers. */
  nameOwner: (owner: Owner) => void;
  release: () => void;
};

/**
 * Takes a folder for this process, and makes it when it is not there. Undefined when a living process has it.
 * @throws Refusal when it cannot be written
 */
export function claim(folder: string): Claim | undefined {
  const file = join(folder, OWNER_FILE);
  let holder = process.pid;
  const nameOwner = (owner: Owner) => {
    holder = owner.pid;
    writeFileSync(file, JSON.stringify(owner), { mode: 0o600 });
  };
  const release = () => {
    // Whoever saw our process end may have taken over already.
    if (readOwner(folder)?.pid === holder) rmSync(file, { force: true });
  };

  const owner = readOwner(folder);
  if (owner && !isAlive(owner.pid)) evict(folder);
  try {
    makePrivate(folder);
    writeFileSync(file, JSON.stringify({ pid: holder }), { flag: 'wx', mode: 0o600 });
    return { nameOwner, release };
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && path === file) return undefined;
    throw new Refusal(`The queue service cannot keep its data in ${folder} (${code}): it has to be a writable folder.`);
  }
}

/** Who has the folder, as far as its file says; undefined for none. */
export function readOwner(folder: string): Owner | undefined {
  try {
    const { pid, port } = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as Owner;
    return Number.isInteger(pid) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process lives; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the folder from an owner that is gone, or that never answers. */
export const evict = (folder: string): void => rmSync(join(folder, OWNER_FILE), { force: true });
