import { existsSync } from 'node:fs';
import { Refusal, run } from '../../../server/command.mjs';
import { PACKAGES } from '../../testing/engines/find.mjs';

/** @typedef {import('../../testing/engines/find.mjs').Engine} Engine */

const APT = '/usr/bin/apt-get';

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
    const code =
      process.getuid?.() === 0
        ? await run(APT, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
        : await run('sudo', [APT, ...args]);
    if (code !== 0) throw new Refusal(`apt-get ${args.join(' ')} failed.`);
  }
}

/** What to do about engines that are not here, as a sentence. @param {readonly Engine[]} engines */
export function howToInstall(engines) {
  const packages = engines.flatMap((engine) => PACKAGES[engine] ?? []);
  return existsSync(APT)
    ? `"npm run browsers -- --install" installs ${packages.join(' and ')} from Debian's packages, or: ${withoutApt(engines)}`
    : withoutApt(engines);
}

/** @param {readonly Engine[]} engines */
const withoutApt = (engines) => `npx playwright install ${engines.join(' ')}`;
