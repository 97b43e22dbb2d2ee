// As much of WebDriver (https://www.w3.org/TR/webdriver2/) as the journey needs.
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Ms that a command may take: a script of the page is waited for so long too. */
const PATIENCE = 180_000;

/** @typedef {{ [ELEMENT]: string }} Reference a reference to an element of the page */
/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */

/** An answer of the driver that is no success; `code` is one of the standard's. */
export class DriverError extends Error {
  /** @override */
  name = 'DriverError';

  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/**
 * Opens a browser through a driver.
 * @param {string} driver address, such as `http://127.0.0.1:4444`
 * @param {object} capabilities that the browser must have
 */
export async function openSession(driver, capabilities) {
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async function command(method, path, body) {
    const answer = await fetch(`${driver}${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const { value } = /** @type {{ value: any }} */ (await answer.json());
    if (!answer.ok) throw new DriverError(value.error, value.message);
    return value;
  }

  const { sessionId, capabilities: found } = await command('POST', '/session', {
    capabilities: { alwaysMatch: capabilities },
  });
  const at = `/session/${sessionId}`;
  await command('POST', `${at}/timeouts`, { script: PATIENCE, pageLoad: 60_000, implicit: 0 });

  /** @param {object[]} actions of one kind of device @param {{ type: string, parameters?: object }} device */
  const perform = (actions, device) =>
    command('POST', `${at}/actions`, { actions: [{ id: device.type, ...device, actions }] });

  return {
    version: `${found.browserName} ${found.browserVersion}`,
    /** @param {string} url */
    goto: (url) => command('POST', `${at}/url`, { url }),
    reload: () => command('POST', `${at}/refresh`, {}),
    /** @param {number} width @param {number} height */
    resize: (width, height) => command('POST', `${at}/window/rect`, { width, height }),
    /**
     * Runs a function in the page, as Playwright does, and waits for what it promises. Elements may come out of it.
     * @template Given, Result
     * @param {(given: Given, element: HTMLElement) => Result} work it stands alone: nothing around it is there in the page
     * @param {Given} [given]
     * @param {Reference} [element] the document when there is none
     * @returns {Promise<Awaited<Result>>}
     * @throws {Error} what it throws in the page
     */
    async evaluate(work, given, element) {
      const script = `const [given, element, done] = arguments;
        Promise.resolve().then(() => (${String(work)})(given, element ?? document.documentElement)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const told = await command('POST', `${at}/execute/async`, { script, args: [given ?? null, element ?? null] });
      if (told.error !== undefined && told.error !== null) throw new Error(`In the page: ${told.error}`);
      return told.value;
    },
    /** What assistive technology calls it. @param {Reference} element @returns {Promise<string>} */
    label: (element) => command('GET', `${at}/element/${element[ELEMENT]}/computedlabel`),
    /** @param {Reference} element @returns {Promise<string>} */
    role: (element) => command('GET', `${at}/element/${element[ELEMENT]}/computedrole`),
    /** @param {Reference} element */
    click: (element) => command('POST', `${at}/element/${element[ELEMENT]}/click`, {}),
    /** Types into an element, or names a file to a field for files. @param {Reference} element @param {string} text */
    type: (element, text) => command('POST', `${at}/element/${element[ELEMENT]}/value`, { text }),
    /** Presses keys together, the last one while the others are down. @param {readonly string[]} keys */
    press: (keys) =>
      perform(
        [
          ...keys.map((value) => ({ type: 'keyDown', value })),
          ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
        ],
        { type: 'key' },
      ),
    /** A picture of the page. @returns {Promise<Buffer>} PNG */
    screenshot: async () => Buffer.from(await command('GET', `${at}/screenshot`), 'base64'),
    close: () => command('DELETE', at),
  };
}
