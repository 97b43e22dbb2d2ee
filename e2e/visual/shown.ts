import type { Page } from '@playwright/test';
import type { steady } from './steady';

type Time = Awaited<ReturnType<typeof steady>>;
type Way = (page: Page, time: Time) => Promise<unknown>;

/** A picture of the design, and the way to what it shows. */
export type Shown = {
  /** Name of the picture in the design. */
  name: string;
  open: Way;
  /** The windows of which the design has a picture; a desktop's and a phone's when left out. */
  windows?: readonly Window[];
};
export type Window = { width: number; height: number };

export const DESK: Window = { width: 1440, height: 900 };
export const PHONE: Window = { width: 390, height: 844 };
const ZOOMED: readonly Window[] = [
  { width: 640, height: 400 },
  { width: 320, height: 256 },
];

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 760;
const grid = (page: Page) => page.getByRole('grid', { name: /^Messages in/ });
const DRAFT =
  '{\n  "type": "order.placed",\n  "orderId": 9007199254742113,\n  "reference": "HL-20931",\n  "giftWrap": true\n}';
const CONNECTION = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${'A'.repeat(86)}==;EndpointSuffix=core.windows.net`;

/** A queue of the sandbox, 26 minutes after it was filled. */
async function queue(page: Page, time: Time, name = 'orders') {
  await page.goto('/#/connect');
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page
    .getByRole('link', { name: /^orders, about 40/ })
    .first()
    .waitFor();
  await time.later(26);
  await page.evaluate((to) => (location.hash = `${location.hash.split('?')[0]}/${to}`), name);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function leased(page: Page, time: Time, name = 'orders') {
  await queue(page, time, name);
  await grid(page).getByRole('row').nth(2).waitFor();
  await page.getByRole('main').focus();
  await page.keyboard.press('2');
  await page.getByRole('button', { name: '16 for 5 min' }).click();
  await page.getByText(/^Received \d+ messages/).waitFor();
  await time.later(1);
  // The page sees the time with its next second.
  await page.getByText('4:00').first().waitFor();
}

async function openMessage(page: Page, text: string) {
  await grid(page).getByRole('row').filter({ hasText: text }).first().click();
  await page.getByRole('region', { name: 'Message body' }).waitFor();
}

/** Marks what the grid shows, on a phone by its menu. */
async function select(page: Page, count: number) {
  await grid(page).getByRole('row').nth(2).waitFor();
  if (isPhone(page)) {
    await page.getByRole('button', { name: 'More ways to look' }).click();
    await page.getByRole('menuitem', { name: 'Select messages' }).click();
  }
  for (let at = 0; at < count; at++)
    if (isPhone(page))
      await grid(page)
        .getByRole('row', { name: /^Select message/ })
        .nth(at)
        .click();
    else
      await page
        .getByRole('checkbox', { name: /^Select message/ })
        .nth(at)
        .check();
  await page
    .getByText(`${count} selected`)
    .or(page.getByText(new RegExp(`^${count} of \\d+ selected`)))
    .first()
    .waitFor();
}

const action = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
};

async function question(page: Page) {
  await page.goto('/#/lab/crash-and-redelivery');
  await page.getByRole('button', { name: 'Send an order' }).click();
  await page.getByRole('button', { name: 'Crash that worker' }).click();
  await page.getByRole('radiogroup', { name: 'The lease ends. And then?' }).waitFor();
  await page.getByRole('radio', { name: /count is 2/ }).check();
}

/** Leased in a desktop's window, which is zoomed then. */
async function zoomed(page: Page, time: Time) {
  const small = page.viewportSize() ?? DESK;
  await page.setViewportSize(DESK);
  await leased(page, time);
  await page.setViewportSize(small);
  await page.getByRole('button', { name: 'How to read messages, Receive' }).waitFor();
}

/** What the pictures of the design show, in their order. */
export const SHOWN: readonly Shown[] = [
  {
    name: '1-explorer',
    open: async (page, time) => {
      await leased(page, time);
      if (isPhone(page)) return;
      await openMessage(page, 'HL-20794');
      await page.getByRole('button', { name: /^Requests/ }).click();
      await page.getByRole('grid', { name: 'Wire log' }).waitFor();
    },
  },
  {
    name: '1-explorer-message',
    windows: [PHONE],
    open: async (page, time) => {
      await leased(page, time);
      await openMessage(page, 'HL-20794');
    },
  },
  {
    name: '2-connect',
    open: async (page) => {
      await page.goto('/#/connect');
      await page.getByRole('textbox', { name: 'Connection details' }).fill(CONNECTION);
      await page.getByRole('status').filter({ hasText: 'Connection string' }).waitFor();
      await page.getByText(/^Running on port/).waitFor();
    },
  },
  {
    name: '3-editor',
    windows: [DESK],
    open: async (page, time) => {
      await queue(page, time);
      await grid(page).getByRole('row').nth(2).waitFor();
      await page.getByRole('button', { name: 'Add message' }).first().click();
      await page.getByRole('textbox', { name: 'Message body' }).fill(DRAFT);
      await page.getByRole('radio', { name: 'Base64' }).click();
      await page.getByRole('tab', { name: 'Python' }).click();
      await page.getByRole('region', { name: 'Python code' }).waitFor();
    },
  },
  {
    name: '4-lab',
    windows: [DESK],
    open: async (page) => {
      await page.goto('/#/lab/free?scenario=crash');
      await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
      for (let step = 0; step < 12; step++) await page.keyboard.press('Shift+ArrowRight');
      await page.getByRole('button', { name: 'View as picture' }).click();
    },
  },
  {
    name: '5-wire',
    windows: [DESK],
    open: async (page, time) => {
      await leased(page, time);
      await page.goto('/#/wire');
      await page.getByRole('row').filter({ hasText: 'Receive 16' }).first().click();
      await page.getByText('String to sign').first().waitFor();
    },
  },
  {
    name: '6-states-empty',
    windows: [DESK],
    open: async (page, time) => {
      await queue(page, time, 'image-resize');
      await page.getByText('image-resize is empty').waitFor();
    },
  },
  {
    name: '6-states-missing',
    windows: [DESK],
    open: async (page, time) => {
      await queue(page, time, 'returns-eu');
      await page.getByText('returns-eu does not exist').waitFor();
    },
  },
  {
    name: '6-states-confirm',
    windows: [DESK],
    open: async (page, time) => {
      await queue(page, time);
      await action(page, 'Delete queue');
      await page.keyboard.type('orde');
    },
  },
  { name: '7-lesson', open: question },
  {
    name: '8-lesson-result',
    open: async (page) => {
      await question(page);
      await page.keyboard.press('Enter');
      await page.getByRole('status', { name: 'What the run says' }).waitFor();
    },
  },
  {
    name: '10-jobs-selection',
    open: async (page, time) => {
      await queue(page, time, 'orders-poison');
      await select(page, 3);
    },
  },
  {
    name: '10-jobs-dialog',
    open: async (page, time) => {
      await queue(page, time, 'payments');
      await action(page, 'Change text of all messages');
      await page.getByRole('textbox', { name: 'Find' }).fill('EUR');
      await page.getByRole('textbox', { name: 'Replace with' }).fill('GBP');
      await page.getByRole('region', { name: 'Dry run' }).getByText('Changed lines only').waitFor();
    },
  },
  {
    name: '11-jobs-running',
    open: async (page, time) => {
      await leased(page, time);
      await page.getByRole('main').focus();
      await page.keyboard.press('1');
      await action(page, 'Copy all messages');
      await page.getByRole('combobox', { name: 'To queue' }).fill('payments');
      await page.getByRole('dialog').getByRole('button', { name: 'Copy all messages' }).click();
      const strip = page.getByRole('region', { name: 'Job', exact: true }).getByRole('button', { name: /^Copied/ });
      const item = page.getByRole('region', { name: 'Jobs' }).getByText(/^Copied/);
      await strip.or(item).first().waitFor();
      const note = page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Dismiss' });
      if (await note.isVisible()) await note.click();
      if (await strip.isVisible()) await strip.click();
      else
        await page
          .getByRole('button', { name: /^Leases/ })
          .first()
          .click();
    },
  },
  { name: '14-zoom', windows: ZOOMED, open: zoomed },
  {
    name: '14-zoom-scrolled',
    windows: ZOOMED,
    open: async (page, time) => {
      await zoomed(page, time);
      await page.getByRole('main').evaluate((main) => main.scrollTo(0, 400));
    },
  },
];
