import { gzipSync } from 'node:zlib';
import { putExact } from './exact-text';
import { expect, test } from './queue-screen';

const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64');

const bodies = [
  { what: 'Base64', text: base64('plain words'), chain: ['Base64', 'Text'], shows: ['plain words'] },
  {
    what: 'gzip in Base64',
    text: base64(gzipSync('{"city":"Reykjavík"}')),
    chain: ['Base64', 'gzip', 'JSON'],
    shows: ['"city"', '"Reykjavík"'],
  },
  {
    what: 'JSON with numbers and an order that JavaScript would change',
    text: '{"b":12345678901234567890,"a":1.10,"10":-0,"9":9007199254740993}',
    chain: ['Text', 'JSON'],
    shows: ['"b": 12345678901234567890,', '"a": 1.10,', '"10": -0,', '"9": 9007199254740993'],
  },
  {
    what: 'XML',
    text: '<order id="7"><line>a &amp; b</line></order>',
    chain: ['Text', 'XML'],
    shows: ['<order id="7">', '<line>a &amp; b</line>', '</order>'],
  },
  {
    what: 'text with line ends of every kind',
    text: 'unix\nwindows\r\nold mac\rend \t  ',
    chain: ['Text'],
    shows: ['unix', 'windows', 'old mac', 'end'],
  },
  {
    what: 'bytes that are no text',
    text: base64(Uint8Array.from([0, 1, 2, 0xfe, 0xff, 0x41, 0x42])),
    chain: ['Base64', 'Binary'],
    shows: ['00000000', '00 01 02 fe ff 41 42', '.....AB'],
  },
];

test.describe(() => {
  test.beforeEach(({ context, app }) =>
    context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app }),
  );

  for (const { what, text, chain, shows } of bodies) {
    test(`${what}: the body is shown decoded, and its raw text is copied exactly`, { tag: '@engines' }, async ({
      page,
      seed,
    }) => {
      const { queue, screen } = await seed();
      const id = (await putExact(queue, text)).slice(0, 8);
      await screen.open();
      const details = await screen.openDetails(id);
      const steps = details.getByRole('group', { name: 'Decode chain' }).getByRole('button');
      const body = details.getByRole('region', { name: 'Message body' });
      await expect(steps).toHaveText(chain);
      await expect(steps.last()).toHaveAttribute('aria-pressed', 'true');
      for (const part of shows) await expect(body).toContainText(part);

      await steps.first().click();
      await body.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+c');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);

      await page.evaluate(() => navigator.clipboard.writeText(''));
      await details.getByRole('button', { name: /^Copy( C)?$/ }).click();
      await expect(screen.notes).toContainText('Copied the message text');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    });
  }

  test('each decoding step of a packed body can be shown and copied', async ({ page, seed }) => {
    const { queue, screen } = await seed();
    const packed = gzipSync('{"b":1,"a":[true]}');
    const id = (await putExact(queue, base64(packed))).slice(0, 8);
    await screen.open();
    const details = await screen.openDetails(id);
    const body = details.getByRole('region', { name: 'Message body' });
    const copy = async (name: string) => {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await details.getByRole('button', { name: 'Copy body' }).click();
      await page.getByRole('menuitem', { name }).click();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(clipboard).not.toBe('');
      return clipboard();
    };

    await expect(body).toContainText('true');
    expect(await copy('Copy decoded')).toBe('{"b":1,"a":[true]}');
    expect(await copy('Copy formatted')).toBe('{\n  "b": 1,\n  "a": [true]\n}');
    await details.getByRole('button', { name: 'gzip' }).click();
    await expect(body).toContainText('1f 8b');
    expect((await copy('Copy as hex')).replace(/^\w{8} {2}|(?<= {2}).{1,16}$/gm, '').replace(/\s/g, '')).toBe(
      packed.toString('hex'),
    );
  });
});

test('a value inside of a body is opened in place, found by the filter and made a column', async ({ page, seed }) => {
  const { queue, screen } = await seed('{"other":1}');
  const payload = base64(gzipSync('{"order":41907,"tier":"gold"}'));
  const id = (await putExact(queue, JSON.stringify({ data_base64: payload }))).slice(0, 8);
  await screen.open();
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('41907');
  await expect(screen.rows).toHaveCount(1);
  const details = await screen.openDetails(id);
  const chain = details.getByRole('group', { name: 'Decode chain' });
  await details.getByRole('button', { name: 'Open this value: data_base64' }).press('Enter');
  await expect(chain).toHaveText('$.data_base64Base64gzipJSON');
  await expect(details.getByRole('region', { name: 'Message body' })).toContainText('"order": 41907');
  await details.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(chain).toHaveText('TextJSON');
  await details.getByRole('button', { name: 'Show as columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'data_base64.tier' }).click();
  await page.getByRole('button', { name: 'Close details' }).click();
  await expect(screen.row(id)).toContainText('gold');
});

test('a body of 64 KiB opens at once and scrolls to its end, with few rows in the page', async ({ page, seed }) => {
  const lines = Array.from({ length: 4000 }, (_, index) => `{"n":${10_000 + index}}`);
  const start = `[${lines.join(',')},{"n":"`;
  const text = `${start.padEnd(65_536 - 4, 'x')}"}]\n`;
  const { queue, screen } = await seed();
  const id = (await putExact(queue, text)).slice(0, 8);
  await screen.open();
  await expect(screen.row(id)).toContainText('64 KiBJSON');

  const details = await screen.openDetails(id);
  const body = details.getByRole('region', { name: 'Message body' });
  await expect(body).toContainText('"n": 10000');
  expect(await body.getByRole('code').count()).toBeLessThan(200);

  await body.hover();
  await page.mouse.wheel(0, 1_000_000);
  await expect(body).toContainText('"n": 13999');
  await expect(body).not.toContainText('"n": 10000');
  expect(await body.getByRole('code').count()).toBeLessThan(200);
});
