// What a person does on the page to begin a job of each kind, to read what is said of one that was cut off, and to deal with it.
import { readStrip } from './verdict.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./points.mjs').Kind} Kind */

/** @param {Page} page */
export const jobs = (page) => page.getByRole('region', { name: 'Jobs', exact: true });
/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog');

/**
 * @typedef {object} Desk
 * @property {Page} page
 * @property {string} app origin of the page
 * @property {string} connection its id
 */

/** @param {Desk} desk @param {string} [queue] @param {string} [mode] */
export async function open({ page, app, connection }, queue, mode) {
  const place = [connection, ...(queue === undefined ? [] : [queue])].map(encodeURIComponent).join('/');
  await page.goto(`${app}/#/q/${place}${mode === undefined ? '' : `?mode=${mode}`}`);
  await page.getByRole('main').waitFor();
}

/** @param {Page} page */
const rows = (page) => page.getByRole('row', { name: /Select message/ });

/** @param {Page} page @param {string} item */
async function queueAction(page, item) {
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await dialog(page).waitFor();
}

/** Presses the button that the form ends with. @param {Page} page @param {import('playwright').Locator} [form] */
export async function submit(page, form = dialog(page)) {
  const button = form.locator('button[type="submit"]:not([aria-disabled="true"]):not([disabled])');
  await button.click();
}

/**
 * Opens the form of a job and fills it in, so that one press begins it.
 * @param {Kind} kind
 * @param {Desk} desk
 * @param {{ source: string, target: string, texts: readonly string[], prefix: string }} work
 * @returns {Promise<() => Promise<unknown>>} begins it
 */
export async function prepare(kind, desk, { source, target, texts, prefix }) {
  const { page } = desk;
  if (kind === 'clear') {
    await open(desk);
    // Its list of queues is older than these.
    await page.reload();
    await page.getByRole('button', { name: 'Clear several queues' }).click();
    await dialog(page).getByRole('textbox', { name: 'Queues' }).fill(`${prefix}-clear-*`);
    await dialog(page).getByRole('checkbox', { name: 'Select all shown queues' }).check();
    const confirm = dialog(page).getByRole('textbox', { name: /^Type \d+ to confirm$/ });
    const [number = ''] = /\d+/.exec(await dialog(page).locator('button[type="submit"]').innerText()) ?? [];
    await confirm.fill(number);
    return () => submit(page);
  }
  await open(desk, source, kind === 'browse' ? 'browse' : undefined);
  if (kind === 'browse') {
    const panel = page.getByRole('region', { name: 'Browse all' });
    return () =>
      panel
        .getByRole('button', { name: /^(Browse|Look)/ })
        .last()
        .click();
  }
  if (kind === 'import') {
    await page
      .getByRole('button', { name: /^Import/ })
      .first()
      .click();
    await dialog(page)
      .getByLabel('File to import')
      .setInputFiles({
        name: 'texts.jsonl',
        mimeType: 'application/jsonl',
        buffer: Buffer.from(texts.map((text) => `${JSON.stringify({ text })}\n`).join('')),
      });
    return () => submit(page);
  }
  if (kind === 'send') {
    await queueAction(page, 'Send copies');
    await dialog(page).getByRole('textbox', { name: 'Message text' }).fill('message {{counter}}');
    await dialog(page).getByRole('spinbutton', { name: 'Copies' }).fill(String(texts.length));
    await dialog(page).getByRole('spinbutton', { name: 'Count from' }).fill('0');
    return () => submit(page);
  }
  await rows(page).first().waitFor();
  switch (kind) {
    case 'move':
    case 'copy':
    case 'undoMove':
      await queueAction(page, kind === 'copy' ? 'Copy all messages' : 'Move all messages');
      await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(target);
      break;
    case 'redrive':
      await page
        .getByRole('button', { name: /^Redrive/ })
        .first()
        .click();
      break;
    case 'requeue':
      await queueAction(page, 'Requeue all messages');
      break;
    case 'text':
    case 'steps':
      await queueAction(page, kind === 'text' ? 'Change text of all messages' : 'Work in steps on all messages');
      await dialog(page).getByRole('textbox', { name: 'Find' }).fill('message');
      await dialog(page).getByRole('textbox', { name: 'Replace with' }).fill('changed');
      break;
    case 'visibility':
      await queueAction(page, 'Set visibility of all messages');
      break;
    case 'export':
      await page
        .getByRole('button', { name: /^Export/ })
        .first()
        .click();
      break;
    case 'delete':
    case 'addAgain':
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Delete/ })
        .click();
      break;
    default:
      throw new Error('Nobody knows how to begin it.');
  }
  await dialog(page).waitFor();
  if (kind === 'undoMove') {
    await submit(page);
    await ended(page);
    return () => jobs(page).getByRole('button', { name: 'Undo' }).first().click();
  }
  if (kind === 'addAgain') {
    await submit(page);
    await ended(page);
    await jobs(page)
      .getByRole('button', { name: /^Add .* again$/ })
      .first()
      .click();
    await dialog(page).waitFor();
  }
  return () => submit(page);
}

/** Gives the change again where a job that goes on asks for it. @param {Page} page @param {Kind} kind */
export async function answerDialog(page, kind) {
  if (kind !== 'steps' && kind !== 'text') return;
  await dialog(page).getByRole('textbox', { name: 'Find' }).fill('message');
  await dialog(page).getByRole('textbox', { name: 'Replace with' }).fill('changed');
  await submit(page);
}

/** Waits until no job runs. @param {Page} page */
export async function ended(page) {
  await jobs(page)
    .getByText(/^0 running/)
    .waitFor({ timeout: 60_000 });
}

/** Waits until a browse has ended. @param {Page} page */
export async function browseEnded(page) {
  await page
    .getByText(/^(Browsed|Looked at|Cancelled after|Stopped after) [\d,]+ messages?/)
    .first()
    .waitFor({ timeout: 60_000 });
}

/** What the report of the newest job says of messages that are not simply done. @param {Page} page */
export async function reported(page) {
  // A browse is no job of that list.
  const text = (await jobs(page).count()) > 0 ? await jobs(page).innerText() : '';
  const sum = (/** @type {RegExp} */ pattern) =>
    [...text.matchAll(pattern)].reduce((all, [, number = '0']) => all + Number(number.replaceAll(',', '')), 0);
  return {
    twice: sum(/([\d,]+)\s+(?:may be there twice|in both queues|twice in the queue|may have been)/g),
    notDone: sum(/([\d,]+)\s+(?:not \w|skipped|kept)/g),
    maybeHidden: sum(/([\d,]+)[^\n]*hidden until/g),
    text,
  };
}

/** @param {Page} page */
const strips = (page) => page.getByRole('region', { name: /^Interrupted job: / });

/**
 * Reads the strip of the job that was cut off; undefined where there is none.
 * @param {Page} page
 * @param {number} patience ms
 */
export async function stripOf(page, patience = 3000) {
  const strip = strips(page).first();
  try {
    await strip.waitFor({ timeout: patience });
  } catch {
    return undefined;
  }
  const title = await strip.locator('b').first().innerText();
  const parts = await strip.getByRole('listitem').allInnerTexts();
  return {
    said: readStrip(
      title,
      parts.map((part) => part.replaceAll('\n', ' ')),
    ),
    words: [title, ...parts],
    strip,
  };
}
