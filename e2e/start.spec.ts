import { expect, test } from './fixtures';

// The answers of the server of `npm start`: who may do what with the page.

test('every answer has the headers that isolate the page', async ({ request }) => {
  for (const path of ['/', '/icon.svg', '/local.json', '/missing.js']) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy'], path).toBeDefined();
    const denied = headers['permissions-policy']?.split(', ');
    for (const feature of ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi'])
      expect(denied, path).toContain(`${feature}=()`);
    expect(headers, path).not.toHaveProperty('access-control-allow-origin');
  }
});

test('the policy names every source and allows no way around it', async ({ request }) => {
  const policy = (await request.get('/')).headers()['content-security-policy'] ?? '';
  const directives = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

  expect(directives.get('default-src')).toEqual(["'none'"]);
  for (const name of ['script-src', 'style-src', 'font-src', 'worker-src'])
    expect(directives.get(name)).toEqual(["'self'"]);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(directives.get(name)).toEqual(["'none'"]);
  expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
  expect(directives.get('trusted-types')).toEqual(['queuescope']);
  expect(policy).not.toMatch(/unsafe-|wasm-|'nonce|'sha|strict-dynamic|data:|http:\/\/\*(?!\.localhost)| \*/);
});

test('the page itself holds no inline script, style or handler', async ({ request }) => {
  const html = await (await request.get('/')).text();

  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [tag, inside] of html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)) {
    expect(tag).toContain('src=');
    expect(inside).toBe('');
  }
  for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^\.\//);
});

test('a script can neither be added to the page, nor send data elsewhere', async ({ page, app }) => {
  await page.goto('/');
  const outcome = await page.evaluate(async () => {
    const tries: Record<string, boolean> = {};
    const attempt = async (name: string, deed: () => unknown) => {
      try {
        // The test's own script may evaluate text; what runs after it may not.
        await new Promise((resolve) => setTimeout(resolve));
        await deed();
        tries[name] = true;
      } catch {
        tries[name] = false;
      }
    };
    await attempt('markup', () => {
      document.body.innerHTML = '<b></b>';
    });
    await attempt('eval', () => Reflect.apply(Reflect.get(globalThis, 'eval'), globalThis, ['1']));
    await attempt('another policy', () =>
      (Reflect.get(globalThis, 'trustedTypes') as { createPolicy: (name: string, rules: object) => void }).createPolicy(
        'x',
        {},
      ),
    );
    await attempt('plain http elsewhere', () => fetch('http://collector.example/', { mode: 'no-cors' }));
    return tries;
  });
  expect(outcome).toEqual({ markup: false, eval: false, 'another policy': false, 'plain http elsewhere': false });
  expect(page.url()).toContain(app);
});

test('the local service is named to the page only, without a key', async ({ request, accounts }) => {
  const answer = await request.get('/local.json');

  expect(answer.headers()['cache-control']).toBe('no-store');
  const text = await answer.text();
  expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(['account', 'queueEndpoint']);
  expect(text).not.toMatch(/[A-Za-z0-9+/]{40,}={0,2}/);
  expect(text).not.toContain(accounts.harborlane.key);
});

test('an old browser is told which ones are new enough, in place of a white page', { tag: '@engines' }, async ({
  page,
}) => {
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(message));
  await page.addInitScript(() => Reflect.deleteProperty(Map, 'groupBy'));
  await page.goto('/');
  await expect(page.locator('#root')).toHaveText(
    'This browser is too old for Queuescope. It needs Chrome or Edge 117, Firefox 128, Safari 17.4, or a newer one.',
  );
  expect(wrong).toEqual([]);
});
