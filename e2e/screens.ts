import type { QueueServiceClient } from '@azure/storage-queue';
import { expect, type Page } from '@playwright/test';
import { type Accounts, connectionId, connectionString } from './accounts';
import { connect, connectForm } from './connect-form';

/** The account that the screens show. */
export type Scene = {
  /** Address of the connection. */
  at: string;
  /** A queue with messages of every format, one of them over the poison threshold. */
  full: string;
  empty: string;
  /** Prefix of the names of the queues. */
  stem: string;
  missing: string;
  accounts: Accounts;
};

export type Screen = {
  name: string;
  open: (page: Page, scene: Scene) => Promise<unknown>;
  /** The sizes for which a screen exists. */
  only?: 'desktop' | 'phone';
  /** It goes on from the screen before it. */
  goesOn?: true;
};

/** Fills an account for the screens. */
export async function setScene(azurite: QueueServiceClient, accounts: Accounts, stem: string): Promise<Scene> {
  const full = azurite.getQueueClient(`${stem}-full`);
  await full.create({ metadata: { OwnerTeam: 'Billing' } });
  await azurite.createQueue(`${stem}-full-poison`);
  await azurite.createQueue(`${stem}-empty`);
  const texts = [
    '{"order": 4711, "total": 12.5, "tags": ["a", null, true]}',
    '<order id="4711"><total>12.50</total></order>',
    'plain text\nin two lines',
    Buffer.from('{"encoded": true}').toString('base64'),
    Buffer.from([0, 1, 2, 250, 251, 252]).toString('base64'),
    'x'.repeat(50_000),
  ];
  for (const text of texts) await full.sendMessage(text, { messageTimeToLive: text.length > 100 ? 1800 : -1 });
  // Received and released: one dequeue counts as poison here, see `PREFERENCES`.
  const { receivedMessageItems } = await full.receiveMessages({ numberOfMessages: 1 });
  for (const { messageId, popReceipt } of receivedMessageItems)
    await full.updateMessage(messageId, popReceipt, undefined, 0);
  return {
    at: `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`,
    full: full.name,
    empty: `${stem}-empty`,
    stem,
    missing: `${stem}-missing`,
    accounts,
  };
}

/** Settings by which one dequeue counts as poison. */
export const PREFERENCES = JSON.stringify({ state: { poisonThreshold: 1 }, version: 1 });

const messages = async (page: Page, { at, full }: Scene, search = '') => {
  await page.goto(`${at}/${full}${search}`);
  await page
    .getByRole('grid', { name: `Messages in ${full}` })
    .getByText(/order/)
    .first()
    .waitFor();
  // Clears the selection of an earlier screen.
  const clear = page.getByRole('button', { name: 'Clear selection' });
  if ((await clear.count()) > 0) await clear.click();
};
const menu = async (page: Page, name: string | RegExp) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('menu').waitFor();
};
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 760;
/** On phones the modes are in one menu. */
const lookBy = async (page: Page, way: string) => {
  if (!isPhone(page)) return page.getByRole('button', { name: way }).click();
  await menu(page, 'More ways to look');
  await page.getByRole('menuitem', { name: way }).click();
};
const queueAction = async (page: Page, scene: Scene, item: string) => {
  await messages(page, scene);
  await menu(page, 'More queue actions');
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
};
const serviceProperties = async (page: Page, { at }: Scene) => {
  await page.goto(at);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search or run/ }).fill('Service properties');
  await page.getByRole('option', { name: 'Service properties' }).click();
  await page.getByRole('tab', { name: 'CORS rules' }).waitFor();
};
const leased = async (page: Page, scene: Scene) => {
  await messages(page, scene, '?mode=receive');
  if ((await page.getByRole('img', { name: /^Leased by you/ }).count()) === 0)
    await page.getByRole('button', { name: '1 for 30 s' }).click();
  await page
    .getByRole('img', { name: /^Leased by you/ })
    .first()
    .click();
  await page.getByRole('timer', { name: /^Lease,/ }).waitFor();
};

const sandbox = async (page: Page) => {
  await page.goto('/#/connect');
  // A sandbox that is saved has a button of its own, "Open Sandbox".
  await page.getByRole('button', { name: 'Open sandbox', exact: true }).click();
  await page
    .getByRole('link', { name: /^orders, about/ })
    .first()
    .click();
  await page.getByRole('grid', { name: 'Messages in orders' }).waitFor();
};

const browsing = async (page: Page, scene: Scene) => {
  await messages(page, scene, '?mode=browse');
  await page.getByRole('region', { name: 'Browse all' }).waitFor();
};

/** Every screen and state of the app, with the way there. */
export const SCREENS: Screen[] = [
  {
    name: 'overview',
    open: (page, { at, empty }) =>
      page.goto(at).then(() => page.getByRole('link', { name: new RegExp(`^${empty}, about`) }).waitFor()),
  },
  { name: 'sort menu', open: (page, { at }) => page.goto(at).then(() => menu(page, 'Sort queues')) },
  {
    name: 'new queue',
    open: async (page, { at }) => {
      await page.goto(at);
      await page.getByRole('button', { name: 'New queue' }).first().click();
      await page.getByRole('textbox', { name: 'Queue name' }).fill('Not--a-name');
      await page.getByRole('button', { name: 'Add metadata' }).click();
      await page.getByRole('textbox', { name: 'Name 1' }).fill('1st');
    },
  },
  {
    name: 'no queue matches',
    open: async (page, { at }) => {
      await page.goto(at);
      await page.getByRole('textbox', { name: 'Filter queues' }).fill('no-such');
      await page.getByText('Nothing matches “no-such”').waitFor();
    },
  },
  { name: 'peek', open: messages },
  {
    name: 'peek, no message matches',
    open: async (page, { at, full }) => {
      await page.goto(`${at}/${full}?filter=nosuchtext`);
      await page.getByText(/loaded messages matches/).waitFor();
    },
  },
  {
    name: 'the parts of the count',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('button', { name: /^About \d+ messages: / }).click();
      await page.getByRole('dialog', { name: /^About \d+ messages/ }).waitFor();
    },
  },
  { name: 'browse all, before it starts', open: browsing },
  {
    name: 'browse all, at its end',
    open: async (page, scene) => {
      await browsing(page, scene);
      await page.getByRole('button', { name: /^Browse all \d/ }).click();
      await page.getByText(/^Browsed \d+ messages, /).waitFor();
    },
  },
  {
    name: 'columns',
    only: 'desktop',
    open: (page, scene) => messages(page, scene).then(() => menu(page, 'Choose columns')),
  },
  {
    name: 'a filter with a mistake in it',
    open: (page, scene) =>
      messages(page, scene, '?filter=order+deq:%3E%3Dx').then(() =>
        page.getByText(/Expected a whole number/).waitFor(),
      ),
  },
  {
    name: 'filter by expression, with one that fails',
    open: async (page, scene) => {
      await messages(page, scene);
      await lookBy(page, 'Filter by expression');
      await page.getByRole('textbox', { name: 'Expression over the decoded JSON' }).fill('total > "1"');
      await page.keyboard.press('Enter');
      await page.getByText(/^The expression failed on/).waitFor();
    },
  },
  {
    name: 'columns from the body',
    open: async (page, scene) => {
      await messages(page, scene);
      if (isPhone(page)) await lookBy(page, 'Columns from the body');
      else {
        await menu(page, 'Choose columns');
        await page.getByRole('menuitem', { name: 'Columns from the body' }).click();
      }
      await page.getByRole('button', { name: 'Add column total' }).click();
    },
  },
  {
    name: 'count by a column',
    open: async (page, scene) => {
      await messages(page, scene);
      await lookBy(page, 'Count by a column');
      await page.getByText(/values? among/).waitFor();
    },
  },
  {
    name: 'sort, on a phone',
    only: 'phone',
    open: async (page, scene) => {
      await messages(page, scene, '?sort=-size');
      await lookBy(page, 'Sort');
      await page.getByRole('dialog', { name: 'Sort' }).waitFor();
    },
  },
  {
    name: 'select, on a phone',
    only: 'phone',
    open: async (page, scene) => {
      await messages(page, scene);
      await lookBy(page, 'Select messages');
      await page
        .getByRole('row', { name: /^Select message/ })
        .first()
        .click();
      await page.getByText('1 selected').waitFor();
    },
  },
  {
    name: 'compare messages',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      const boxes = page.getByRole('checkbox', { name: /^Select message/ });
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByRole('region', { name: 'Differences' }).waitFor();
    },
  },
  { name: 'queue actions', open: (page, scene) => messages(page, scene).then(() => menu(page, 'More queue actions')) },
  {
    name: 'details of a message without lease',
    open: async (page, scene) => {
      await messages(page, scene);
      await page
        .getByRole('grid', { name: `Messages in ${scene.full}` })
        .getByText(/^plain text/)
        .click();
      await page
        .getByRole('complementary', { name: /^Message/ })
        .getByRole('button', { name: /Lease/ })
        .first()
        .waitFor();
    },
  },
  { name: 'receive', open: (page, scene) => messages(page, scene, '?mode=receive') },
  { name: 'details of a leased message', open: leased },
  {
    name: 'edit message',
    open: async (page, scene) => {
      await leased(page, scene);
      await page
        .getByRole('complementary', { name: /^Message/ })
        .getByRole('button', { name: /^Edit/ })
        .click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Message body' }).waitFor();
    },
  },
  {
    name: 'add message',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('button', { name: 'Add message' }).first().click();
      const body = page.getByRole('dialog').getByRole('textbox', { name: 'Message body' });
      await body.fill('{"broken": ');
    },
  },
  {
    name: 'metadata',
    open: (page, scene) =>
      queueAction(page, scene, 'Metadata').then(() => page.getByRole('textbox', { name: 'Value 1' }).waitFor()),
  },
  {
    name: 'copy as code',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Copy as…');
      await page.getByRole('region', { name: 'curl code' }).waitFor();
    },
  },
  {
    name: 'metadata, also as code',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Metadata');
      await page.getByRole('dialog').getByRole('button', { name: 'Copy as…' }).click();
      await page.getByRole('region', { name: 'curl code' }).waitFor();
    },
  },
  {
    name: 'access policies',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Access policies');
      await page.getByRole('button', { name: 'Add policy' }).click();
      await page.getByRole('textbox', { name: 'Id of policy 1' }).fill('readers');
      await page.getByRole('textbox', { name: 'Expiry of policy 1' }).fill('tomorrow');
    },
  },
  {
    name: 'service properties, rules that lock this page out',
    open: async (page, scene) => {
      await serviceProperties(page, scene);
      await page.getByRole('button', { name: 'Edit rule 1' }).click();
      await page.getByRole('textbox', { name: 'Allowed origins' }).fill('https://elsewhere.example/');
      await page.getByText('These rules lock this page out').waitFor();
    },
  },
  {
    name: 'service properties, logging',
    open: async (page, scene) => {
      await serviceProperties(page, scene);
      await page.getByRole('tab', { name: 'Logging' }).click();
      await page.getByRole('checkbox', { name: /Delete logs/ }).click();
    },
  },
  { name: 'clear queue', open: (page, scene) => queueAction(page, scene, 'Clear queue') },
  { name: 'delete queue', open: (page, scene) => queueAction(page, scene, 'Delete queue') },
  {
    name: 'move messages',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Move all messages');
      await page.getByRole('combobox', { name: 'To queue' }).fill(scene.stem);
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'delete chosen messages',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Delete/ })
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'more for chosen messages',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await menu(page, 'More for the selected messages');
    },
  },
  {
    name: 'set visibility',
    open: async (page, scene) => {
      await messages(page, scene);
      await page
        .getByRole('grid', { name: `Messages in ${scene.full}` })
        .getByText(/^plain text/)
        .click();
      await menu(page, 'More message actions');
      await page.getByRole('menuitem', { name: 'Set visibility' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'change text',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Change text of all messages');
      await page.getByRole('textbox', { name: 'Find' }).fill('order');
      await page.getByRole('region', { name: 'Dry run' }).getByText('Changed lines only').waitFor();
    },
  },
  {
    name: 'send copies',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Send copies');
      await page.getByRole('textbox', { name: 'Message text' }).fill('{"n": {{counter}}, "x": "{{nobody}}"}');
      await page.getByText(/^Not a placeholder/).waitFor();
    },
  },
  {
    name: 'templates',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Send copies');
      await page.getByRole('textbox', { name: 'Message text' }).fill('{"n": {{counter}}}');
      await page.getByRole('button', { name: 'Save as template' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add message' }).first().click();
      await menu(page, 'Templates');
      await page.getByRole('menuitem', { name: 'Manage templates' }).click();
      await page.getByRole('dialog', { name: 'Templates' }).waitFor();
    },
  },
  {
    name: 'export',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Export all messages');
      await page.getByRole('radio', { name: 'CSV' }).click();
    },
  },
  {
    name: 'import',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Import messages');
      const buffer = Buffer.from('{"text": "good"}\nnonsense\n{"text": 7}\n');
      await page.getByLabel('File to import').setInputFiles({ name: 'a.jsonl', mimeType: 'text/plain', buffer });
      await page.getByRole('list', { name: 'Rows with a problem' }).waitFor();
    },
  },
  {
    name: 'clear several queues',
    open: async (page, { at }) => {
      await page.goto(at);
      await page.getByRole('button', { name: 'Clear several queues' }).click();
      await page.getByRole('checkbox', { name: 'Select all shown queues' }).check();
      await page.getByRole('textbox', { name: /^Type \d+ to confirm/ }).waitFor();
    },
  },
  {
    name: 'jobs that have ended',
    open: async (page, scene) => {
      await queueAction(page, scene, 'Change text of all messages');
      await page.getByRole('textbox', { name: 'Find' }).fill('no such text');
      await page.getByRole('checkbox', { name: 'Dry run' }).check();
      await page.getByRole('button', { name: 'Try on all messages' }).click();
      const strip = page.getByRole('region', { name: 'Job', exact: true }).getByRole('button', { name: /^Dry run: 0/ });
      const item = page.getByRole('region', { name: 'Jobs' }).getByText(/^Dry run: 0/);
      await strip.or(item).first().waitFor();
      if (await strip.isVisible()) await strip.click();
      await page
        .getByRole('list', { name: 'Jobs of this tab' })
        .getByRole('button', { name: 'Show skipped' })
        .first()
        .waitFor();
    },
  },
  {
    name: 'failures of a job',
    goesOn: true,
    only: 'desktop',
    open: async (page) => {
      await page
        .getByRole('list', { name: 'Jobs of this tab' })
        .getByRole('button', { name: 'Show skipped' })
        .first()
        .click();
      await page.getByRole('list', { name: 'What is not simply done' }).waitFor();
    },
  },
  {
    name: 'choose a queue',
    only: 'phone',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('button', { name: /Change queue$/ }).click();
      await page.getByRole('dialog').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'empty queue',
    open: async (page, { at, empty }) => {
      await page.goto(`${at}/${empty}`);
      await page.getByText(`${empty} is empty`).waitFor();
    },
  },
  {
    name: 'missing queue',
    open: async (page, { at, missing }) => {
      await page.goto(`${at}/${missing}`);
      await page.getByText(`${missing} does not exist`).waitFor();
    },
  },
  {
    name: 'a message that is not loaded',
    open: async (page, { at, full }) => {
      await page.goto(`${at}/${full}/0b1f6c4e-0000-4000-8000-000000000000`);
      await page.getByText('This message is not among those loaded').waitFor();
    },
  },
  {
    name: 'rows that are older than they should be',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.route(/peekonly/, (route) => route.fulfill({ status: 403, headers: READABLE, body: REFUSAL }));
      await page.getByRole('main').focus();
      await page.keyboard.press('r');
      await page.getByText(/^Not refreshed since/).waitFor();
      await page.unroute(/peekonly/);
    },
  },
  {
    name: 'peek, rows checked',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await page
        .getByText(/\d+ selected/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'requests drawer',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('button', { name: /^Requests/ }).click();
      await page.getByRole('grid', { name: 'Wire log' }).getByRole('row').nth(1).click();
      await page.getByRole('region', { name: 'Request details' }).waitFor();
    },
  },
  {
    name: 'wire inspector',
    open: async (page) => {
      // The drawer belongs to the explorer and its state is stored per device: closed for the screens that follow.
      const drawer = page.getByRole('button', { name: /^Requests \d/ });
      if ((await drawer.count()) > 0 && (await drawer.getAttribute('aria-expanded')) === 'true') await drawer.click();
      await page.goto('/#/wire');
      await page.getByRole('grid', { name: 'Wire log' }).getByRole('row').first().waitFor();
    },
  },
  {
    name: 'wire inspector, a request',
    open: async (page) => {
      await page.goto('/#/wire');
      await page
        .getByRole('grid', { name: 'Wire log' })
        .getByRole('row', { name: /GET|POST|List queues/ })
        // On a phone a fold opens, and no request.
        .filter({ hasNotText: 'folded' })
        .first()
        .click();
      await page.getByRole('region', { name: 'Request details' }).waitFor();
    },
  },
  {
    name: 'settings',
    open: (page) =>
      page.goto('/#/settings').then(() => page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()),
  },
  {
    name: 'the lab',
    open: (page) =>
      page.goto('/#/lab').then(() => page.getByRole('heading', { level: 1, name: 'Learn how queues work' }).waitFor()),
  },
  {
    name: 'free play in the lab',
    open: async (page) => {
      await page.goto('/#/lab/free?in=b30@0');
      await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
      // So far that messages are visible, leased and in work.
      for (let second = 0; second < 3; second++) await page.keyboard.press('Shift+ArrowRight');
    },
  },
  {
    name: 'a worker of free play, with requests and events as lists',
    open: async (page) => {
      await page.goto('/#/lab/free?scenario=poison&workers=1');
      await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
      for (let second = 0; second < 3; second++) await page.keyboard.press('Shift+ArrowRight');
      const more = page.getByRole('button', { name: 'More of the lab' });
      if (await more.isVisible()) await more.click();
      await page
        .getByRole('button', { name: 'Show requests' })
        .or(page.getByRole('menuitem', { name: 'Show requests' }))
        .click();
      await page.getByRole('button', { name: 'Worker 1', exact: true }).click();
      await page.getByRole('list', { name: 'Requests of Worker 1' }).waitFor();
    },
  },
  {
    name: 'the life of a message',
    goesOn: true,
    open: async (page) => {
      await page.getByRole('searchbox', { name: 'Find a message' }).fill('1001');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'The life of #1001' }).waitFor();
    },
  },
  {
    name: 'a question of a lesson',
    open: async (page) => {
      await page.goto('/#/lab/crash-and-redelivery');
      await page.getByRole('button', { name: 'Send an order' }).click();
      await page.getByRole('button', { name: 'Crash that worker' }).click();
      await page.getByRole('radiogroup', { name: 'The lease ends. And then?' }).waitFor();
    },
  },
  {
    name: 'a question that is presented',
    goesOn: true,
    only: 'desktop',
    open: async (page) => {
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'End presenting' }).waitFor();
    },
  },
  {
    name: 'what the run says in a lesson',
    goesOn: true,
    open: async (page) => {
      const presenting = page.getByRole('button', { name: 'End presenting' });
      if (await presenting.isVisible()) await presenting.click();
      await page.getByRole('radio', { name: /count is 2/ }).check();
      await page.keyboard.press('Enter');
      await page.getByRole('status', { name: 'What the run says' }).waitFor();
      await page.getByRole('button', { name: 'Hint' }).click();
    },
  },
  {
    name: 'forget a connection',
    open: async (page) => {
      await page.goto('/#/settings');
      await page
        .getByRole('button', { name: /^Forget/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'access to a connection',
    open: async (page) => {
      await page.goto('/#/settings');
      await page
        .getByRole('button', { name: /^Access to/ })
        .first()
        .click();
      await page.getByRole('dialog', { name: /^Access to/ }).waitFor();
    },
  },
  {
    name: 'a new passphrase',
    open: async (page) => {
      await page.goto('/#/settings');
      await page.getByRole('button', { name: 'Set passphrase' }).click();
      await page.getByRole('dialog', { name: 'Set a passphrase' }).waitFor();
    },
  },
  {
    name: 'forgetting all',
    open: async (page) => {
      await page.goto('/#/settings');
      await page.getByRole('button', { name: 'Forget all' }).click();
      await page.getByRole('dialog', { name: 'Forget all?' }).waitFor();
    },
  },
  {
    name: 'commands',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or run a command' }).fill('que');
    },
  },
  {
    name: 'shortcuts',
    open: async (page, scene) => {
      await messages(page, scene);
      await page.getByRole('main').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  },
  {
    name: 'connect',
    open: (page) => page.goto('/#/connect').then(() => page.getByText(/^Running on port/).waitFor()),
  },
  {
    name: 'connect by signing in',
    open: async (page) => {
      await page.goto('/#/connect');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('textbox', { name: 'Application (client) ID' }).waitFor();
    },
  },
  {
    name: 'connect, with a CORS problem',
    open: async (page, { accounts: { norule } }) => {
      await page.goto('/#/connect');
      const { details, submit, form } = connectForm(page);
      const endpoint = `http://${norule.name}.queue.localhost:${new URL(norule.endpoint).port}`;
      await details.fill(connectionString({ ...norule, endpoint }));
      await submit.click();
      await form.getByRole('alert', { name: 'CORS problem' }).waitFor();
    },
  },
  {
    name: 'connect, with an address that is not allowed',
    open: async (page, { accounts: { harborlane } }) => {
      await page.goto('/#/connect');
      const { details, form } = connectForm(page);
      await details.fill(connectionString({ ...harborlane, endpoint: `https://queues.example/${harborlane.name}` }));
      await form.getByRole('button', { name: 'Allow this address' }).waitFor();
    },
  },
  {
    name: 'a connection that does not answer',
    open: async (page, { accounts: { harborlane } }) => {
      await page.goto('/#/connect');
      const { details, submit, form } = connectForm(page);
      await details.fill(connectionString({ ...harborlane, endpoint: `http://127.0.0.1:9/${harborlane.name}` }));
      await submit.click();
      await form.getByRole('button', { name: 'Save anyway' }).click();
      await page.getByRole('heading', { level: 1, name: harborlane.name }).waitFor();
      await page.getByRole('main').getByRole('alert').getByText('127.0.0.1:9 does not answer').waitFor();
    },
  },
  {
    name: 'queues that were opened by name',
    goesOn: true,
    open: async (page) => {
      const field = page.getByRole('textbox', { name: 'Open a queue by name' });
      await field.fill('orders');
      await field.press('Enter');
      await page.goBack();
      await page.getByRole('main').getByRole('alert').getByText('127.0.0.1:9 does not answer').waitFor();
      await page.getByRole('list', { name: 'Opened by name' }).getByRole('link').waitFor();
      await field.fill('Orders');
    },
  },
  {
    name: 'connections menu',
    only: 'desktop',
    open: (page, { at }) => page.goto(at).then(() => menu(page, /^Account Azurite|^Connections, /)),
  },
  {
    name: 'the sandbox with a lease',
    open: async (page) => {
      await sandbox(page);
      await page.getByRole('radio', { name: 'Receive' }).click();
      await page.getByRole('button', { name: '1 for 30 s' }).click();
      await page
        .getByRole('img', { name: /^Leased by you/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'clock, faults and contents of the sandbox',
    open: async (page) => {
      await sandbox(page);
      await page.getByRole('button', { name: /^Sandbox clock/ }).click();
      await page.getByRole('dialog', { name: 'Sandbox' }).getByRole('button', { name: 'Pause clock' }).waitFor();
    },
  },
  {
    name: 'forgetting the sandbox',
    goesOn: true,
    open: async (page) => {
      await page.goto('/#/settings');
      await page.getByRole('button', { name: 'Forget Sandbox' }).click();
      await page.getByRole('dialog', { name: 'Forget Sandbox?' }).waitFor();
    },
  },
  {
    name: 'leases from before a reload',
    open: async (page, scene) => {
      await leased(page, scene);
      await page.reload();
      await page.getByText(/still leased by this tab until/).waitFor();
    },
  },
  {
    name: 'a limit for leasing what is selected',
    only: 'desktop',
    open: async (page, scene) => {
      await messages(page, scene);
      await page
        .getByRole('checkbox', { name: /^Select message/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Lease selected' }).click();
      await page.getByRole('region', { name: 'Lease selected' }).waitFor();
    },
  },
  {
    // The last screens, since the connections stay so.
    name: 'a read-only production queue',
    open: async (page, scene) => {
      await page.goto('/#/settings');
      const access = page.getByRole('button', { name: /^Access to devstoreaccount1$/ });
      await access.click();
      await page.getByRole('combobox', { name: 'Environment' }).selectOption('PROD');
      await page.getByRole('button', { name: 'Done' }).click();
      await messages(page, scene);
      await page.getByRole('button', { name: 'Read-only, allow changes' }).first().waitFor();
    },
  },
  {
    name: 'the question for a key after a reload',
    open: async (page, { accounts: { harborlane, cornerfold } }) => {
      await connect(page, harborlane);
      await expect(page).toHaveURL(new RegExp(`#/q/${connectionId(harborlane)}`));
      await page.reload();
      const form = page.getByRole('form', { name: 'Enter the account key' });
      await form.getByRole('textbox').fill(cornerfold.key);
      await form.getByRole('button', { name: 'Connect' }).click();
      await form.getByRole('alert', { name: 'Azure refused the signature' }).waitFor();
    },
  },
];

const READABLE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'content-type': 'application/xml',
};
const REFUSAL =
  '<Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation.</Message></Error>';

/** Closes everything that lies over the page. */
export async function closeOverlays(page: Page) {
  const overlays = page.locator('[role=dialog], [role=alertdialog], [role=menu]');
  for (let open = await overlays.count(); open > 0; open = await overlays.count()) {
    await page.keyboard.press('Escape');
    await expect.poll(() => overlays.count()).toBeLessThan(open);
  }
}
