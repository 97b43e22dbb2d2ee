import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { npm, Refusal, ROOT } from '../command.mjs';
import { makePrivate } from '../private-files';

/**
 * Sees to it that Azurite can be started: the one among our own packages or named by `QUEUESCOPE_AZURITE`, else one that
 * npm installs into a folder, once, from a lockfile: exactly the packages that the tests ran on, by their hashes. It is no dependency, since most who open the page have an account.
 * @param home a folder of ours
 * @throws Refusal when npm cannot
 */
export async function ensureAzurite(home: string): Promise<void> {
  if (process.env['QUEUESCOPE_AZURITE'] || isAmongOurs()) return;
  const version = versionToInstall();
  const folder = join(home, `azurite-${version}`);
  const installed = join(folder, 'node_modules', 'azurite');
  if (!existsSync(join(installed, 'package.json'))) {
    console.log(`Installing Azurite ${version}, Microsoft's storage emulator, with npm into ${folder}, once…`);
    makePrivate(home);
    makePrivate(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { azurite: version } }));
    copyFileSync(join(ROOT, 'dist-node', 'azurite-lock.json'), join(folder, 'package-lock.json'));
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
    if ((await npm(['ci', '--prefix', folder, ...flags])) !== 0) {
      throw new Refusal(
        'Azurite could not be installed; npm says why above. Without --azurite the page works all the same.',
      );
    }
  }
  process.env['QUEUESCOPE_AZURITE'] = installed;
}

function isAmongOurs(): boolean {
  try {
    createRequire(import.meta.url).resolve('azurite/package.json');
    return true;
  } catch {
    return false;
  }
}

/** The one that the tests run on. */
function versionToInstall(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: { azurite: string };
  };
  return manifest.devDependencies.azurite;
}
