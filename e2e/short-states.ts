import type { QueueClient } from '@azure/storage-queue';
import { expect, type Locator, type Page } from '@playwright/test';
import { holdAfter } from './gate';
import type { QueueScreen } from './queue-screen';

/** A queue of 60 messages, its poison queue of 80, an empty queue, and the page that shows them. */
export type Stage = {
  page: Page;
  queue: QueueClient;
  poison: QueueClient;
  empty: QueueClient;
  screen: QueueScreen;
  /** The address of the screen of a queue. */
  at: (queue: QueueClient) => string;
};

type State = {
  name: string;
  /** Brings it about, in a window of 640×400. */
  open: (stage: Stage) => Promise<unknown>;
  /** What has to be seen and pressed, perhaps after scrolling. */
  inReach: (page: Page) => Locator[];
  /** False where something else has the whole window. */
  hasRows: boolean;
};

const more = (page: Page) => page.getByRole('button', { name: 'More: refresh, columns, jobs, import, export' });
const dialog = (page: Page) => page.getByRole('dialog');
const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name });

async function choose(page: Page, item: string | RegExp) {
  await more(page).click();
  await page
    .getByRole('menuitem', { name: item })
    .or(page.getByRole('menuitemcheckbox', { name: item }))
    .click();
}

const opened = async ({ screen }: Stage) => {
  await screen.open();
  await screen.rows.first().waitFor();
};

export async function selectThree({ screen, page }: Pick<Stage, 'screen' | 'page'>) {
  for (const index of [0, 1, 2]) await screen.rows.nth(index).getByRole('checkbox').check();
  await page.getByRole('toolbar', { name: '3 messages selected' }).waitFor();
}

/** What a short window may have to show of a queue. */
export const STATES: State[] = [
  {
    name: 'Browse all, while it runs',
    hasRows: true,
    async open({ page, screen }) {
      await screen.open({ mode: 'browse' });
      await holdAfter(page, /numofmessages=\d+&visibilitytimeout=/, 'GET', 1);
      await button(page, 'Browse all 60').click();
      await expect(page.getByRole('progressbar', { name: 'Browse progress' })).toBeVisible();
      await expect(screen.rows.first()).toBeVisible();
    },
    inReach: (page) => [button(page, 'Cancel')],
  },
  {
    name: 'a job that runs',
    hasRows: true,
    async open(stage) {
      const { page, empty } = stage;
      await opened(stage);
      await holdAfter(page, new RegExp(`/${empty.name}/messages`), 'POST', 2);
      await choose(page, 'Copy all messages');
      await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(empty.name);
      await button(dialog(page), 'Copy all messages').click();
      await expect(dialog(page)).toHaveCount(0);
      await expect(more(page)).toHaveAttribute('aria-description', '1 job running');
    },
    inReach: (page) => [more(page)],
  },
  {
    name: 'the strip of an interrupted job',
    hasRows: true,
    async open({ page, poison, at }) {
      const first = await page.context().newPage();
      await first.setViewportSize({ width: 1280, height: 800 });
      await first.goto(at(poison));
      await holdAfter(first, /\/messages(\?|$)/, 'POST', 5);
      await button(first, 'Redrive').click();
      await button(dialog(first), 'Redrive all messages').click();
      await expect(first.getByRole('progressbar', { name: 'Working progress' })).toBeVisible();
      await page.goto(at(poison));
      await first.close();
      await expect(page.getByRole('region', { name: /^Interrupted job/ })).toBeVisible();
    },
    inReach: (page) => [button(page.getByRole('region', { name: /^Interrupted job/ }), /^Continue with/)],
  },
  {
    name: 'a selection',
    hasRows: true,
    async open(stage) {
      await opened(stage);
      await selectThree(stage);
    },
    inReach: (page) => [button(page, /^Move 3/), button(page, 'More for the selected messages'), button(page, 'Clear')],
  },
  {
    name: 'a filter with its chips',
    hasRows: true,
    async open({ page, queue, at }) {
      await page.goto(`${at(queue)}?filter=placed`);
      await expect(page.getByRole('textbox', { name: 'Filter messages' })).toBeVisible();
    },
    inReach: (page) => [page.getByRole('textbox', { name: 'Filter messages' }), button(page, /^Expiring/)],
  },
  {
    name: 'a count by a column, and an empty filter behind it',
    hasRows: false,
    async open(stage) {
      await opened(stage);
      await choose(stage.page, 'Count by a column');
      await expect(stage.page.getByText(/values? among/)).toBeVisible();
    },
    inReach: (page) => [dialog(page).getByRole('combobox').first()],
  },
  {
    name: 'Live',
    hasRows: true,
    async open(stage) {
      await opened(stage);
      await choose(stage.page, /Live/);
    },
    inReach: (page) => [more(page)],
  },
  {
    name: 'a connection that does not answer any more',
    hasRows: true,
    async open(stage) {
      const { page, queue } = stage;
      await opened(stage);
      await page.route(new RegExp(`/${queue.name}[/?]`), (route) => route.abort());
      await page.keyboard.press('r');
      await expect(page.getByRole('img', { name: /^No readable answer since / })).toBeVisible();
    },
    inReach: (page) => [button(page, 'Menu: connections, queues, Lab, Requests, Settings')],
  },
  {
    name: 'the details of a message',
    hasRows: false,
    async open({ page, screen }) {
      await screen.open({ mode: 'receive' });
      await screen.rows.first().waitFor();
      await button(page, 'Show the bars in full').click();
      await button(page, '16 for 5 min').click();
      await screen.leases.first().waitFor();
      await screen.rows.first().click();
      await page.getByRole('timer', { name: /^Lease,/ }).waitFor();
    },
    inReach: (page) =>
      ['Edit', 'Move', 'Delete', 'Extend', 'Release lease'].map((name) =>
        button(page.getByRole('complementary', { name: /^Message/ }), name).first(),
      ),
  },
  {
    name: 'the editor',
    hasRows: false,
    async open(stage) {
      await opened(stage);
      await stage.page.keyboard.press('n');
      await dialog(stage.page).getByRole('textbox', { name: 'Message body' }).fill('{"order": 7}');
    },
    inReach: (page) => [button(dialog(page), 'Add message'), button(dialog(page), 'Close')],
  },
  {
    name: 'redrive',
    hasRows: false,
    async open({ page, poison, at }) {
      await page.goto(at(poison));
      await page
        .getByRole('row', { name: /Select message/ })
        .first()
        .waitFor();
      await choose(page, /^Redrive/);
      await expect(button(dialog(page), 'Redrive all messages')).toBeVisible();
    },
    inReach: (page) => [
      button(dialog(page), 'Redrive all messages'),
      button(dialog(page), 'Try 5 first'),
      button(dialog(page), 'Close'),
    ],
  },
  {
    name: 'send copies',
    hasRows: false,
    async open(stage) {
      await opened(stage);
      await choose(stage.page, 'Send copies');
      await stage.page.getByRole('textbox', { name: 'Message text' }).fill('{"n": {{counter}}}');
    },
    inReach: (page) => [
      button(dialog(page), 'Send 10 messages'),
      button(dialog(page), 'Save as template'),
      button(dialog(page), 'Close'),
    ],
  },
];
