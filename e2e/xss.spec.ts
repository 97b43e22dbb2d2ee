import type { BrowserContext, Page } from '@playwright/test';
import { connect } from './connect-form';
import { expect, test } from './fixtures';

/** Markup whose scripts call `hit`, and whose fetches go to a host that nothing else uses. */
const CORPUS = [
  '<script>hit(1)</script>',
  '<ScRiPt src="https://evil.invalid/x.js"></sCrIpT>',
  '<img src=x onerror=hit(2)>',
  '<img src="https://evil.invalid/x.png">',
  '<svg onload=hit(3)>',
  '<svg><script>hit(4)</script></svg>',
  '<svg><a xlink:href="javascript:hit(5)"><text x="20" y="20">x</text></a></svg>',
  '<svg><animate onbegin=hit(6) attributeName=x dur=1s>',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit(7)&gt;">',
  '<iframe src="javascript:parent.hit(8)"></iframe>',
  '<iframe srcdoc="<script>parent.hit(9)</script>"></iframe>',
  '<object data="javascript:hit(10)"></object>',
  '<embed src="https://evil.invalid/x.swf">',
  '<body onload=hit(11)>',
  '<details open ontoggle=hit(12)>',
  '<input autofocus onfocus=hit(13)>',
  '<video><source onerror=hit(14)></video>',
  '<audio src=x onerror=hit(15)>',
  '<marquee onstart=hit(16)>',
  '<form action="javascript:hit(17)"><button>go</button></form>',
  '<a href="javascript:hit(18)">x</a>',
  '<a href="https://evil.invalid/click">x</a>',
  '<meta http-equiv="refresh" content="0;url=https://evil.invalid/">',
  '<base href="https://evil.invalid/">',
  '<link rel="stylesheet" href="https://evil.invalid/x.css">',
  '<link rel="prefetch" href="https://evil.invalid/p">',
  '<style>@import "https://evil.invalid/i.css"; *{background:url(https://evil.invalid/b)}</style>',
  '<div style="background:url(https://evil.invalid/s)">x</div>',
  '<template><img src=x onerror=hit(19)></template>',
  '<noscript><p title="</noscript><img src=x onerror=hit(20)>">',
  '"><img src=x onerror=hit(21)>',
  "'><svg/onload=hit(22)>",
  '" onmouseover="hit(23)" autofocus onfocus="hit(24)',
  '</title><script>hit(25)</script>',
  '</textarea><script>hit(26)</script>',
  ']]><script>hit(27)</script>',
  '--><script>hit(28)</script>',
  'javascript:hit(29)//',
  'data:text/html,<script>hit(30)</script>',
  '{{constructor.constructor("hit(31)")()}}',
  '${hit(32)}',
  '#{hit(33)}',
  '<x:script xmlns:x="http://www.w3.org/1999/xhtml">hit(34)</x:script>',
  '<?xml version="1.0"?><?xml-stylesheet href="https://evil.invalid/x.xsl" type="text/xsl"?><a/>',
  '<!DOCTYPE a [<!ENTITY e SYSTEM "https://evil.invalid/e">]><a>&e;</a>',
  '<html xmlns="http://www.w3.org/1999/xhtml"><script>hit(35)</script></html>',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"html":"<img src=x onerror=hit(36)>"}',
  '{"$$typeof":"Symbol(react.element)","type":"script","props":{"dangerouslySetInnerHTML":{"__html":"hit(37)"}}}',
] as const;

/** Counters that must stay empty; policy violations also show what was only attempted. */
async function watch(page: Page, context: BrowserContext) {
  const elsewhere: string[] = [];
  const dialogs: string[] = [];
  const hosts = new Set<string>();
  context.on('request', (request) => {
    const { host } = new URL(request.url());
    if (!hosts.has(host)) elsewhere.push(request.url());
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const seen = { hits: [] as unknown[], violations: [] as string[] };
    Object.assign(globalThis, { seen, hit: (mark: unknown) => seen.hits.push(mark) });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      // Chrome marks unreadable XML with a styled element in a hidden document.
      if (violatedDirective !== 'style-src-attr') seen.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return {
    hosts,
    async expectNothing() {
      const seen = await page.evaluate(() => ({
        ...(globalThis as unknown as { seen: { hits: unknown[]; violations: string[] } }).seen,
        polluted: 'polluted' in {},
        // Elements that the page itself inserts; none of the corpus is among them.
        foreign: [
          ...document.querySelectorAll(
            'iframe, object, embed, base, marquee, meta[http-equiv=refresh], a[href^="javascript:"]',
          ),
        ].map(({ outerHTML }) => outerHTML),
      }));
      expect(seen).toEqual({ hits: [], violations: [], polluted: false, foreign: [] });
      expect(elsewhere).toEqual([]);
      expect(dialogs).toEqual([]);
    },
  };
}

test('markup in messages, names, errors and files is never run or fetched', async ({
  page,
  context,
  accounts,
  app,
}) => {
  const { harborlane } = accounts;
  const queue = harborlane.client.getQueueClient(`xss-${Date.now().toString(36)}`);
  await queue.create({ metadata: { note: '<img src=x onerror=hit(40)>', link: 'javascript:hit(41)' } });
  const inJson = CORPUS.slice(0, 32).map((text) => JSON.stringify({ html: text, [text]: 1 }));
  const packed = CORPUS.slice(32).map((text) => Buffer.from(text).toString('base64'));
  const bodies = [CORPUS.slice(0, 32), [...CORPUS.slice(32), ...packed], inJson];
  const queues = [queue, ...[1, 2].map((at) => harborlane.client.getQueueClient(`${queue.name}-${at}`))];
  await Promise.all(
    queues.map(async (one, at) => {
      await one.createIfNotExists();
      await Promise.all((bodies[at] ?? []).map((text) => one.sendMessage(text)));
    }),
  );
  const watched = await watch(page, context);
  const expectNothing = () => watched.expectNothing();
  watched.hosts.add(new URL(app).host).add(new URL(harborlane.endpoint).host);
  await connect(page, harborlane);

  // As rows, and with each body decoded, coloured and formatted.
  for (const { name } of queues) {
    await page.getByRole('link', { name: new RegExp(`^${name},`) }).click();
    const grid = page.getByRole('grid', { name: `Messages in ${name}` });
    await grid
      .getByRole('row', { name: /Select message/ })
      .first()
      .click();
    const details = page.getByRole('complementary', { name: /^Message / });
    const next = details.getByRole('button', { name: 'Next message' });
    for (let left = 32; left > 0 && (await next.isEnabled()); left--) {
      await page.keyboard.press('j');
    }
    await expect(details).toBeVisible();
  }
  await expectNothing();

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Metadata' }).click();
  await page.getByRole('dialog', { name: /^Metadata/ }).waitFor();
  await page.keyboard.press('Escape');

  // An error that quotes markup, in place of the rows and in the log.
  const html = CORPUS.slice(0, 34).join(' ');
  const escaped = html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
    'content-type': 'text/html',
  };
  const code = '<img src=x onerror=hit(42)>';
  const xml = `<Error><Code>${code.replaceAll('<', '&lt;')}</Code><Message>${escaped}</Message></Error>`;
  await page.getByRole('link', { name: new RegExp(`^${queue.name},`) }).click();
  await page.getByRole('heading', { level: 1, name: queue.name }).waitFor();
  for (const body of [xml, html]) {
    await page.route(isPeek, (route) => route.fulfill({ status: 400, headers, body }));
    // A key that is pressed while a refresh is under way starts no other.
    await expect(async () => {
      await page.keyboard.press('r');
      await expect(page.getByText(body === xml ? code : 'The service answered 400').first()).toBeVisible({
        timeout: 3000,
      });
    }).toPass();
    await page.unroute(isPeek);
  }
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByRole('radio', { name: /^Errors/ }).click();
  const log = page.getByRole('grid', { name: 'Wire log' });
  await log
    .getByRole('row', { name: /onerror/ })
    .first()
    .click();
  for (const tab of await page.getByRole('tab').all()) await tab.click();
  await expectNothing();

  // Names: of a queue, of a file and its content, of an environment.
  await page.goto(`/#/q/${connectionPart(CORPUS[2])}/${connectionPart(CORPUS[30])}`);
  await expect(page.getByText('This address leads to')).toBeVisible();
  await page.goBack();
  await page.goto(`/#/q/${connectionPart(`harborlane@${new URL(harborlane.endpoint).host}`)}/${queue.name}`);
  await page.getByRole('button', { name: 'Import' }).first().click();
  const importing = page.getByRole('dialog', { name: /^Import/ });
  const lines = CORPUS.map((text) => JSON.stringify({ text, id: text, encoding: text }));
  await importing.locator('input[type=file]').setInputFiles({
    name: '<img src=x onerror=hit(43)>.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from([...lines, ...CORPUS].join('\n')),
  });
  await expect(importing.getByText('<img src=x onerror=hit(43)>.jsonl').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Environment and access' }).click();
  const access = page.getByRole('dialog', { name: /^Access to/ });
  await access.getByRole('combobox', { name: 'Environment' }).selectOption('Custom label');
  await access.getByRole('textbox', { name: 'Label' }).fill('<b/onclick=1>');
  await expect(access.getByText('<b/onclick=1').first()).toBeVisible();
  await expectNothing();

  // The policy is the last defence: a plain string is not taken as markup, and text does not become a script.
  const taken = await page.evaluate(async () => {
    // A debugger may do more: a turn later it is the page's own script again.
    await new Promise((resolve) => setTimeout(resolve));
    const attempts: Record<string, () => unknown> = {
      innerHTML: () => (document.createElement('p').innerHTML = '<b>x</b>'),
      script: () => (document.createElement('script').text = 'hit(44)'),
      // oxlint-disable-next-line typescript/no-implied-eval -- the refusal is what is tested
      function: () => new Function('hit(45)')(),
      document: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
      worker: () => new Worker('data:text/javascript,hit(46)'),
    };
    return Object.keys(attempts).filter((name) => {
      try {
        attempts[name]?.();
        return true;
      } catch {
        return false;
      }
    });
  });
  expect(taken).toEqual([]);
});

const isPeek = (url: URL) => url.searchParams.get('peekonly') === 'true';

const connectionPart = (name: string) => encodeURIComponent(name);
