import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAddableOrigin } from '../../src/azure/protocol/addable-origin';
import { Refusal } from '../command.mjs';
import { makePrivate, writePrivate } from '../private-files';

/** Origins that a person may add to those that the page reaches. */
export const MOST_HOSTS = 100;
/** Bytes of the file that holds them: more than that many of the longest. */
const LARGEST_LIST = 65_536;
const SECRET_BYTES = 32;

/** What this installation keeps from start to start, for its page alone. */
export type Installation = {
  /** Origins that were added to those that the page may reach, and those that this run was given. */
  hosts: () => string[];
  /** Origins of this run alone, which its start named: they cannot be removed. */
  given: readonly string[];
  /** Adds one for good. @throws Refusal for what is no origin, for one too many, or when it cannot be written */
  addHost: (origin: string) => void;
  /** Removes one that was added. @throws Refusal for one that was not, that this run was given, or when it cannot be written */
  removeHost: (origin: string) => void;
  /** A random secret in Base64, always the same, which the page binds what it keeps to. */
  secret: string;
};

/**
 * Opens what an installation keeps in a folder, and makes it on the first start: `allowed-hosts.json` and `secret`, which only
 * this user can read. Two starts on one folder share them.
 * @param given origins that are allowed for this run alone
 * @throws Refusal when the folder cannot be written
 */
export function openInstallation(folder: string, given: readonly string[] = []): Installation {
  const hostsFile = join(folder, 'allowed-hosts.json');
  try {
    makePrivate(folder);
    const secret = readSecret(join(folder, 'secret'));
    return {
      secret,
      given,
      hosts: () => [...new Set([...given, ...readHosts(hostsFile)])],
      addHost: (origin) => writeHosts(hostsFile, withHost(readHosts(hostsFile), origin)),
      removeHost: (origin) => writeHosts(hostsFile, withoutHost(readHosts(hostsFile), origin, given)),
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unwritable(folder, error);
  }
}

/** An installation that keeps nothing: for tests, benches and pictures. */
export function installationInMemory(given: readonly string[] = []): Installation {
  let added: string[] = [];
  const secret = randomBytes(SECRET_BYTES).toString('base64');
  return {
    secret,
    given,
    hosts: () => [...new Set([...given, ...added])],
    addHost: (origin) => void (added = withHost(added, origin)),
    removeHost: (origin) => void (added = withoutHost(added, origin, given)),
  };
}

function withHost(hosts: readonly string[], origin: string): string[] {
  if (!isAddableOrigin(origin)) throw new Refusal('That is not the address of a host: a scheme, a name and a port.');
  if (hosts.includes(origin)) return [...hosts];
  if (hosts.length >= MOST_HOSTS)
    throw new Refusal(`${MOST_HOSTS} hosts were added already: remove some first, in Settings, Allowed hosts.`);
  return [...hosts, origin];
}

function withoutHost(hosts: readonly string[], origin: string, given: readonly string[]): string[] {
  if (hosts.includes(origin)) return hosts.filter((host) => host !== origin);
  throw new Refusal(
    given.includes(origin)
      ? 'This host was named when the local server was started: start it without --allow-host for it.'
      : 'This host is not among those that were added.',
  );
}

/** What is not an origin in the file is left out: it could change the policy. */
function readHosts(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8');
    const hosts: unknown = text.length > LARGEST_LIST ? [] : JSON.parse(text);
    if (!Array.isArray(hosts)) return [];
    return hosts
      .filter((host): host is string => typeof host === 'string' && isAddableOrigin(host))
      .slice(0, MOST_HOSTS);
  } catch {
    return [];
  }
}

function writeHosts(file: string, hosts: readonly string[]): void {
  try {
    writePrivate(file, `${JSON.stringify(hosts, undefined, 2)}\n`);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function readSecret(file: string): string {
  const isMade = () => Buffer.from(readText(file) ?? '', 'base64').length === SECRET_BYTES;
  const made = randomBytes(SECRET_BYTES).toString('base64');
  // Never over what another start beside this one has just written.
  if (readText(file) === undefined) writeNew(file, made);
  if (!isMade()) writePrivate(file, made);
  chmodSync(file, 0o600);
  return readText(file) ?? '';
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const unwritable = (path: string, error: unknown) =>
  new Refusal(
    `Queuescope cannot keep its data in ${path} (${(error as NodeJS.ErrnoException).code}): name a writable folder in QUEUESCOPE_HOME.`,
  );
