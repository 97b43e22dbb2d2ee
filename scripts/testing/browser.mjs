import { existsSync } from 'node:fs';

/** Nothing here may leave the machine, and Docker's small /dev/shm must not crash a tab. */
const ARGS = [
  '--no-sandbox', // Chromium refuses to start as root with its sandbox on, and containers run as root
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--metrics-recording-only',
];

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const INSTALLED = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  ],
};

/**
 * @typedef {{ executablePath?: string, args: string[], env?: Record<string, string> }} LaunchOptions what Playwright takes
 * @typedef {{ source: string, launch: LaunchOptions }} Browser `source` says in words where it was found
 */

/**
 * Finds a Chromium that Playwright can start, first match wins: `QUEUESCOPE_CHROMIUM` (a path, or the word `packaged`
 * for the one from npm), an installed Chrome, Chromium or Edge, Playwright's own download, `@sparticuz/chromium`.
 * @returns {Promise<Browser>}
 * @throws {Error} in one sentence, when there is none or when the path in `QUEUESCOPE_CHROMIUM` does not exist
 */
export async function resolveBrowser() {
  const wanted = process.env.QUEUESCOPE_CHROMIUM;
  if (wanted === 'packaged') return (unpacked ??= packaged());
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`QUEUESCOPE_CHROMIUM is ${wanted}, but there is no such file.`);
    return { source: 'QUEUESCOPE_CHROMIUM', launch: { executablePath: wanted, args: ARGS } };
  }

  const installed = INSTALLED[process.platform]?.find((path) => existsSync(path));
  if (installed) return { source: installed, launch: { executablePath: installed, args: ARGS } };

  const { chromium } = await import('playwright');
  if (existsSync(chromium.executablePath())) return { source: "Playwright's Chromium", launch: { args: ARGS } };

  if (process.platform === 'linux' && process.arch === 'x64') return (unpacked ??= packaged());
  throw new Error(
    'No Chromium found: install Chrome, run "npx playwright install chromium", or set QUEUESCOPE_CHROMIUM to its path.',
  );
}

/** Its import has its effect once per process. @type {Promise<Browser> | undefined} */
let unpacked;

/**
 * A Chromium with the libraries and one font that a bare Linux lacks. It unpacks those libraries only when it believes
 * to be in AWS Lambda at import time, and puts their paths into our environment: both are undone, and the paths are
 * given to the browser alone. TMPDIR stays as it is, since the package's fonts.conf names the default folder.
 * @returns {Promise<Browser>}
 */
async function packaged() {
  const before = { ...process.env };
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const { LD_LIBRARY_PATH = '', FONTCONFIG_PATH = '' } = process.env;

  for (const name of ['AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
    const value = before[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  const env = Object.fromEntries(Object.entries(before).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return {
    source: '@sparticuz/chromium',
    launch: { executablePath, args: ARGS, env: { ...env, LD_LIBRARY_PATH, FONTCONFIG_PATH } },
  };
}
