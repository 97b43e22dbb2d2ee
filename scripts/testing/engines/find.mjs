import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolveBrowser } from '../browser.mjs';

/** The engines that the page is tested in. */
export const ENGINES = /** @type {const} */ (['chromium', 'firefox', 'webkit']);

/** @typedef {(typeof ENGINES)[number]} Engine */
/** @typedef {import('@playwright/test').PlaywrightTestOptions & import('@playwright/test').PlaywrightWorkerOptions} Options */
/** @typedef {{ source: string, use: Partial<Options> }} Found `source` says in words which browser it is, `use` is for Playwright */

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const FIREFOX = {
  linux: ['/usr/bin/firefox', '/usr/bin/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
};

const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';

/** Debian's packages of each engine that Playwright's own download is not needed for. @type {Record<string, string[]>} */
export const PACKAGES = { firefox: ['firefox-esr'], webkit: ['webkit2gtk-driver', 'xvfb'] };

/** Settings of the profile: the clipboard asks nobody, and pages are light as in Playwright's other browsers. */
const PROFILE = { 'dom.events.testing.asyncClipboard': true, 'layout.css.prefers-color-scheme.content-override': 1 };

/**
 * Finds the browser of an engine that Playwright can drive: Playwright's own when it is installed, else, for Firefox, an
 * installed stock Firefox behind the bridge (`bridge.mjs`). `QUEUESCOPE_FIREFOX` names another one.
 * @param {Engine} engine
 * @returns {Promise<Found | undefined>} undefined when there is none
 * @throws {Error} when QUEUESCOPE_FIREFOX names no file
 */
export async function findBrowser(engine) {
  if (engine === 'chromium') {
    const { source, launch } = await resolveBrowser();
    return { source, use: { browserName: engine, launchOptions: launch } };
  }
  const wanted = engine === 'firefox' ? process.env['QUEUESCOPE_FIREFOX'] : undefined;
  if (wanted && !existsSync(wanted)) throw new Error(`QUEUESCOPE_FIREFOX is ${wanted}, but there is no such file.`);
  const playwright = await import('playwright');
  if (!wanted && existsSync(playwright[engine].executablePath()))
    return { source: `Playwright's ${engine}`, use: { browserName: engine } };
  // The bridge is a script with a shebang, which Windows cannot start.
  if (engine !== 'firefox' || process.platform === 'win32') return undefined;
  const stock = wanted ?? FIREFOX[process.platform]?.find((path) => existsSync(path));
  if (!stock) return undefined;
  return {
    source: stock,
    use: {
      browserName: engine,
      channel: 'moz-firefox',
      launchOptions: {
        executablePath: fileURLToPath(new URL('firefox.mjs', import.meta.url)),
        firefoxUserPrefs: PROFILE,
        env: { ...definedOf(process.env), QUEUESCOPE_FIREFOX: stock },
      },
    },
  };
}

/** Path of WebKitGTK's driver, which drives its MiniBrowser; undefined when it is not installed. */
export const findWebKitDriver = () => (existsSync(WEBKIT_DRIVER) ? WEBKIT_DRIVER : undefined);

/** @param {NodeJS.ProcessEnv} env */
const definedOf = (env) =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
