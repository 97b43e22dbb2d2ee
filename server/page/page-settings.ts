import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../command.mjs';

/** What whoever runs this server gives the page, served as `/queuescope.json`; a static host has a file of that name. */
export type PageSettings = {
  signIn?: { clientId: string; tenant?: string; cloud?: string; authority?: string };
  /** The path of the command of the package on this machine, which the page prints in place of a package's name. */
  program?: string;
};

/**
 * The app registration to sign in through, from `QUEUESCOPE_CLIENT_ID`, `QUEUESCOPE_TENANT` and `QUEUESCOPE_CLOUD`
 * (`public`, `usGovernment` or `china`), none without the first; and where this program is, in `root`.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv, root = ROOT): PageSettings {
  const clientId = environment['QUEUESCOPE_CLIENT_ID'];
  const tenant = environment['QUEUESCOPE_TENANT'];
  const cloud = environment['QUEUESCOPE_CLOUD'];
  return {
    ...(clientId && { signIn: { clientId, ...(tenant && { tenant }), ...(cloud && { cloud }) } }),
    program: programIn(root),
  };
}

/** A clone builds before it runs; the package has the bundle alone. */
function programIn(root: string): string {
  const inClone = join(root, 'scripts', 'run', 'queuescope.mjs');
  return existsSync(inClone) ? inClone : join(root, 'dist-node', 'queuescope.mjs');
}
