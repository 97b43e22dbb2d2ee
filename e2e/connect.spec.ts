import { join } from 'node:path';
import { ROOT } from '../server/command.mjs';
import { connectionId, connectionString } from './accounts';
import { connect, connectForm, giveSecret, setPassphrase, unlock } from './connect-form';
import { expect, test } from './fixtures';

const DOTS = '•'.repeat(35);

test('a newcomer lands on the queues of the local service at once', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('first-look');
  await azurite.createQueue(name);

  await page.goto('/');

  await expect(page.getByRole('complementary', { name: 'Queues' })).toBeVisible();
  await expect(page.getByRole('link', { name: `${name}, about 0 messages` })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`#/q/${azurite.accountName}%40127\\.0\\.0\\.1%3A\\d+$`));
});

test('a pasted connection string is recognised, checked field by field, and connects', { tag: '@engines' }, async ({
  page,
  accounts,
}) => {
  const { name, endpoint } = accounts.harborlane;
  await accounts.harborlane.client.createQueue('manifests');
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);

  await details.fill(accounts.harborlane.connectionString);

  await expect(form.getByRole('status', { name: 'Recognised as a connection string with account key' })).toBeVisible();
  await expect(form).toContainText(`Account${name}, valid`);
  await expect(form).toContainText('Key64 bytesvalid Base64, valid');
  await expect(form).toContainText(`Endpoint${endpoint}, valid`);
  await expect(details).toHaveValue(connectionString({ name, key: DOTS, endpoint }));

  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('link', { name: 'manifests, about 0 messages' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`#/q/${connectionId(accounts.harborlane)}$`));
});

test('a text pasted anywhere on the screen goes into the form', { tag: '@engines' }, async ({
  page,
  accounts,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await page.evaluate((text) => navigator.clipboard.writeText(text), accounts.harborlane.connectionString);

  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ControlOrMeta+v');

  await expect(details).toBeFocused();
  await expect(form.getByRole('status', { name: /^Recognised as a connection string/ })).toBeVisible();
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name: accounts.harborlane.name })).toBeVisible();
});

test('an endpoint asks for account name and key, which then connect', { tag: '@engines' }, async ({
  page,
  accounts,
}) => {
  const { name, key, endpoint } = accounts.cornerfold;
  await page.goto('/#/connect');
  const { form, details, submit, key: keyField } = connectForm(page);

  await details.fill(endpoint);
  await expect(form.getByRole('status', { name: 'Recognised as a queue endpoint' })).toBeVisible();
  await keyField.fill(key);
  // No password for the browser to save, and nothing for it to restore.
  await expect(keyField).toHaveAttribute('type', 'text');
  await expect(keyField).toHaveAttribute('autocomplete', 'off');
  expect(await keyField.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'))).toBe(
    'disc',
  );
  await expect(form).toContainText('Key64 bytesvalid Base64, valid');

  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('an account name and its key are enough for an account in Azure', { tag: '@engines' }, async ({
  page,
  accounts,
}) => {
  // No account of Azure can be reached from a test: this route answers at its address.
  const asked: string[] = [];
  await page.route('https://harborlaneprod.queue.core.windows.net/**', async (route, request) => {
    asked.push(new URL(request.url()).host);
    await route.fulfill({
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'content-type': 'application/xml',
      },
      body: '<EnumerationResults><Queues><Queue><Name>ledger</Name></Queue></Queues><NextMarker/></EnumerationResults>',
    });
  });
  await page.goto('/#/connect');
  const { form, details, submit, key } = connectForm(page);

  await details.fill('harborlaneprod');
  await expect(form.getByRole('status', { name: 'Recognised as an account name' })).toBeVisible();
  await key.fill(accounts.harborlane.key);
  await expect(form).toContainText('Endpointhttps://harborlaneprod.queue.core.windows.net, valid');
  await submit.click();

  await expect(page.getByRole('link', { name: /^ledger/ })).toBeVisible();
  await expect(page).toHaveURL(/#\/q\/harborlaneprod$/);
  expect(new Set(asked)).toEqual(new Set(['harborlaneprod.queue.core.windows.net']));
});

test('UseDevelopmentStorage=true is recognised as the local emulator, and its card connects in one click', {
  tag: '@engines',
}, async ({ page, azurite }) => {
  await page.goto('/#/connect');
  const { form, details } = connectForm(page);
  await details.fill('UseDevelopmentStorage=true');
  await expect(form.getByRole('status', { name: 'Recognised as the local emulator' })).toBeVisible();
  await expect(form).toContainText('Endpointhttp://127.0.0.1:10001/devstoreaccount1, valid');

  const card = page.getByRole('article').filter({ hasText: 'Azurite on this machine' });
  await expect(card.getByRole('status')).toHaveText(`Running on port ${new URL(azurite.url).port}`);
  await card.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByRole('heading', { level: 1, name: azurite.accountName })).toBeVisible();
});

test('several connections stand side by side, and each shows its own queues', { tag: '@engines' }, async ({
  page,
  accounts,
}) => {
  const { harborlane, cornerfold } = accounts;
  await harborlane.client.createQueue('berths');
  await cornerfold.client.createQueue('shelves');
  await page.goto('/');
  await connect(page, harborlane);
  await connect(page, cornerfold);

  const rail = page.getByRole('navigation', { name: 'Connections and tools' });
  await expect(page.getByRole('link', { name: /^shelves/ })).toBeVisible();
  await rail.getByRole('button', { name: harborlane.name }).click();
  await expect(page.getByRole('link', { name: /^berths/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^shelves/ })).toHaveCount(0);

  await page.getByRole('button', { name: `Account ${harborlane.name}` }).click();
  await page.getByRole('menuitemcheckbox', { name: cornerfold.name }).click();
  await expect(page.getByRole('link', { name: /^shelves/ })).toBeVisible();
});

test.describe('a failed connection names its cause and keeps what was typed', () => {
  const wrongKey = btoa('w'.repeat(64));

  test('a wrong key is named', { tag: '@engines' }, async ({ page, accounts }) => {
    const { name, endpoint } = accounts.harborlane;
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString({ name, key: wrongKey, endpoint }));
    await submit.click();

    const alert = form.getByRole('alert', { name: 'Azure refused the signature' });
    await expect(alert).toContainText(`The key is most likely not one of ${name}`);
    await expect(details).toHaveValue(connectionString({ name, key: DOTS, endpoint }));
    await expect(form.getByRole('button', { name: 'Save anyway' })).toHaveCount(0);
  });

  test('the cause is scrolled into sight on a phone', { tag: '@engines' }, async ({ page, accounts }) => {
    const { name, endpoint } = accounts.harborlane;
    await page.setViewportSize({ width: 390, height: 700 });
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString({ name, key: wrongKey, endpoint }));
    await submit.click();

    await expect(form.getByRole('alert').getByText(/The key is most likely not one of/)).toBeInViewport({ ratio: 1 });
  });

  test('an unknown account is named', { tag: '@engines' }, async ({ page, accounts }) => {
    const { key, endpoint } = accounts.harborlane;
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString({ name: 'nosuch', key, endpoint: endpoint.replace('harborlane', 'nosuch') }));
    await submit.click();

    const alert = form.getByRole('alert', { name: 'There is no account nosuch' });
    await expect(alert).toContainText('Check the account name.');
  });

  test('a key that is not Base64 is named without a request', { tag: '@engines' }, async ({ page, accounts }) => {
    const { name, endpoint } = accounts.harborlane;
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await details.fill(connectionString({ name, key: 'not*base64', endpoint }));
    await submit.click();

    await expect(form.getByRole('alert')).toContainText('The account key is not Base64.');
    expect(asked.filter((url) => url.startsWith(endpoint))).toEqual([]);
  });

  test('a host that does not answer is named', { tag: '@engines' }, async ({ page, accounts, allowHost }) => {
    const { name, key } = accounts.harborlane;
    allowHost('http://127.0.0.1:9');
    // Port 9 (discard) of loopback: nothing listens there.
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString({ name, key, endpoint: `http://127.0.0.1:9/${name}` }));
    await submit.click();

    const alert = form.getByRole('alert', { name: '127.0.0.1:9 does not answer' });
    await expect(alert).toContainText('Nothing listens at that address. Start the emulator, or check the port.');
    await form.getByRole('button', { name: 'Save anyway' }).click();
    await expect(page.getByRole('alert').getByText('127.0.0.1:9 does not answer')).toBeVisible();

    // On a phone, which has no rail, the account is named and can be left.
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.getByRole('button', { name: /^Connections,/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Add connection' })).toBeVisible();
  });

  test('an account without a CORS rule comes with the exact command to copy', { tag: '@engines' }, async ({
    page,
    accounts,
    app,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { name, key, endpoint } = accounts.norule;
    // With the account in the host, as in Azure, so that the page cannot ask other accounts of the emulator.
    const hosted = `http://${name}.queue.localhost:${new URL(endpoint).port}`;
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(connectionString({ name, key, endpoint: hosted }));
    await submit.click();

    const alert = form.getByRole('alert', { name: 'CORS problem' });
    await expect(alert).toContainText('The account does not allow this page yet');
    await expect(alert).toContainText(`the CORS rules of ${name} leave out ${app}`);
    await alert.getByRole('button', { name: 'Copy command' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(
        `az storage cors add --services q --connection-string 'AccountName=${name};AccountKey=<account-key>;QueueEndpoint=${hosted}' \\
  --origins ${app} \\
  --methods GET HEAD PUT POST DELETE OPTIONS \\
  --allowed-headers '*' --exposed-headers '*' --max-age 7200`,
      );
    // The path of what serves the page, which fails where it is not there.
    await alert.getByRole('tab', { name: 'Queuescope' }).click();
    await expect(alert.getByRole('region', { name: /^Queuescope/ })).toContainText(
      `node ${join(ROOT, 'scripts', 'run', 'queuescope.mjs')} cors add --origin ${app} --connection-string-stdin`,
    );
    await alert.getByRole('tab', { name: 'Node.js' }).click();
    await expect(alert.getByRole('region', { name: /^Node\.js/ })).toContainText(`allowedOrigins: '${app}'`);
    await expect(alert).not.toContainText(key);

    // Adds the rule, as the command does; the same form then connects.
    const { cors = [] } = await accounts.harborlane.client.getProperties();
    await accounts.norule.client.setProperties({ cors });
    await form.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await accounts.norule.client.setProperties({ cors: [] });
  });

  test('a CORS rule that allows reading only is named', { tag: '@engines' }, async ({ page, accounts }) => {
    await connect(page, accounts.readonly);
    // Reading works; a missing permission of the rule is named when it is first needed.
    await page.getByRole('button', { name: 'New queue' }).first().click();
    await page.getByRole('textbox', { name: 'Queue name' }).fill('written');
    await page.getByRole('button', { name: 'Create queue' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
      'the CORS rules of the account leave this request out',
    );
    expect(await accounts.readonly.client.getQueueClient('written').exists()).toBe(false);
  });
});

test('forgetting a connection removes it from every open tab, and leaves the account as it is', {
  tag: '@engines',
}, async ({ page, context, accounts }) => {
  const { name, client } = accounts.harborlane;
  await client.createQueue('kept');
  await page.goto('/');
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(accounts.harborlane.connectionString);
  await form.getByRole('radio', { name: /^Remember without a passphrase/ }).check();
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const other = await context.newPage();
  await other.goto(`/#/q/${connectionId(accounts.harborlane)}`);
  await expect(other.getByRole('link', { name: /^kept/ })).toBeVisible();

  await page.getByRole('button', { name: `Account ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Forget this connection' }).click();
  const dialog = page.getByRole('dialog', { name: `Forget ${name}` });
  await expect(dialog).toContainText('Queues and messages in the account stay as they are.');
  await dialog.getByRole('button', { name: 'Forget connection' }).click();

  for (const tab of [page, other]) {
    await expect(
      tab.getByRole('navigation', { name: 'Connections and tools' }).getByRole('button', { name }),
    ).toHaveCount(0);
  }
  await expect(other.getByRole('status').filter({ hasText: 'This address leads to' })).toBeVisible();
  expect(await client.getQueueClient('kept').exists()).toBe(true);
});

test('a key is for this tab: a reload asks for it alone, and another tab and another browser have nothing', {
  tag: '@engines',
}, async ({ page, context, browser, accounts, app }) => {
  const { harborlane, cornerfold } = accounts;
  const queue = harborlane.client.getQueueClient(`leased-${Date.now().toString(36)}`);
  await queue.create();
  await queue.sendMessage('a crate');
  const rail = (of: typeof page) => of.getByRole('navigation', { name: 'Connections and tools' });
  await page.goto('/');
  await connect(page, harborlane);
  await page.getByRole('link', { name: new RegExp(`^${queue.name},`) }).click();
  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '16 for 5 min' }).click();
  await expect(page.getByRole('img', { name: /^Leased by you/ })).toBeVisible();

  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.reload();
  const form = page.getByRole('form', { name: 'Enter the account key' });
  const field = form.getByRole('textbox', { name: 'Account key' });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('autocomplete', 'off');
  await expect(page.getByRole('main')).toContainText(harborlane.endpoint);
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/^1 message of it is leased by this tab until/);
  await expect(form.getByRole('checkbox', { name: 'Keep it over reloads: needs a passphrase' })).not.toBeChecked();
  await expect(rail(page).getByRole('button', { name: harborlane.name })).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: app });
  for (const other of [await context.newPage(), await elsewhere.newPage()]) {
    await other.goto(`/#/q/${connectionId(harborlane)}`);
    await expect(other.getByRole('status').filter({ hasText: 'Connect it to continue.' })).toBeVisible();
    await expect(rail(other).getByRole('button', { name: harborlane.name })).toHaveCount(0);
  }
  await elsewhere.close();

  await test.step('what does not fit is told, and nothing is sent', async () => {
    for (const [text, told] of [
      ['not a key', 'This is not an account key.'],
      [cornerfold.connectionString, 'and not for this connection.'],
    ] as const) {
      await field.fill(text);
      await page.keyboard.press('Enter');
      await expect(form).toContainText(told);
    }
    expect(asked.filter((url) => url.startsWith(harborlane.endpoint))).toEqual([]);
    await field.fill(cornerfold.key);
    await page.keyboard.press('Enter');
    await expect(form.getByRole('alert', { name: 'Azure refused the signature' })).toBeVisible();
    await expect(form.getByRole('button', { name: 'Save anyway' })).toHaveCount(0);
  });

  await test.step('with the key the lease goes on', async () => {
    await giveSecret(page, harborlane.key);
    await expect(page.getByText(/still leased by this tab until/)).toBeVisible();
  });
});

test('a reload asks no more once the key is under a passphrase, which is set on the way', { tag: '@engines' }, async ({
  page,
  accounts,
}) => {
  const { cornerfold } = accounts;
  await page.goto('/');
  await connect(page, cornerfold);
  await page.reload();
  const form = page.getByRole('form', { name: 'Enter the account key' });
  await form.getByRole('checkbox').click();
  await setPassphrase(page, 'harbour at night');
  await expect(form.getByRole('checkbox')).toBeChecked();
  await giveSecret(page, cornerfold.connectionString);
  await expect(page.getByRole('heading', { level: 1, name: cornerfold.name })).toBeVisible();

  await page.reload();
  await unlock(page, 'harbour at night');
  await expect(page.getByRole('heading', { level: 1, name: cornerfold.name })).toBeVisible();
});

test('a key that is remembered without a passphrase is there in a new tab after all others were closed', {
  tag: '@engines',
}, async ({ page, context, accounts }) => {
  const { name } = accounts.cornerfold;
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(accounts.cornerfold.connectionString);
  await form.getByRole('radio', { name: /^Remember without a passphrase/ }).check();
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  const later = await context.newPage();
  await page.close();
  await later.goto('/');
  await expect(later.getByRole('heading', { level: 1, name })).toBeVisible();
});
