import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { BUILD, test as base, nextBuild } from './static-host';

// A part of the page is blocked: what is there stays, its place says so, and Try again brings it once it can come.

/** Without a service worker, which has all parts, and without the quiet moments in which they come before they are asked for. */
const test = base.extend({
  context: async ({ context }, provide) => {
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    });
    await provide(context);
  },
});

type Chunk = { file: string; imports?: string[]; isEntry?: boolean };
const manifest = JSON.parse(readFileSync(join(BUILD, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;

/** The files that are loaded with a source file, by their names. */
function filesWith(sources: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) return;
    found.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  for (const source of sources) add(source);
  return found;
}

/** What the first screen of a queue has loaded, before anything is asked for. */
const FIRST = filesWith([
  'index.html',
  'src/features/queues/queue-sidebar.tsx',
  'src/features/messages/messages-screen.tsx',
  'src/features/queues/queue-overview.tsx',
]);

type Opening = {
  /** The source of the part. */
  part: string;
  open: (page: Page) => Promise<unknown>;
  /** What is there once it has arrived. */
  there: (page: Page) => ReturnType<Page['getByRole']>;
};

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const rows = (page: Page) =>
  page.getByRole('grid', { name: 'Messages in orders-poison' }).getByRole('row', { name: /Select message/ });

/** Those that are tried at every change; the others before a release. */
const SMOKE = /^(details|add message|lab)$|^the page itself/;
const tagOf = (name: string) => (SMOKE.test(name) ? {} : { tag: '@everywhere' });

/** Ways to parts of the explorer. */
const OPENINGS: Record<string, Opening> = {
  details: {
    part: 'src/features/messages/details/details.tsx',
    open: (page) => rows(page).first().click(),
    there: (page) => page.getByRole('region', { name: 'Message body' }),
  },
  browse: {
    part: 'src/features/messages/browse/browse-panel.tsx',
    open: (page) => page.getByRole('radio', { name: 'Browse all' }).click(),
    there: (page) => page.getByRole('region', { name: 'Browse all' }),
  },
  'add message': {
    part: 'src/features/editor/add-message-dialog.tsx',
    open: (page) => button(page, 'Add message').first().click(),
    there: (page) => page.getByRole('dialog', { name: 'Add message' }),
  },
  commands: {
    part: 'src/app/palette/command-palette.tsx',
    open: (page) => page.keyboard.press('Control+k'),
    there: (page) => page.getByRole('dialog').getByRole('combobox'),
  },
  shortcuts: {
    part: 'src/app/shortcuts-dialog.tsx',
    open: (page) => page.keyboard.press('?'),
    there: (page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' }),
  },
  'new queue': {
    part: 'src/features/queues/create-queue-dialog.tsx',
    open: (page) => button(page, 'New queue').first().click(),
    there: (page) => page.getByRole('textbox', { name: 'Queue name' }),
  },
  requests: {
    part: 'src/features/wire/requests-drawer.tsx',
    open: (page) => page.keyboard.press('Backquote'),
    there: (page) => page.getByRole('grid', { name: 'Wire log' }),
  },
  'values of a column': {
    part: 'src/features/messages/filter/group-popover.tsx',
    open: (page) => button(page, 'Count by a column').click(),
    there: (page) => page.getByRole('dialog', { name: /^Count by/ }),
  },
  'wire inspector': {
    part: 'src/features/wire/wire-screen.tsx',
    open: (page) =>
      page.getByRole('link', { name: 'Wire inspector' }).or(button(page, 'Wire inspector')).first().click(),
    there: (page) => page.getByRole('heading', { level: 1, name: 'Wire' }),
  },
  settings: {
    part: 'src/features/settings/settings-screen.tsx',
    open: (page) => page.getByRole('link', { name: 'Settings' }).or(button(page, 'Settings')).first().click(),
    there: (page) => page.getByRole('heading', { level: 1, name: 'Settings' }),
  },
  lab: {
    part: 'src/features/lab/lab-screen.tsx',
    open: (page) => page.getByRole('link', { name: 'Lab' }).or(button(page, 'Lab')).first().click(),
    there: (page) => page.getByRole('heading', { level: 1, name: /Lab|learn/i }),
  },
  lesson: {
    part: 'src/lab/lessons/first-message.ts',
    open: (page) => openLab(page, 'first-message'),
    there: (page) => page.getByRole('region', { name: 'Lesson' }),
  },
};

const openLab = (page: Page, part: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#/lab/${part}`);

const entry = (page: Page) => page.evaluate(() => document.querySelector('script')?.src);
const tryAgain = (page: Page) => page.getByRole('button', { name: 'Try again' }).first();

async function openQueue(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page.getByRole('link', { name: /^orders-poison, about/ }).click();
  await expect(rows(page).first()).toBeVisible();
  // What comes right after the rows.
  await page.waitForLoadState('networkidle');
}

for (const [name, { part, open, there }] of Object.entries(OPENINGS))
  test(
    `${name}: where it does not arrive the rest stays, and Try again brings it`,
    tagOf(name),
    async ({ page, host }) => {
      await openQueue(page, host.url);
      const file = manifest[part]?.file ?? part;
      host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
      await open(page);
      await expect(tryAgain(page)).toBeVisible();
      await expect(there(page)).toBeHidden();
      const asked = host.asked.filter((path) => path.startsWith(file)).length;
      await tryAgain(page).click();
      await expect.poll(() => host.asked.filter((path) => path.startsWith(file)).length).toBeGreaterThan(asked);
      await expect(tryAgain(page)).toBeVisible();
      host.answerBy();
      await tryAgain(page).click();
      await expect(there(page)).toBeVisible();
      // Under another address each time: the first may be kept on the way.
      expect(new Set(host.asked.filter((path) => path.startsWith(file)))).toContain(`${file}?again=1`);
      await expect(page.getByRole('alert').filter({ hasText: 'stopped working' })).toHaveCount(0);
    },
  );

test('where the code editor does not arrive a plain field has the same draft, and what is written there is kept', {
  tag: '@everywhere',
}, async ({ page, host }) => {
  await openQueue(page, host.url);
  const { file = 'none' } = manifest['src/features/editor/fields/code-mirror.tsx'] ?? {};
  host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
  await button(page, 'Add message').first().click();
  const text = page.getByRole('textbox', { name: 'Message body' });
  await expect(tryAgain(page)).toBeVisible();
  await expect(text).toBeFocused();
  await page.keyboard.type('written plainly');
  await expect(page.getByRole('dialog')).toContainText('15 B');
  host.answerBy();
  await tryAgain(page).click();
  await expect(tryAgain(page)).toBeHidden();
  await expect(text).toHaveText('written plainly');
  await page.keyboard.press('Control+Enter');
  await expect(rows(page).filter({ hasText: 'written plainly' })).toHaveCount(1);
});

const BAD: Record<string, (response: import('node:http').ServerResponse) => void> = {
  'a 404': (response) => response.writeHead(404).end('not here'),
  'the page itself, as hosts answer that have one for all': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(readFileSync(join(BUILD, 'index.html'))),
  'a script that is cut off': (response) =>
    response.writeHead(200, { 'content-type': 'text/javascript' }).end('export const Details = () =>'),
  'a part of another build': (response) =>
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end('globalThis.other = true; export const Details = () => "another build";\n//AAAAAAAA\n'),
  'a script that does not run': (response) =>
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(`export const Details = () = 1;\n//${manifest[OPENINGS['details']?.part ?? '']?.file.slice(-11, -3)}\n`),
};

for (const [name, answer] of Object.entries(BAD))
  test(
    `where the server answers with ${name}, nothing of it runs, and Try again brings the part`,
    tagOf(name),
    async ({ page, host }) => {
      await openQueue(page, host.url);
      const { file = '' } = manifest['src/features/messages/details/details.tsx'] ?? {};
      host.answerBy((path, response) => {
        if (!path.startsWith(file)) return false;
        answer(response);
        return true;
      });
      await rows(page).first().click();
      await expect(page.getByRole('alert')).toContainText('This part did not arrive');
      expect(await page.evaluate(() => 'other' in globalThis)).toBe(false);
      host.answerBy();
      await tryAgain(page).click();
      await expect(page.getByRole('region', { name: 'Message body' })).toBeVisible();
    },
  );

test('a dialog that does not arrive closes by Esc, gives the focus back, and opens when it is asked for again', async ({
  page,
  host,
}) => {
  await openQueue(page, host.url);
  const { file = '' } = manifest['src/features/editor/add-message-dialog.tsx'] ?? {};
  host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
  const opener = page.getByRole('button', { name: 'Add message' }).first();
  await opener.click();
  await expect(page.getByRole('alertdialog', { name: 'This part did not arrive' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(opener).toBeFocused();
  host.answerBy();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add message' })).toBeVisible();
});

test('a worker that does not arrive is told where its work is shown, and is asked for again with the next work', async ({
  page,
  host,
}) => {
  host.answerBy((path, response) => path.startsWith('assets/search-worker-') && Boolean(response.destroy()));
  await openQueue(page, host.url);
  const filter = page.getByRole('textbox', { name: 'Filter messages' });
  await filter.fill('nothing-has-this');
  await expect(page.getByText('A part of this page did not arrive').first()).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  host.answerBy();
  await filter.fill('nothing-has-this-word');
  await expect(rows(page)).toHaveCount(0);
});

test('a lesson whose worker does not arrive says so, and Try again plays it', {
  tag: '@everywhere',
}, async ({ page, host }) => {
  const file = 'assets/play-worker-';
  await openQueue(page, host.url);
  host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
  await openLab(page, 'first-message');
  const lesson = page.getByRole('region', { name: 'Lesson' });
  await expect(lesson.getByRole('alert')).toContainText('The run stopped: its worker did not arrive.');
  const asked = () => host.asked.filter((path) => path.startsWith(file)).length;
  const before = asked();
  await tryAgain(page).click();
  await expect.poll(asked).toBeGreaterThan(before);
  host.answerBy();
  await tryAgain(page).click();
  await expect(lesson.getByRole('alert')).toBeHidden();
  await page.getByRole('button', { name: /^Create/ }).click();
  await expect(lesson).toContainText('201, the queue is there');
});

test('where the sandbox does not arrive its card says so, and Try again opens it', {
  tag: '@everywhere',
}, async ({ page, host }) => {
  const { file = 'none' } = manifest['src/state/sandbox/sandbox-session.ts'] ?? {};
  host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
  await page.goto(host.url);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await expect(tryAgain(page)).toBeVisible();
  host.answerBy();
  await tryAgain(page).click();
  await expect(page.getByRole('link', { name: /^orders-poison, about/ })).toBeVisible();
});

test('where a new version was deployed, an action whose part is gone offers the reload', {
  tag: '@everywhere',
}, async ({ page, host }) => {
  const next = nextBuild();
  try {
    await openQueue(page, host.url);
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.waitForLoadState('networkidle');
    host.deploy(next.folder);
    await page.getByRole('button', { name: /^16 for/ }).click();
    await expect(page.getByText('New version', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('alertdialog', { name: 'New version: reload?' })).toBeVisible();
  } finally {
    next.remove();
  }
});

test('a page whose own script does not arrive says so, and its button loads it again', {
  tag: '@everywhere',
}, async ({ page, host }) => {
  host.answerBy((path, response) => /^assets\/index-.*js/.test(path) && Boolean(response.destroy()));
  await page.goto(host.url);
  await expect(page.getByText('Queuescope did not arrive whole.')).toBeVisible();
  host.answerBy();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('button', { name: 'Open sandbox' })).toBeVisible();
});

test('where a new version was deployed, the part says so, with what a reload costs, and leases stay', async ({
  page,
  host,
}) => {
  const next = nextBuild();
  try {
    await openQueue(page, host.url);
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.getByRole('button', { name: /^16 for/ }).click();
    const leases = page.getByRole('img', { name: /^Leased by you/ });
    await expect(leases.first()).toBeVisible();
    const before = await leases.count();
    const ours = await entry(page);
    host.deploy(next.folder);
    await rows(page).first().click();
    const told = page.getByRole('alert').filter({ hasText: 'A new version of Queuescope is here' });
    await expect(told).toContainText('parts of two versions do not mix');
    await expect(told).toContainText('The sandbox begins anew.');
    await expect(leases).toHaveCount(before);
    await told.getByRole('button', { name: 'Reload the page' }).click();
    await expect.poll(() => entry(page).catch(() => ours)).not.toBe(ours);
  } finally {
    next.remove();
  }
});

const lazyFiles = new Set(
  Object.values(OPENINGS).flatMap(({ part }) => [...filesWith([part])].filter((file) => !FIRST.has(file))),
);

test.describe('each file of each part', { tag: '@everywhere' }, () => {
  test('is among those that are tried', () => {
    expect(lazyFiles.size).toBeGreaterThan(40);
    expect(readdirSync(join(BUILD, 'assets')).length).toBeGreaterThan(lazyFiles.size);
  });
  for (const [name, { part, open, there }] of Object.entries(OPENINGS))
    for (const file of [...filesWith([part])].filter((one) => !FIRST.has(one)))
      test(`${name} without ${file}`, async ({ page, host }) => {
        await openQueue(page, host.url);
        // What came with the rows is there.
        test.skip(
          host.asked.some((path) => path.startsWith(file)),
          'it came with the first screen',
        );
        host.answerBy((path, response) => path.startsWith(file) && Boolean(response.destroy()));
        await open(page);
        await expect(tryAgain(page)).toBeVisible();
        host.answerBy();
        await tryAgain(page).click();
        await expect(there(page)).toBeVisible();
      });
});
