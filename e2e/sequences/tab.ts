import { errors, type Locator, type Page } from '@playwright/test';
import { Refused } from './fault';
import type { Ground } from './stage';
import type { Trap, Wire } from './wire';
import { NAMES } from './words';

/** Ms to wait for what must appear, and for what may be missing. */
const PATIENCE = 12_000;
const SHORT_PATIENCE = 5000;
/** Ms without a request after which the page is quiet. */
const QUIET = 120;

export type Row = { short: string; preview: string; leased: boolean; dequeueCount: number };
export type Tab = ReturnType<typeof openTab>;

/** Records everything that notifications and alerts say. */
function listen() {
  const said: string[] = [];
  Object.assign(globalThis, { said });
  // Removes the file picker, as in browsers without one: exports are downloaded.
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  const hear = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement;
    const speakers = '[aria-label^="Notifications"] [role=status], [role=alert]';
    for (const one of [element?.closest(speakers), ...(element?.querySelectorAll(speakers) ?? [])]) {
      const words = one?.textContent.trim();
      if (words && !said.slice(-6).includes(words)) said.push(words);
    }
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      hear(target);
      for (const node of addedNodes) hear(node);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * Presses a control.
 * @throws Refused when it is off or missing
 */
async function press(control: Locator, ms = SHORT_PATIENCE) {
  const first = control.first();
  try {
    await first.waitFor({ state: 'visible', timeout: ms });
  } catch (error) {
    if (error instanceof errors.TimeoutError) throw new Refused(`There is no ${String(control)}.`);
    throw error;
  }
  try {
    // It may disappear at any time, as the button of a job that ends.
    if (!(await first.isEnabled({ timeout: PATIENCE }))) throw new Refused(`${String(control)} is off.`);
    await first.click({ timeout: PATIENCE });
  } catch (error) {
    if (error instanceof errors.TimeoutError) throw new Refused(`${String(control)} cannot be pressed.`);
    throw error;
  }
}

/** A tab with the queue, driven by roles and accessible names as a person would. */
export function openTab(page: Page, ground: Ground, wire: Wire) {
  const grid = page.getByRole('grid', { name: `Messages in ${ground.names.source}` });
  const rows = grid.getByRole('row', { name: NAMES.rows });
  const notes = page.getByRole('region', { name: NAMES.notifications });
  const jobs = page.getByRole('region', { name: NAMES.jobs, exact: true });
  // Each item can have lists of its own.
  const jobItems = jobs.getByRole('list', { name: NAMES.jobList }).locator('> li');
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const details = page.getByRole('complementary', { name: /^Message \w/ });

  /** Waits until `isSo`; false when it is not in time. */
  async function until(isSo: () => Promise<boolean> | boolean, ms = PATIENCE) {
    const end = Date.now() + ms;
    while (!(await isSo())) {
      if (Date.now() > end) return false;
      await page.waitForTimeout(40);
    }
    return true;
  }

  /** Waits until no request is under way and none follows. */
  const quiet = () => until(() => wire.isQuiet(QUIET), 15_000);
  const row = (short: string) => grid.getByRole('row', { name: NAMES.selectRow(short) });

  return {
    page,
    grid,
    rows,
    notes,
    jobs,
    jobItems,
    dialog,
    until,
    press,
    row,
    async open() {
      await page.addInitScript(listen);
      await page.goto(ground.address);
      await page.getByRole('radio', { name: NAMES.mode.peek }).waitFor({ timeout: PATIENCE });
    },
    quiet,
    /** Presses a control that sends requests, and waits for all answers. `trap`: the fault of a request. */
    async ask(control: Locator, trap?: Trap) {
      const before = wire.begun();
      try {
        await press(control);
        await until(() => (trap ? trap.hasHappened() : wire.begun() > before), SHORT_PATIENCE);
        await quiet();
      } finally {
        await trap?.disarm();
      }
      return trap?.hasHappened() ?? false;
    },
    mode: (mode: keyof typeof NAMES.mode) => press(page.getByRole('radio', { name: NAMES.mode[mode] })),
    details: (short: string) => page.getByRole('complementary', { name: NAMES.details(short) }),
    async openDetails(short: string) {
      const own = page.getByRole('complementary', { name: NAMES.details(short) });
      if (!(await own.isVisible())) await press(row(short));
      if (await until(() => own.isVisible(), SHORT_PATIENCE)) return own;
      // A running job may have removed the row between the look and the press.
      if ((await row(short).count()) === 0) throw new Refused(`The row of ${short} is gone.`);
      throw new Error(`The details of ${short} did not open.`);
    },
    async check(shorts: readonly string[]) {
      for (const short of shorts) await press(row(short).getByRole('checkbox'));
    },
    async queueAction(item: RegExp) {
      await press(page.getByRole('button', { name: NAMES.queueActions }));
      await press(page.getByRole('menuitem', { name: item }));
    },
    async selectionAction(item: RegExp) {
      await press(page.getByRole('button', { name: NAMES.moreForSelection }));
      await press(page.getByRole('menuitem', { name: item }));
    },
    selectionBar: page.getByRole('toolbar', { name: NAMES.selectionBar }),
    /** Closes everything that is open, so that the next action starts the same way. */
    async tidy() {
      for (let round = 0; round < 4 && (await dialog.count()) > 0; round++) {
        const leave = dialog.getByRole('button', { name: NAMES.leaveDialog }).first();
        if (await leave.isVisible()) await leave.click({ timeout: SHORT_PATIENCE }).catch(() => {});
        else await page.keyboard.press('Escape');
        await until(async () => (await dialog.count()) === 0, 500);
      }
      if ((await page.getByRole('menu').count()) > 0) await page.keyboard.press('Escape');
      const close = details.getByRole('button', { name: NAMES.closeDetails }).first();
      if (await close.isVisible()) await close.click({ timeout: SHORT_PATIENCE }).catch(() => {});
      const clear = page.getByRole('button', { name: NAMES.clearSelection });
      if (await clear.isVisible()) await clear.click({ timeout: SHORT_PATIENCE }).catch(() => {});
      // A pointer on a notification stops its clock.
      await page.mouse.move(700, 5);
    },
    /** What was said since the last call. */
    said: () =>
      page.evaluate(() => {
        const { said } = globalThis as unknown as { said?: string[] };
        return said?.splice(0) ?? [];
      }),
    async readRows(): Promise<Row[]> {
      const heads = (await grid.count()) > 0 ? await grid.getByRole('columnheader').allTextContents() : [];
      const place = (head: string) => heads.findIndex((words) => words.trim() === head);
      const found = await rows.evaluateAll((elements) =>
        elements.map((element) => ({
          label:
            element.querySelector('[aria-label^="Select message "]')?.getAttribute('aria-label') ?? element.textContent,
          leased: element.querySelector('[aria-label^="Leased by you"]') !== null,
          cells: [...element.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent),
        })),
      );
      return found.map(({ label, leased, cells }) => ({
        // The name of a row goes on with the words of its columns.
        short: label.replace('Select message ', '').replace(/,.*/s, ''),
        leased,
        preview: cells[place('Body')] ?? '',
        dequeueCount: Number(cells[place('Deq')]),
      }));
    },
  };
}
