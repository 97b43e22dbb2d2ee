// What a person does in the night, by roles and accessible names. Every name of the page that the night depends on stands here.
import { readFileSync } from 'node:fs';
import { CURRENCY, ERROR_PATH, ERROR_TYPES } from './messages.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('playwright').Locator} Locator */
/** @typedef {import('./messages.mjs').Fate} Fate */

/** Ms that one piece of work may take on a slow emulator. */
const LONG = 1_800_000;
/** Ms for what appears at once. */
const SOON = 60_000;

const number = (/** @type {string | undefined} */ text) => Number((text ?? '').replaceAll(',', ''));

/** Runs in the page before its own scripts: without the picker of files, which no test can answer, exports are downloaded. */
function withoutPicker() {
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
}

/**
 * A person in front of the page, whose clicks, keys and filled fields are counted.
 * @param {Page} page
 * @param {string[]} actions takes each
 */
export async function operatorAt(page, actions) {
  await page.addInitScript(withoutPicker);
  page.setDefaultTimeout(SOON);
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const browsePanel = page.getByRole('region', { name: 'Browse all', exact: true });
  const selectionBar = page.getByRole('toolbar', { name: /selected$/ });
  const rows = page.getByRole('row', { name: /^Select message/ });
  const workingSet = page.getByRole('group', { name: 'Working set' });
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true });

  /** @param {Locator} control */
  async function click(control) {
    await control.click();
    actions.push(`click ${nameOf(control)}`);
  }
  /** @param {Locator} field @param {string} text */
  async function fill(field, text) {
    await field.fill(text);
    actions.push(`fill ${nameOf(field)}`);
  }

  /** Shows the messages with one error alone. @param {Fate} fate */
  async function filter(fate) {
    await fill(page.getByRole('textbox', { name: 'Filter messages' }), ERROR_TYPES[fate]);
    await rows.filter({ hasText: ERROR_TYPES[fate] }).first().waitFor();
    // Rows of before the filter may have it too.
    const others = rows.filter({ hasNotText: ERROR_TYPES[fate] });
    await others.first().waitFor({ state: 'detached' });
  }
  async function browse(/** @type {boolean} */ keep) {
    if (keep) await click(browsePanel.getByRole('radio', { name: /^Work on these/ }));
    const forecast = number(/Requests\s*about ([\d,]+)/.exec(await browsePanel.innerText())?.[1]);
    await click(browsePanel.getByRole('button', { name: /^Browse all/ }));
    const over = keep ? workingSet : page.getByText(/^Browsed [\d,]+ messages, all returned/).first();
    await over.waitFor({ timeout: LONG });
    return { forecast };
  }
  async function withSelected(/** @type {RegExp} */ item) {
    const button = selectionBar.getByRole('button', { name: item });
    await selectionBar.waitFor();
    if (await button.isVisible()) return click(button);
    await click(page.getByRole('button', { name: 'More for the selected messages' }));
    await click(page.getByRole('menuitem', { name: item }));
  }

  return {
    page,
    jobs,

    /** @param {string} address */
    async open(address) {
      await page.goto(address);
      await page.getByRole('radio', { name: 'Peek' }).waitFor();
    },

    /** Browses the whole queue. @param {{ keep: boolean }} how @returns {Promise<{ forecast: number }>} */
    async browse({ keep }) {
      await click(page.getByRole('radio', { name: /^Browse all/ }));
      return browse(keep);
    },
    /** Browses it once more, and keeps the leases. @returns {Promise<{ forecast: number }>} */
    async browseAgain() {
      await click(page.getByRole('button', { name: 'Browse again' }));
      return browse(true);
    },
    /** Returns what the browse has leased and nothing has used. @returns {Promise<number>} the requests that its face says */
    async releaseKept() {
      const button = workingSet.getByRole('button', { name: /^Return [\d,]+$/ });
      const forecast = number(/[\d,]+/.exec(await button.innerText())?.[0]);
      await click(button);
      await button.waitFor({ state: 'detached', timeout: LONG });
      return forecast;
    },

    filter,
    /** Selects the messages with one error, and does something to them. @param {Fate} fate @param {RegExp} item */
    async withFiltered(fate, item) {
      await filter(fate);
      await click(page.getByRole('checkbox', { name: 'Select all loaded messages' }));
      await withSelected(item);
    },
    /** Does something to the messages that are selected. @param {RegExp} item */
    withSelected,

    /** What the strip of a job that was cut off says, and how many may be there twice. @param {RegExp} job */
    async interrupted(job) {
      const strip = page.getByRole('region', { name: job });
      await strip.waitFor();
      const said = (await strip.innerText()).replaceAll(/\s+/g, ' ');
      return { said, twice: number(/([\d,]+) may be in \S+ twice/.exec(said)?.[1] ?? '0') };
    },
    /** Goes on with the job that was cut off. @param {RegExp} job */
    async goOn(job) {
      await click(page.getByRole('region', { name: job }).getByRole('button', { name: /^Continue/ }));
    },
    /** What the newest report says is there twice, perhaps. */
    async maybeTwice() {
      return number(/([\d,]+)\s+may be there twice/.exec(await jobs.innerText())?.[1] ?? '0');
    },

    /** Makes the type of the error a column, so that it can be counted. */
    async addColumn() {
      await click(page.getByRole('button', { name: 'Choose columns' }));
      await click(page.getByRole('menuitem', { name: 'Columns from the body' }));
      await click(dialog.getByRole('button', { name: `Add column ${ERROR_PATH}` }));
      await click(dialog.getByRole('button', { name: 'Done' }));
    },

    /** Opens what can be done to all messages with one error, and does it. @param {Fate} fate @param {RegExp} item */
    async withValue(fate, item) {
      const values = page.getByRole('list', { name: `Values of ${ERROR_PATH}` });
      if (!(await values.isVisible())) await click(page.getByRole('button', { name: 'Count by a column' }));
      await click(values.getByRole('button', { name: `Actions on ${ERROR_TYPES[fate]}` }));
      await click(page.getByRole('menuitem', { name: item }));
    },

    /** Says how the currency is mended, in a dialog that is open. */
    async fillChange() {
      await click(dialog.getByRole('radio', { name: 'JSON value' }));
      await fill(dialog.getByRole('textbox', { name: 'Path' }), CURRENCY.path);
      await fill(dialog.getByRole('textbox', { name: 'New value, as JSON' }), JSON.stringify(CURRENCY.right));
    },

    /** The requests that the open dialog forecasts. */
    async forecast() {
      const told = dialog.filter({ hasText: /[\d,]+ requests|Requests ?[\d,]+/ });
      await told.waitFor();
      const words = await told.innerText();
      const found = /([\d,]+) requests/i.exec(words) ?? /Requests ([\d,]+)/.exec(words);
      return number(found?.[1]);
    },

    /** Begins the work of the open dialog. @param {RegExp} label */
    begin: (label) => click(dialog.getByRole('button', { name: label })),

    /** Waits until the newest job says this, and nothing of it runs. @param {RegExp} words */
    async finished(words) {
      await jobs.getByRole('listitem').filter({ hasText: words }).first().waitFor({ timeout: LONG });
    },

    /** The texts of the file that a click gives. @param {() => Promise<void>} work */
    async downloaded(work) {
      const arriving = page.waitForEvent('download', { timeout: LONG });
      await work();
      const file = await (await arriving).path();
      return readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => /** @type {string} */ (JSON.parse(line).text));
    },

    /** Requests that the page says it has sent. */
    async ownCount() {
      const words = await page.getByRole('contentinfo', { name: 'Status' }).innerText();
      return number(/Requests\s*([\d,]+)/.exec(words)?.[1]);
    },
  };
}

/** @param {Locator} control */
const nameOf = (control) => String(control).replace(/^.*(internal:role=|getBy)/, '');
