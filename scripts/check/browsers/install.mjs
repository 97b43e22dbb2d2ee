import { existsSync } from 'node:fs';
import { Refusal, run } from '../../../server/command.mjs';
import { PACKAGES } from '../../testing/engines/find.mjs';

/** @typedef {import('../../testing/engines/find.mjs').Engine} Engine */

const APT = '/usr/bin/apt-get';

const listed = (/** @type {string[]} */ things) => new Intl.ListFormat('en').format(things);

/**
 * Installs the browsers of engines from Debian's packages; as another than root through sudo, which may ask.
 * @param {readonly Engine[]} engines
 * @throws {Refusal} where there is no apt, or when it fails
 */
export async function installEngines(engines) {
  const packages = engines.flatMap((engine) => PACKAGES[engine] ?? []);
  if (packages.length === 0) return;
  if (!existsSync(APT)) throw new Refusal(`--install needs apt, which is not here. Without it: ${withoutApt(engines)}`);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    const code = await (process.getuid?.() === 0
      ? run(APT, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
      : run('sudo', [APT, ...args]).catch(() => undefined));
    if (code === undefined) throw new Refusal(`--install needs root or sudo. Without them: ${withoutApt(engines)}`);
    if (code !== 0) throw new Refusal(`apt-get ${args.join(' ')} failed. Without it: ${withoutApt(engines)}`);
  }
}

/** Which engines are not here and what to do about it, in sentences. @param {readonly Engine[]} engines */
export function notInstalled(engines) {
  const packages = engines.flatMap((engine) => PACKAGES[engine] ?? []);
  const way =
    existsSync(APT) && packages.length > 0
      ? `"npm run browsers -- --install" installs ${listed(packages)} from Debian's packages, or: ${withoutApt(engines)}`
      : `Install with: ${withoutApt(engines)}`;
  return `Not installed: ${listed([...engines])}. ${way}`;
}

/** @param {readonly Engine[]} engines */
const withoutApt = (engines) => `npx playwright install ${engines.join(' ')}`;
