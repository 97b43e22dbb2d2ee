import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { makeAccountSas, makeQueueSas } from '@/azure/credentials/sas-generate';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { accountFor } from '@/queries/use-account';
import { currentConnections, forgetConnection, loadConnections } from '@/state/connections/connections';
import { addSandbox } from '@/state/sandbox/sandbox';
import { ConnectScreen } from './connect-screen';
import { NO_PASSWORD } from './input/no-password';
import { serviceThatIsBehind } from './slow-clock-service.fixture';
import '@/styles.css';

const { url, account } = inject('azurite');
const base = url.slice(0, -account.length);
/** 64 bytes that are no account's key. */
const WRONG_KEY = btoa('w'.repeat(64));

type Parts = { name?: string; key?: string; endpoint?: string };
const connectionString = ({ name = account, key = EMULATOR.key, endpoint = base + name }: Parts = {}) =>
  `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};QueueEndpoint=${endpoint};`;

/** Reached by a host name with the account, as in Azure; its CORS rules let nobody in. */
const WITHOUT_RULE = { name: 'norule', endpoint: `http://norule.queue.localhost:${new URL(url).port}` };

const details = page.getByRole('textbox', { name: 'Connection details' });
const form = page.getByRole('form', { name: 'Connect an account' });
const connectButton = form.getByRole('button', { name: /^Connect/ });

const show = (wanted?: string) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ConnectScreen wanted={wanted} />
    </QueryClientProvider>,
  );

async function connectWith(text: string) {
  await details.fill(text);
  await connectButton.click();
}

beforeEach(async () => {
  location.hash = '#/connect';
  await loadConnections();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { id } of currentConnections()) await forgetConnection(id);
});

describe('recognition of a pasted text', () => {
  test.each([
    ['a connection string with account key', connectionString()],
    ['the local emulator', 'UseDevelopmentStorage=true'],
    [
      'a shared access signature URL',
      'https://harborlane.queue.core.windows.net/?sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=c2ln',
    ],
    ['an account name', 'harborlane'],
    ['a queue endpoint', 'https://harborlane.queue.core.windows.net'],
    ['an account name and key', `harborlane ${WRONG_KEY}`],
  ])('a text is recognised as %s', async (name, text) => {
    await show();
    await details.fill(text);

    await expect.element(page.getByRole('status', { name: `Recognised as ${name}` })).toBeVisible();
  });

  test('each field is shown with whether it is valid', async () => {
    await show();
    await details.fill(connectionString());

    await expect.element(form).toHaveTextContent(`Account${account}, valid`);
    await expect.element(form).toHaveTextContent('Key64 bytesvalid Base64, valid');
    await expect.element(form).toHaveTextContent(`Endpoint${url}, valid`);
  });

  test('a missing field is not called valid', async () => {
    await show();
    await details.fill('AccountName=;AccountKey=');

    await expect.element(form).toHaveTextContent('EndpointNot given yet');
    await expect.element(form).not.toHaveTextContent(', valid');
  });

  test.each([
    ['AccountName=harborlane;AccountKey=not*base64;', 'The account key is not Base64.'],
    ['AccountName=Harbor-Lane;AccountKey=c2VjcmV0;', 'An account name has 3 to 24 lower-case letters and digits.'],
    [
      'AccountName=harborlane;AccountKey=c2VjcmV0;',
      'An account key has 64 bytes. This one has 6, so a part may be missing.',
    ],
    [
      'what is this?',
      'This is not a connection string, a shared access signature URL, an account name or an endpoint.',
    ],
  ])('the rule that %s breaks is named', async (text, rule) => {
    await show();
    await details.fill(text);

    await expect.element(form.getByText(rule)).toBeVisible();
  });
});

/** All text of the document, attributes and values of fields included. */
const everything = () =>
  document.documentElement.outerHTML +
  [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join(' ');

describe('keys stay out of the page', () => {
  test('a key stays out of the page when a connection string is pasted with Ctrl V, also after undo', async () => {
    await show();
    await details.click();
    const data = new DataTransfer();
    data.setData('text/plain', connectionString({ key: WRONG_KEY }));
    details
      .element()
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));

    await expect.element(details).toHaveValue(connectionString({ key: '•'.repeat(35) }));
    expect(everything()).not.toContain(WRONG_KEY);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(everything()).not.toContain(WRONG_KEY);
  });

  test('a key stays out of the page when it is pasted anywhere on the screen', async () => {
    await show();
    const data = new DataTransfer();
    data.setData('text/plain', connectionString({ key: WRONG_KEY }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));

    await expect.element(details).toHaveFocus();
    await expect.element(details).toHaveValue(connectionString({ key: '•'.repeat(35) }));
    expect(everything()).not.toContain(WRONG_KEY);
  });

  test('a key is in the page only while the person shows it', async () => {
    await show();
    await details.fill(connectionString({ key: WRONG_KEY }));
    expect(everything()).not.toContain(WRONG_KEY);

    await form.getByRole('button', { name: 'Show key' }).click();
    expect(everything()).toContain(WRONG_KEY);

    await page.getByRole('heading', { level: 1 }).click();
    await expect.poll(everything).not.toContain(WRONG_KEY);
  });

  test('a key stays out of the page when it is typed into the key field', async () => {
    await show();
    await details.fill('harborlane');
    await form.getByLabelText('Account key').fill(WRONG_KEY);

    await expect.element(form).toHaveTextContent('Key64 bytes');
    expect(document.documentElement.outerHTML).not.toContain(WRONG_KEY);
    await expect.element(form.getByLabelText('Account key')).toHaveAttribute('autocomplete', 'off');
  });
});

test('fields for secrets are no passwords to the browser or a password manager, and are emptied once they are read', async () => {
  await show();
  await details.fill(url);
  const key = form.getByLabelText('Account key');
  await key.fill(EMULATOR.key);
  const fields = [details.element() as HTMLTextAreaElement, key.element() as HTMLInputElement];
  for (const field of fields) {
    expect(field.type).not.toBe('password');
    for (const [name, value] of Object.entries(NO_PASSWORD))
      expect({ [name]: field.getAttribute(name.toLowerCase()) }).toEqual({ [name]: value });
  }
  await connectButton.click();
  await expect.poll(() => location.hash).toContain('#/q/');
  expect(fields.map(({ value }) => value)).toEqual(['', '']);
});

describe('connecting', () => {
  test('an account is connected for this tab, and its queues are shown', async () => {
    await show();
    await connectWith(connectionString());

    await expect.poll(() => location.hash).toContain('#/q/');
    expect(currentConnections()).toMatchObject([{ account, endpoint: url, kind: 'key', keep: 'tab', local: true }]);
  });

  test('Enter connects, and the connection is remembered on this device when told to', async () => {
    await show();
    await form.getByRole('radio', { name: /^Remember without a passphrase/ }).click();
    await details.fill(connectionString());
    await details.click();
    await userEvent.keyboard('{Enter}');

    await expect.poll(() => currentConnections().map(({ keep }) => keep)).toEqual(['device']);
  });

  test('a device with a wrong clock connects with the time of the service', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(serviceThatIsBehind(1_024_000, WRONG_KEY));
    await show();
    await connectWith(`AccountName=contosoq;AccountKey=${WRONG_KEY}`);
    const trouble = page.getByRole('alert', { name: 'Azure refused the signature' });
    await expect.element(trouble).toHaveTextContent('Your clock is 17 min 4 s ahead.');

    await trouble.getByRole('button', { name: 'Use Azure time' }).click();
    await expect.poll(() => currentConnections().map(({ id }) => id)).toEqual(['contosoq']);
    expect(await accountFor('contosoq')?.listQueues().next()).toEqual({ done: false, value: [] });
  });

  test('a signature that allows only adding connects', async () => {
    const key = await importKey(EMULATOR.key);
    const queue = `adding-${crypto.randomUUID().slice(0, 8)}`;
    const token = await makeQueueSas(key, account, queue, { sv: '2024-11-04', sp: 'a', se: '2099-01-01T00:00:00Z' });
    await show();
    await details.fill(token);
    await connectButton.click();
    await expect.element(form.getByRole('alert')).toHaveTextContent(/^An account name has/);

    await form.getByLabelText('Account name').fill(url);
    await form.getByLabelText('Queue name').fill(queue);
    await connectButton.click();
    // The queue does not exist, but Azure found the signature valid before it looked.
    await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url, queue, kind: 'sas' }]);
    expect(location.hash).toContain(encodeURIComponent(`:${queue}`));
  });

  test('fields typed for an earlier text do not apply to the next one', async () => {
    await show();
    await details.fill('https://queues.example.com');
    await form.getByLabelText('Account name').fill('harborlane');
    await connectWith(connectionString());
    await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url }]);
  });

  test('one of several connections in a text connects once it is chosen', async () => {
    await show();
    await connectWith(`A=${connectionString({ name: 'harborlane' })}\nB=${connectionString()}`);
    await expect.element(form.getByRole('alert')).toHaveTextContent('Choose which connection to use.');

    await form.getByRole('radio', { name: new RegExp(`^${account}`) }).click();
    await expect.element(form).toHaveTextContent(`Account${account}, valid`);
    await connectButton.click();
    await expect.poll(() => currentConnections()).toMatchObject([{ account, endpoint: url }]);
  });

  test('the address is kept when it asked for that account', async () => {
    const wanted = `${account}@${new URL(url).host}`;
    location.hash = `#/q/${wanted}/orders`;
    await show(wanted);
    await expect.element(page.getByText(`This address leads to ${wanted}. Connect it to continue.`)).toBeVisible();

    await connectWith(connectionString());
    await expect.poll(() => currentConnections()).toHaveLength(1);
    expect(location.hash).toBe(`#/q/${wanted}/orders`);
  });
});

describe('the sandbox card', () => {
  const open = page.getByRole('button', { name: 'Open sandbox' });

  test('the sandbox opens in one click, without a question', async () => {
    const asked = vi.spyOn(globalThis, 'fetch');
    await show();
    await open.click();
    await expect.poll(() => location.hash).toBe('#/q/sandbox%40sandbox.queue.invalid');
    expect(currentConnections()).toMatchObject([{ account: 'sandbox', keep: 'tab', local: false }]);
    expect(asked.mock.calls.map(([input]) => new Request(input).url)).not.toContainEqual(
      expect.stringContaining('.invalid'),
    );
  });

  test('the sandbox card shows how many messages are in it', async () => {
    await show();
    await expect.element(page.getByText('orders-poison')).toBeVisible();
    const counted = await accountFor((await addSandbox()).id)?.getQueueProperties('orders-poison');
    const lane = page.getByText('orders-poison').element().closest('li');
    expect(lane).toHaveTextContent(String(counted?.approximateMessageCount));
  });

  test('the sandbox card says why it cannot open on a page without cryptography', async () => {
    await show();
    vi.spyOn(crypto, 'subtle', 'get').mockReturnValue(undefined as never);
    await open.click();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/over plain http.*Open it over https/);
  });
});

describe('a connection that fails names the cause and keeps what was typed:', () => {
  test.each([
    ['a wrong key', { key: WRONG_KEY }, 'Azure refused the signature'],
    ['an account that is not there', { name: 'nobodyshome' }, 'There is no account nobodyshome'],
    ['a host that does not answer', { endpoint: 'http://127.0.0.1:9/devstoreaccount1' }, '127.0.0.1:9 does not answer'],
  ])('%s', async (_, parts, title) => {
    await show();
    await connectWith(connectionString(parts));

    await expect.element(page.getByRole('alert', { name: title })).toBeVisible();
    await expect.element(details).toHaveValue(connectionString({ ...parts, key: '•'.repeat(35) }));
    expect(currentConnections()).toEqual([]);
  });

  test('a key that is not Base64 is named', async () => {
    await show();
    await connectWith(connectionString({ key: 'not*base64' }));

    await expect.element(page.getByRole('alert')).toHaveTextContent('The account key is not Base64.');
  });

  test('CORS rules that leave this page out come with the command that adds one', async () => {
    await show();
    await connectWith(connectionString(WITHOUT_RULE));

    const alert = page.getByRole('alert', { name: 'CORS problem' });
    await expect.element(alert).toHaveTextContent('The account does not allow this page yet');
    await expect.element(alert).toHaveTextContent(`az storage cors add --services q`);
    await expect.element(alert).toHaveTextContent(`--origins ${location.origin} `);
    await expect.element(alert.getByRole('button', { name: 'Copy command' })).toBeVisible();
    await expect.element(form).toHaveTextContent('Browser accessThe reply is hidden from this page, needs attention');
    await expect.element(form.getByRole('button', { name: 'Check again' })).toBeVisible();
  });

  test('CORS rules that are too narrow are named', async () => {
    await show();
    await connectWith(connectionString({ name: 'fewheaders' }));

    const alert = page.getByRole('alert', { name: 'CORS problem' });
    await expect.element(alert).toHaveTextContent('The account allows this page too little');
  });

  test('a failed connection can be saved anyway', async () => {
    await show();
    await connectWith(connectionString(WITHOUT_RULE));
    await form.getByRole('button', { name: 'Save anyway' }).click();

    await expect.poll(() => currentConnections().map((one) => one.account)).toEqual(['norule']);
  });

  test('an empty field asks for a text', async () => {
    await show();
    await connectButton.click();

    await expect.element(page.getByRole('alert')).toHaveTextContent('Paste a connection string first.');
  });
});

test('Clear empties the form', async () => {
  await show();
  await connectWith(connectionString({ key: WRONG_KEY }));
  await expect.element(page.getByRole('alert', { name: 'Azure refused the signature' })).toBeVisible();

  await form.getByRole('button', { name: 'Clear' }).click();
  await expect.element(details).toHaveValue('');
  await expect.element(details).toHaveFocus();
  expect(page.getByRole('alert').elements()).toEqual([]);
});

test('the sign-in form takes the focus, and gives it back when it is closed', async () => {
  await show();
  const open = page.getByRole('button', { name: 'Sign in', exact: true });
  await open.click();
  await expect.element(page.getByRole('textbox', { name: 'Account name or endpoint' })).toHaveFocus();
  await page.getByRole('button', { name: 'Close sign-in' }).click();
  await expect.element(page.getByRole('form', { name: 'Sign in with Microsoft' })).not.toBeInTheDocument();
  await expect.element(open).toHaveFocus();
});

test('Connect moves the focus to the first open question', async () => {
  await show();
  await connectWith('harborlane');
  await expect.element(form.getByLabelText('Account key')).toHaveFocus();
  await connectWith(JSON.stringify([connectionString(), connectionString({ name: 'cornerfold' })]));
  await expect.element(form.getByRole('radio', { name: new RegExp(`^${account}`) })).toHaveFocus();
});

test('an unrecognised text is reported once', async () => {
  await show();
  await connectWith('what is this?');
  expect(form.getByText(/^This is not a connection string/).elements()).toHaveLength(1);
  await expect.element(details).toHaveFocus();
});

/** The order of headings from top to bottom. */
const order = () =>
  page
    .getByRole('heading', { level: 2 })
    .elements()
    .map((heading) => heading.textContent);

test('in one column the form is above the sandbox once there are connections', async () => {
  await page.viewport(390, 844);
  await show();
  expect(order()).toEqual(['Try it now', 'Connect an account']);
  await details.fill('a draft');
  await addSandbox();
  await expect.poll(order).toEqual(['Connect an account', 'Without an account', 'Your connections']);
  await expect.element(details).toHaveValue('a draft');
  await page.viewport(1200, 900);
});

/** Pastes as a person does. */
const paste = (text: string) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  details.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
};
const box = () => details.element() as HTMLTextAreaElement;

describe('a paste into a box that is filled', () => {
  const question = page.getByRole('group', { name: 'Pasted text' });

  test('replaces what is selected, without a question', async () => {
    await show();
    await details.fill('harborlane');
    box().select();
    paste('other');
    await expect.element(details).toHaveValue('other');
    await expect.element(question).not.toBeInTheDocument();
  });

  test('asks otherwise, and until the answer the box stays as it is', async () => {
    await show();
    await details.fill('harborlane');
    paste('UseDevelopmentStorage=true');
    await expect.element(question).toBeVisible();
    await expect.element(details).toHaveValue('harborlane');
    await question.getByRole('button', { name: 'Replace' }).click();
    await expect.element(details).toHaveValue('UseDevelopmentStorage=true');
    await expect.element(details).toHaveFocus();

    box().setSelectionRange(3, 3);
    paste('x');
    await question.getByRole('button', { name: 'Insert at the cursor' }).click();
    await expect.element(details).toHaveValue('UsexDevelopmentStorage=true');
    paste('y');
    await expect.element(question).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(details).toHaveValue('UsexDevelopmentStorage=true');
  });

  test('keeps a secret out of the page while it asks', async () => {
    await show();
    await details.fill('harborlane');
    paste(connectionString({ key: WRONG_KEY }));
    await expect.element(question).toBeVisible();
    expect(document.documentElement.outerHTML).not.toContain(WRONG_KEY);
  });
});

const sasUrl = async () => {
  const terms = { sv: '2024-11-04', ss: 'q', srt: 'sco', sp: 'rlaup', se: '2099-01-01T00:00:00Z' };
  return `${url}?${await makeAccountSas(await importKey(EMULATOR.key), account, terms)}`;
};
async function connected() {
  await show();
  await connectWith(connectionString());
  await expect.poll(() => currentConnections()).toHaveLength(1);
  await expect.element(details).toHaveValue('');
}

describe('a connection that is there already', () => {
  const known = page.getByRole('alert').filter({ hasText: 'is connected already' });
  test('is connected again with the same credential without a question', async () => {
    await connected();
    await connectWith(connectionString());
    await expect.element(details).toHaveValue('');
    await expect.element(known).not.toBeInTheDocument();
    expect(currentConnections()).toHaveLength(1);
  });

  test('is asked about when another credential comes, also of another kind, and stays as it is until then', async () => {
    await connected();
    await connectWith(await sasUrl());
    await expect.element(known).toBeVisible();
    expect(currentConnections()).toMatchObject([{ kind: 'key' }]);
    await known.getByRole('button', { name: 'Replace its account key' }).click();
    await expect.poll(() => currentConnections()).toMatchObject([{ kind: 'sas' }]);
  });

  test('gets another beside it, with an id and a name of its own, and both work', async () => {
    await connected();
    await connectWith(await sasUrl());
    await known.getByRole('button', { name: 'Add beside it' }).click();
    await expect.poll(() => currentConnections().map(({ kind }) => kind)).toEqual(['key', 'sas']);
    const [first, second] = currentConnections();
    expect(second?.id).toBe(`${first?.id}~2`);
    for (const { id } of currentConnections()) {
      const listed = accountFor(id);
      expect(listed?.id).toBe(id);
      await expect(listed?.listQueues().next()).resolves.toMatchObject({ done: false });
    }
  });
});
