import { errors, type Locator, type Page } from '@playwright/test';
import { Refused } from './fault';
import type { Ground } from './stage';
import type { Trap, Wire } from './wire';
import { NAMES } from './words';

/** Ms for what has to come, and for what may be missing for a reason. */
const PATIENCE = 12_000;
const SHORT_PATIENCE = 5000;
/** Ms without a request after which nothing more is taken to come. */
const QUIET = 120;

export type Row = { short: string; preview: string; leased: boolean; dequeueCount: number };
export type Tab = ReturnType<typeof openTab>;

/** Keeps all that notifications and alerts have said, which is gone from the screen soon. */
function listen() {
  const said: string[] = [];
  Object.assign(globalThis, { said });
  // As in a browser that lets no page write a file: what is exported is downloaded.
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

/** Presses it, unless it is off or not there. */
async function press(control: Locator, ms = SHORT_PATIENCE) {
  const first = control.first();
  try {
    await first.waitFor({ state: 'visible', timeout: ms });
  } catch (error) {
    if (error instanceof errors.TimeoutError) throw new Refused(`There is no ${String(control)}.`);
    throw error;
  }
  try {
    // It may go away at any time, as the button of a job that ends.
    if (!(await first.isEnabled({ timeout: PATIENCE }))) throw new Refused(`${String(control)} is off.`);
    await first.click({ timeout: PATIENCE });
  } catch (error) {
    if (error instanceof errors.TimeoutError) throw new Refused(`${String(control)} cannot be pressed.`);
    throw error;
  }
}

/** One tab with the queue, driven by roles and accessible names as a person would. */
export function openTab(page: Page, ground: Ground, wire: Wire) {
  const grid = page.getByRole('grid', { name: `Messages in ${ground.names.source}` });
  const rows = grid.getByRole('row', { name: NAMES.rows });
  const notes = page.getByRole('region', { name: NAMES.notifications });
  const jobs = page.getByRole('region', { name: NAMES.jobs, exact: true });
  const jobItems = jobs.getByRole('list', { name: NAMES.jobList }).getByRole('listitem');
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const details = page.getByRole('complementary', { name: /^Message \w/ });

  /** Until it is so; false when it does not come to be so in time. */
  async function until(isSo: () => Promise<boolean> | boolean, ms = PATIENCE) {
    const end = Date.now() + ms;
    while (!(await isSo())) {
      if (Date.now() > end) return false;
      await page.waitForTimeout(40);
    }
    return true;
  }

  /** No request is under way, and none comes after the last. */
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
    /** Presses what asks something of the service, and waits until all is answered. `trap`: what is to go wrong with it. */
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
      // A job that runs may have taken the row away between the look and the press.
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
    /** Closes whatever is open, so that the next action begins as this one did. */
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
      // Whoever points at a notification stops its clock.
      await page.mouse.move(700, 5);
    },
    /** What has been said since this was asked last. */
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
        short: label.replace('Select message ', ''),
        leased,
        preview: cells[place('Body')] ?? '',
        dequeueCount: Number(cells[place('Deq')]),
      }));
    },
  };
}
