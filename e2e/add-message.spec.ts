import type { Page } from '@playwright/test';
import { exactTextsIn } from './exact-text';
import { expect, lengthOf, peeked, test, textsIn } from './queue-screen';

/** Opens the editor by its key. */
async function openEditor(page: Page) {
  await expect(page.getByRole('radiogroup', { name: 'How to read messages' })).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  const body = dialog.getByRole('textbox', { name: 'Message body' });
  await expect(body).toBeFocused();
  return { dialog, body, send: dialog.getByRole('button', { name: 'Add message' }) };
}

test('the preview shows the request while it is written, and it is the one that is sent', async ({
  page,
  context,
  app,
  seed,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app });
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  const preview = dialog.getByRole('region', { name: 'Request', exact: true });
  await expect(preview).toContainText('POST');
  await expect(preview).toContainText('messagettl=604800');

  await body.fill('a<b & "ç" ]]> 👍');
  await dialog.getByRole('spinbutton', { name: 'Visibility delay' }).fill('1');
  await expect(preview).toContainText('visibilitytimeout=1');
  await expect(preview.getByRole('region', { name: 'Request body' })).toContainText('a&lt;b &amp; "ç" ]]&gt; 👍');
  await preview.getByRole('button', { name: 'Copy request' }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(/^POST /);
  const copied = await clipboard();

  const sending = page.waitForRequest((request) => request.method() === 'POST');
  await send.click();
  const sent = await sending;
  expect(copied.split('\n')[0]).toBe(`POST ${sent.url()}`);
  expect(copied.slice(copied.indexOf('\n\n') + 2)).toBe(sent.postData());
  expect(copied).not.toMatch(/authorization|sig=/i);
  await expect.poll(() => exactTextsIn(queue)).toEqual(['a<b & "ç" ]]> 👍']);
});

test('a Base64 message is sent as Base64, with the added bytes shown before', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  await body.fill('{"größe": 1}');
  await dialog.getByRole('radio', { name: 'Base64' }).click();

  const wire = Buffer.from('{"größe": 1}').toString('base64');
  await expect(dialog.getByRole('meter', { name: 'Size on the wire' })).toHaveAttribute(
    'aria-valuenow',
    String(wire.length),
  );
  await expect(dialog.getByText('Base64 adds 6 B')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Request body' })).toContainText(wire);
  await send.click();
  await expect(dialog).toBeHidden();
  expect(await textsIn(queue)).toEqual([wire]);
});

test('a message of 65,536 UTF-8 bytes is sent, one byte more is not', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  const meter = dialog.getByRole('meter', { name: 'Size on the wire' });
  // One character of two bytes, in front: Azurite tears apart those on the edge of a packet.
  const whole = `é${'x'.repeat(65_534)}`;

  await body.fill(`${whole}y`);
  await expect(meter).toHaveAttribute('aria-valuenow', '65537');
  await expect(dialog.getByText('1 byte over the limit of 64 KiB.')).toBeVisible();
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Enter');
  expect(await lengthOf(queue)).toBe(0);

  await body.press('Control+End');
  await body.press('Backspace');
  await expect(meter).toHaveAttribute('aria-valuenow', '65536');
  await expect(meter).toHaveAttribute('aria-valuetext', /0 B left/);
  await send.click();
  await expect(dialog).toBeHidden();
  expect((await textsIn(queue))[0] === whole).toBe(true);
});

test('a message can never expire and be hidden at first', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  await body.fill('later');
  await dialog.getByRole('combobox', { name: /^Unit/ }).first().selectOption('never');
  await expect(dialog.getByText('Stays until it is deleted')).toBeVisible();
  await dialog.getByRole('combobox', { name: /^Unit/ }).last().selectOption('hours');
  await dialog.getByRole('spinbutton', { name: 'Visibility delay' }).fill('1');
  await expect(dialog.getByText(/Consumers see it at \d\d:\d\d:\d\d/)).toBeVisible();
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await send.click();

  const answer = await (await answered).text();
  expect(/<ExpirationTime>(.*)<\/ExpirationTime>/.exec(answer)?.[1]).toContain('9999');
  await expect(page.getByRole('heading', { name: `No message of ${queue.name} is visible` })).toBeVisible();
  expect(await peeked(queue)).toEqual([]);
  expect(await lengthOf(queue)).toBe(1);
});

test('an unsendable character is named with its position, and can be sent as Base64', { tag: '@engines' }, async ({
  page,
  context,
  app,
  seed,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app });
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, send } = await openEditor(page);
  await page.evaluate(() => navigator.clipboard.writeText('one\ntwo\u0007'));
  await page.keyboard.press('Control+v');

  await expect(
    dialog.getByText('U+0007 at line 2, column 4 cannot be written in XML, which carries messages.'),
  ).toBeVisible();
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  expect(await lengthOf(queue)).toBe(0);

  await dialog.getByRole('button', { name: 'Send as Base64' }).click();
  await send.click();
  await expect(dialog).toBeHidden();
  expect(await textsIn(queue)).toEqual([Buffer.from('one\ntwo\u0007').toString('base64')]);
});

test('a draft survives a failed request and a closed dialog', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  await body.fill('my draft');
  await queue.delete();
  await send.click();
  await expect(dialog.getByRole('alert')).toContainText('The queue does not exist any more');
  await expect(dialog.getByRole('alert')).toContainText('404 QueueNotFound');
  await expect(body).toHaveText('my draft');

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await queue.create();
  const again = await openEditor(page);
  await expect(dialog.getByText('Draft restored')).toBeVisible();
  await expect(again.body).toHaveText('my draft');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  expect(await textsIn(queue)).toEqual(['my draft']);
});

test('the dialog stays open for the next one when told to, and Undo takes the last one back', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body } = await openEditor(page);
  await dialog.getByRole('checkbox', { name: 'Keep open to add another' }).click();
  for (const text of ['first', 'second']) {
    await body.fill(text);
    await page.keyboard.press('Control+Enter');
    await expect(body).toHaveText('');
  }
  await expect.poll(() => textsIn(queue)).toEqual(['first', 'second']);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(screen.rows).toHaveCount(2);
  await page.keyboard.press('z');
  await expect(screen.notes).toContainText('Message removed again');
  expect(await textsIn(queue)).toEqual(['first']);
  await expect(screen.rows).toHaveCount(1);
});

test('after a lost answer the dialog claims nothing, sends nothing twice, and checks when asked', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed();
  await screen.open();
  const { dialog, body, send } = await openEditor(page);
  await body.fill('lost or not');
  let attempts = 0;
  let arrives = false;
  await page.route(/\/messages\?/, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    attempts++;
    if (arrives) await route.fetch();
    return route.abort('connectionreset');
  });

  await send.click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('No answer arrived. The message may or may not have been added');
  expect(attempts).toBe(1);
  await alert.getByRole('button', { name: 'Check' }).click();
  await expect(alert).toContainText('Not among the first 32 visible messages.');
  await expect(body).toHaveText('lost or not');

  // The person sends it again; this time the service acts before the connection breaks.
  arrives = true;
  await send.click();
  await expect.poll(() => lengthOf(queue)).toBe(1);
  await expect(alert).toContainText('Sending it again may add it twice.');
  expect(attempts).toBe(2);
  await alert.getByRole('button', { name: 'Check' }).click();
  await expect(alert).toContainText(/It was added: a message with this text was inserted at \d\d:\d\d:\d\d/);
  expect(await textsIn(queue)).toEqual(['lost or not']);
});
