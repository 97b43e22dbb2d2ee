import { createServer } from 'node:http';
import { DIST } from '../server/command.mjs';
import { bind } from '../server/page/serve';
import { staticFiles } from '../server/page/static-files';
import { test as base, expect } from './fixtures';

const PATH = '/tools/queuescope/';

/** A static host: the build under a sub-path, without our headers or server. */
const test = base.extend<{ host: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  host: async ({}, provide) => {
    const files = staticFiles(process.env['QUEUESCOPE_E2E_BUILD'] ?? DIST);
    const server = createServer((request, response) => {
      const { url = '' } = request;
      if (url === '/frame.html') {
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe title="app" src="${PATH}"></iframe>`);
      } else if (url.startsWith(PATH)) {
        request.url = url.slice(PATH.length - 1);
        files(request, response);
      } else response.writeHead(404).end();
    });
    const host = await bind(server, 0);
    await provide(host.url);
    await host.stop();
  },
});

test('the page works under a sub-path of a static host, with the policy that it contains', async ({ page, host }) => {
  const missing: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().startsWith(host) && answer.status() >= 400) missing.push(new URL(answer.url()).pathname);
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });

  await page.goto(`${host}${PATH}`);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page.getByRole('link', { name: /^orders-poison, about/ }).click();
  const rows = page
    .getByRole('grid', { name: 'Messages in orders-poison' })
    .getByRole('row', { name: /Select message/ });
  await expect(rows.first()).toBeVisible();
  // A worker filters, and the editor is loaded on demand.
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('nothing-has-this-word');
  await expect(rows).toHaveCount(0);
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const editor = page.getByRole('dialog', { name: 'Add message' });
  await editor.getByRole('textbox', { name: 'Message body' }).fill('{"from":"a sub-path"}');
  await expect(editor).toContainText('"from"');
  await page.reload();
  await expect(page).toHaveURL(new RegExp(`${PATH}#/q/sandbox`));
  await expect(page.getByRole('link', { name: /^orders-poison, about/ })).toBeVisible();

  // So does the worker of the lab, which shares files with the page.
  await page.goto(`${host}${PATH}#/lab/free`);
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(clock).not.toHaveText('0:00.0', { timeout: 1000 });
  }).toPass();

  // Only our own server has these; the page works without them, and asks hosts on this machine alone for the second.
  expect(missing.filter((path) => path !== `${PATH}local.json` && path !== '/installation')).toEqual([]);
  expect(complaints).toEqual([]);
  const refused = await page.evaluate(async () => {
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(style);
    const outcome = { markup: false, style: getComputedStyle(document.body).display !== 'none', elsewhere: false };
    try {
      document.body.innerHTML = '<b></b>';
    } catch {
      outcome.markup = true;
    }
    outcome.elsewhere = await fetch('http://collector.example/', { mode: 'no-cors' }).then(
      () => false,
      () => true,
    );
    return outcome;
  });
  expect(refused).toEqual({ markup: true, style: true, elsewhere: true });
  expect(complaints.join()).toContain('collector.example');
});

test('the page does not open inside another page, which a static host cannot forbid', async ({ page, host }) => {
  await page.goto(`${host}/frame.html`);

  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('Queuescope does not open inside another page.')).toBeVisible();
  await expect(frame.getByRole('main')).toHaveCount(0);
});
