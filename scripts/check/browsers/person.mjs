// Who walks through the page: finds things by role and accessible name, as the engine itself computes them, and waits for them.
import { DriverError } from './webdriver.mjs';

/** @typedef {import('./webdriver.mjs').Session} Session */
/** @typedef {import('./webdriver.mjs').Reference} Reference */
/** @typedef {keyof typeof CANDIDATES} Role */
/** @typedef {{ has?: string | RegExp, within?: Reference }} Where `has`: a text of it; `within`: an element around it */

/** Elements that may have a role. Which of them have it, the engine says. */
const CANDIDATES = {
  alert: '[role=alert]',
  article: 'article',
  button: 'button, [role=button], summary',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  combobox: '[role=combobox], select, input[list]',
  complementary: 'aside, [role=complementary]',
  dialog: 'dialog, [role=dialog], [role=alertdialog]',
  form: 'form',
  grid: '[role=grid], table',
  group: '[role=group], fieldset',
  heading: 'h1, h2, h3',
  img: 'img, svg, [role=img]',
  link: 'a[href]',
  list: 'ul, ol, [role=list]',
  listitem: 'li, [role=listitem]',
  menuitem: '[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section, [role=region]',
  row: '[role=row], tr',
  slider: 'input[type=range], [role=slider]',
  spinbutton: 'input[type=number], [role=spinbutton]',
  status: 'output, [role=status]',
  switch: '[role=switch]',
  textbox: 'input:not([type]), input[type=text], input[type=search], textarea, [role=textbox], [contenteditable=true]',
  timer: '[role=timer]',
};

/** Keys by the names that the page's help has, as WebDriver's code points. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  Space: ' ',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/** Ms until something that does not come is given up, a job on a busy machine among them, and between two looks. */
const PATIENCE = 180_000;
const BETWEEN = 100;

/** Letters that are typed one by one: each costs as much as a look at the page. */
const BY_KEYS = 16;

/** A name may go on after what is meant, as that of the details to paste does. */
const fits = (/** @type {string} */ text, /** @type {string | RegExp} */ wanted) =>
  typeof wanted === 'string' ? text === wanted || text.startsWith(`${wanted}: `) : wanted.test(text);

/**
 * Asks again and again until something is so. An element that went away meanwhile, or that something lies over, is no failure yet.
 * @template Value
 * @param {string} what in words, for the error
 * @param {() => Promise<Value | undefined | false>} ask
 * @returns {Promise<Value>}
 * @throws {Error} when it is not so in time
 */
async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  let last = '';
  for (;;) {
    try {
      const value = await ask();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      last = ` (${error.message})`;
    }
    if (Date.now() > end) throw new Error(`Not in ${PATIENCE / 1000} s: ${what}${last}`);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN));
  }
}

const words = (
  /** @type {Role} */ role,
  /** @type {string | RegExp | undefined} */ name,
  /** @type {Where} */ { has } = {},
) => `a ${role}${name === undefined ? '' : ` named ${name}`}${has === undefined ? '' : ` with ${has}`}`;

/** Runs in the page. @param {unknown} _ @param {HTMLElement} field */
const hasFocus = (_, field) => {
  const { activeElement } = document;
  return activeElement === field || activeElement?.shadowRoot?.activeElement === field;
};

/** What a field or an editor of texts has in it. Runs in the page. @param {unknown} _ @param {HTMLElement} field @returns {string} */
const textIn = (_, field) => (Reflect.get(field, 'value') ?? field.innerText).trim();

/** Runs in the page. */
const settled = async () => {
  const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(moving.map(({ finished }) => finished.catch(() => {})));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
};

/** @param {Session} session */
export function personAt(session) {
  /** The name of an element; none when it went away meanwhile, since another may still be what is looked for. @param {Reference} element */
  const labelOf = (element) =>
    session.label(element).catch((error) => {
      if (error instanceof DriverError && error.code === 'stale element reference') return '';
      throw error;
    });

  /**
   * All that have a role and a name now, in the order of the page, hidden ones left out.
   * @param {Role} role @param {string | RegExp} [name] @param {Where} [where]
   */
  async function all(role, name, { has, within } = {}) {
    const seen = await session.evaluate(
      (css, around) => {
        /** The editor of texts has a shadow tree. @param {ParentNode} root @returns {Element[]} */
        const below = (root) =>
          [...root.querySelectorAll('*')].flatMap((element) =>
            element.shadowRoot ? [element].concat(below(element.shadowRoot)) : element,
          );
        return below(around)
          .filter((element) => element.matches(css) && element.checkVisibility({ visibilityProperty: true }))
          .map((element) => ({ element, text: element instanceof HTMLElement ? element.innerText : '' }));
      },
      CANDIDATES[role],
      within,
    );
    /** @type {Reference[]} */
    const found = [];
    for (const { element: shown, text } of seen) {
      if (has !== undefined && !(typeof has === 'string' ? text.includes(has) : has.test(text))) continue;
      const element = /** @type {Reference} */ (/** @type {unknown} */ (shown));
      if (name !== undefined && !fits(await labelOf(element), name)) continue;
      found.push(element);
    }
    return found;
  }

  /** @param {Role} role @param {string | RegExp} [name] @param {Where} [where] */
  const see = (role, name, where = {}) =>
    until(words(role, name, where), async () => (await all(role, name, where))[0]);

  const text = (/** @type {Reference} */ element) => session.evaluate((_, one) => one.innerText, undefined, element);

  /** @param {...string} keys such as `'Control', 'k'`: letters, or names of KEYS */
  const press = (...keys) => session.press(keys.map((key) => Reflect.get(KEYS, key) ?? key));

  /** @param {Role} role @param {string | RegExp} [name] @param {Where} [where] */
  const click = (role, name, where = {}) =>
    until(`${words(role, name, where)} that can be clicked`, async () => {
      const [element] = await all(role, name, where);
      if (!element) return undefined;
      // WebKit's driver brings nothing into sight that a list within the page has scrolled away.
      await session.evaluate((_, one) => one.scrollIntoView({ block: 'nearest' }), undefined, element);
      await session.click(element);
      return element;
    });

  /** Waits until nothing on the screen moves: what opens has its focus then. */
  const still = () => session.evaluate(settled);

  return {
    session,
    all,
    until,
    see,
    text,
    press,
    click,
    /** Waits until there is none any more. @param {Role} role @param {string | RegExp} [name] @param {Where} [where] */
    gone: (role, name, where = {}) =>
      until(`${words(role, name, where)} gone`, async () => (await all(role, name, where)).length === 0),
    /** Waits until there are so many. @param {number} count @param {Role} role @param {string | RegExp} [name] @param {Where} [where] */
    count: (count, role, name, where = {}) =>
      until(`${count} times ${words(role, name, where)}`, async () => (await all(role, name, where)).length === count),
    /** Types keys one after another, wherever the focus is. @param {string} letters */
    type: async (letters) => {
      for (const letter of letters) await session.press([letter]);
    },
    /** Replaces what is in a field: a short text by keys, a longer one as a paste does. @param {string} letters @param {string | RegExp} name @param {Where & { role?: Role }} [where] */
    fill: (letters, name, { role = 'textbox', ...where } = {}) =>
      until(`${words(role, name, where)} with a text`, async () => {
        await still();
        const field = await click(role, name, where);
        // A dialog that was still opening may take the focus for itself, and keys are then those of the page.
        if (!(await session.evaluate(hasFocus, undefined, field))) return false;
        await press('Control', 'a');
        await press('Backspace');
        const shown = () => session.evaluate(textIn, undefined, field);
        if ((await shown()) !== '') return false;
        if (letters.length > BY_KEYS) {
          await session.evaluate((more) => document.execCommand('insertText', false, more), letters);
          // A key is masked where it is shown.
          return (await shown()) !== '';
        }
        await session.type(field, letters);
        // A busy browser answers before the keys have come to the page.
        return until(`"${letters}" in it`, async () => (await shown()) === letters);
      }),
  };
}
