// Node built-ins only: this is what installs the rest.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, messageOf, npm, Refusal, ROOT } from '../../server/command.mjs';
import { isProgram, readText } from './tool.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Packages by folder, as in a lockfile */

/** Native packages differ by these, and `node_modules` may have been copied from another machine. */
const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Installs what is missing. What is there is compared with the lockfile package by package, so that an install that was
 * cut short, a deleted package and a changed lockfile are all mended, and a complete one costs some milliseconds.
 * @throws {Refusal} when npm could not
 */
export async function ensureInstalled() {
  const modules = join(ROOT, 'node_modules');
  const stamp = join(modules, '.queuescope-platform');
  const problem = installProblem(ROOT, lockedPackages(), readText(stamp));
  if (problem) {
    console.log(`Installing packages (${problem})…`);
    await install();
    const left = installProblem(ROOT, lockedPackages(), undefined);
    if (left) throw new Refusal(`npm ci ended well, but ${left}: delete node_modules and try again.`);
  }
  if (readText(stamp) !== PLATFORM) writeFileSync(stamp, PLATFORM);
}

/**
 * What is wrong with `node_modules`, in words; undefined when nothing is.
 * @param {string} root
 * @param {Packages} packages of the lockfile
 * @param {string | undefined} platform that it was installed for, if known
 */
export function installProblem(root, packages, platform) {
  if (platform !== undefined && platform !== PLATFORM) return `they were installed for ${platform}`;
  const wrong = Object.entries(packages).filter(
    // npm leaves out optional packages that are meant for another platform.
    ([folder, { version, optional, link }]) =>
      folder !== '' && !optional && !link && installedVersion(join(root, folder)) !== version,
  );
  const [first] = wrong;
  if (!first) return undefined;
  if (!existsSync(join(root, 'node_modules'))) return 'first run';
  const [name] = first[0].split('node_modules/').slice(-1);
  const others = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
  return `${name}${others} missing or not the version in package-lock.json`;
}

/** @param {string} folder */
function installedVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** @returns {Packages} */
function lockedPackages() {
  try {
    return JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  } catch (error) {
    throw new Refusal(`package-lock.json cannot be read (${messageOf(error)}).`);
  }
}

async function install() {
  const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const code = await npm(args);
  if (code !== 0) {
    throw new Refusal('The packages could not be installed; npm says why above. Check the network and run it again.');
  }
}

if (isProgram(import.meta.url)) await command(ensureInstalled);
