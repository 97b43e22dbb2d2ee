import type { Page } from '@playwright/test';
import { KEY } from '../scripts/testing/emulator';
import { accessToken } from './access-tokens';
import { connectionString } from './accounts';
import { connectForm } from './connect-form';
import { expect, test } from './fixtures';
import { OPEN_TO_PAGES, refusal, type StandInAnswer, startStandIn } from './stand-in-service';

const HOUR_MS = 3_600_000;
const at = (fromNow: number) => new Date(Date.now() + fromNow * HOUR_MS).toUTCString();
const detail = (text: string) => ({ AuthenticationErrorDetail: text });
const frame = (start: number, expiry: number) =>
  `Signature not valid in the specified time frame: Start [${at(start)}] - Expiry [${at(expiry)}] - Current [${at(0)}]`;
const html = (status: number): StandInAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><html><body>Access denied</body></html>',
});

type Credential = 'key' | 'sas' | 'token';
type Case = [credential: Credential, answer: StandInAnswer, title: string | RegExp, nextStep: string | RegExp];

/** What a service answers, and what is told. */
const CASES: Case[] = [
  ['key', refusal(400, 'FeatureNotSupportedForAccount'), 'This account has no queues', 'take another account'],
  ['key', refusal(403, 'AuthorizationFailure'), 'does not let this browser in', 'Allow that address'],
  ['sas', refusal(403, 'AuthorizationFailure'), 'does not let this browser in', '(sip)'],
  ['token', refusal(403, 'AuthorizationFailure'), 'does not let this browser in', 'VPN'],
  [
    'sas',
    refusal(403, 'AuthorizationSourceIPMismatch', { SourceIP: '203.0.113.7' }),
    'does not let this browser in',
    '203.0.113.7',
  ],
  ['key', refusal(400, 'AccountRequiresHttps'), 'The account takes https only', 'Connect with the https address'],
  ['sas', refusal(403, 'AuthorizationProtocolMismatch'), 'The account takes https only', '(spr)'],
  [
    'key',
    refusal(403, 'AuthenticationFailed', detail('The MAC signature found in the HTTP request is not the same.')),
    'Azure refused the signature',
    'Copy it again',
  ],
  [
    'key',
    refusal(403, 'KeyBasedAuthenticationNotPermitted'),
    'This account does not accept keys',
    'Microsoft Entra ID',
  ],
  [
    'sas',
    refusal(403, 'AuthenticationFailed', detail('Signature did not match. String to sign used was r')),
    'The signature does not match',
    'Copy it again',
  ],
  [
    'sas',
    refusal(403, 'AuthenticationFailed', detail('SAS identifier cannot be found for specified signed identifier')),
    'The stored access policy is gone',
    'Ask for another signature',
  ],
  [
    'sas',
    refusal(403, 'AuthenticationFailed', detail(frame(1, 2))),
    'The signature is not valid yet',
    'Wait, or ask for',
  ],
  [
    'sas',
    refusal(403, 'AuthenticationFailed', detail(frame(-2, -1))),
    'The signature has expired',
    'Ask for another one',
  ],
  [
    'sas',
    refusal(403, 'AuthenticationFailed', detail('Signature fields not well formed.')),
    'The signature is not well formed',
    'Copy the whole address again',
  ],
  [
    'sas',
    refusal(403, 'AuthorizationServiceMismatch'),
    'The account does not allow this',
    'q (queue) among the services (ss)',
  ],
  [
    'token',
    refusal(401, 'InvalidAuthenticationInfo', detail('Audience validation failed. Audience did not match.')),
    'The token is for another service',
    'az account get-access-token',
  ],
  [
    'token',
    refusal(401, 'InvalidAuthenticationInfo', detail('Issuer validation failed. Issuer did not match.')),
    'The token is from another directory',
    'az login',
  ],
  [
    'token',
    refusal(403, 'AuthorizationPermissionMismatch'),
    'This credential may not list queues; open one by its name',
    'Storage Queue Data Reader',
  ],
  ['key', refusal(403, 'AccountIsDisabled'), 'This account is disabled', 'subscription'],
  ['key', refusal(409, 'AccountBeingCreated'), 'This account is being created', 'then check again'],
  ['key', html(407), 'A proxy answers in place of', 'Sign in to it'],
  ['key', html(502), 'A proxy answers in place of', 'Sign in to it'],
  ['key', html(403), 'is not a queue service', 'sign-in page may stand in between'],
  ['key', html(200), 'is not a queue service', 'Check the endpoint'],
];

const HOST = 'harborlanestand.queue.core.windows.net';

/** A text to connect with that credential; a token goes to Azure's own host, where a route answers. */
const inputFor = (credential: Credential, endpoint: string) =>
  credential === 'sas'
    ? `QueueEndpoint=${endpoint};SharedAccessSignature=sv=2024-11-04&ss=q&srt=sco&sp=rwdlacup&se=2099-01-01T00:00:00Z&sig=${encodeURIComponent(KEY.slice(0, 44))}`
    : connectionString({ name: 'harborlane', key: KEY, endpoint });

/** A page before a service that answers as the test says. */
async function openStage(page: Page, allowHost: (address: string) => void) {
  let answer: StandInAnswer = { status: 200 };
  const service = await startStandIn(() => answer);
  allowHost(service.url);
  await page.route(`https://${HOST}/**`, (route, request) =>
    route.fulfill(
      request.method() === 'OPTIONS'
        ? { status: 200, headers: OPEN_TO_PAGES }
        : { ...answer, headers: { ...OPEN_TO_PAGES, ...answer.headers } },
    ),
  );
  return {
    [Symbol.dispose]: () => service[Symbol.dispose](),
    answers: (next: StandInAnswer) => void (answer = next),
    async connect(credential: Credential) {
      const { details, submit, form } = connectForm(page);
      if (credential === 'token') {
        await details.fill(accessToken({ time: Date.now() }));
        await form.getByLabel('Account name').fill('harborlanestand');
      } else await details.fill(inputFor(credential, `${service.url}/harborlane`));
      await submit.click();
    },
  };
}

test('each refusal is told at connecting, with its cause and the next step', async ({ page, allowHost }) => {
  test.slow();
  using stage = await openStage(page, allowHost);
  await page.goto('/#/connect');
  const { form } = connectForm(page);
  for (const [credential, answer, title, nextStep] of CASES) {
    const name = `${credential}: ${title}`;
    // oxlint-disable-next-line no-await-in-loop -- one after another in one page
    await test.step(name, async () => {
      stage.answers(answer);
      await stage.connect(credential);
      const alert = form.getByRole('alert');
      await expect(alert.getByRole('heading')).toContainText(title, { timeout: 15_000 });
      await expect(alert).toContainText(nextStep);
    });
  }
});

const QUEUES: StandInAnswer = {
  status: 200,
  body: '<EnumerationResults><Queues><Queue><Name>orders</Name></Queue></Queues><NextMarker/></EnumerationResults>',
};

for (const kind of ['key', 'sas'] as const)
  test(`with a ${kind} that was accepted, each refusal is told the same way at Peek and at New queue`, async ({
    page,
    allowHost,
  }) => {
    test.slow();
    using stage = await openStage(page, allowHost);
    await page.goto('/#/connect');
    stage.answers(QUEUES);
    await stage.connect(kind);
    const orders = page.getByRole('link', { name: /^orders/ });
    await orders.click();
    const main = page.getByRole('main');
    // The first peek is answered with the list of queues: a press of Refresh while it is under way would be lost.
    await expect(main.getByRole('alert')).toContainText('is not a queue service');
    for (const [credential, answer, title, nextStep] of CASES) {
      // A web page with 200 is no refusal, New queue tells a permission by its button, and Chromium shows no page a 407.
      const isShown = ![200, 407].includes(answer.status) && title !== 'The account does not allow this';
      if (credential !== kind || !isShown) continue;
      // oxlint-disable-next-line no-await-in-loop -- one after another in one page
      await test.step(String(title), async () => {
        stage.answers(answer);
        await page
          .getByRole('button', { name: /^(Refresh|Check again)$/ })
          .first()
          .click();
        const panel = main.getByRole('alert').filter({ has: page.getByRole('heading', { level: 2 }) });
        await expect(panel).toContainText(title, { timeout: 15_000 });
        await expect(panel).toContainText(nextStep);

        await page.getByRole('button', { name: 'New queue' }).first().click();
        const dialog = page.getByRole('dialog', { name: 'New queue' });
        await dialog.getByRole('textbox', { name: 'Queue name' }).fill('manifests');
        await dialog.getByRole('button', { name: 'Create queue' }).click();
        await expect(dialog).toContainText(title);
        await expect(dialog).toContainText(nextStep);
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      });
    }
  });

test('a host that cannot be reached is told with the one cause that the local server finds, and its next step', async ({
  page,
  allowHost,
}) => {
  test.slow();
  using http = await startStandIn(() => QUEUES);
  using https = await startStandIn(() => QUEUES, true);
  using blob = await startStandIn(() => ({
    status: 400,
    headers: { 'x-ms-request-id': 'r', server: 'Azurite-Blob/3.35' },
  }));
  const closed = await startStandIn(() => QUEUES);
  closed[Symbol.dispose]();
  for (const { url } of [http, https, blob, closed]) allowHost(url);
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  const tell = async (endpoint: string, title: string, nextStep: string) =>
    test.step(title, async () => {
      await details.fill(connectionString({ name: 'harborlane', key: KEY, endpoint: `${endpoint}/harborlane` }));
      await submit.click();
      const alert = form.getByRole('alert');
      await expect(alert.getByRole('heading')).toContainText(title, { timeout: 15_000 });
      await expect(alert).toContainText(nextStep);
    });

  await tell(
    closed.url,
    `127.0.0.1:${closed.port} does not answer`,
    'Nothing listens at that address. Start the emulator, or check the port',
  );
  await tell(https.url, `The certificate of 127.0.0.1:${https.port} is not trusted`, 'It is signed by itself');
  await expect(form.getByRole('link', { name: `Open ${https.url}` })).toHaveAttribute('href', https.url);
  await tell(
    blob.url.replace('http:', 'https:'),
    `127.0.0.1:${blob.port} takes http, not https`,
    'Change the beginning',
  );
  await tell(
    https.url.replace('https:', 'http:'),
    `127.0.0.1:${https.port} takes https, not http`,
    'Change the beginning',
  );
  await tell(
    http.url.replace('http:', 'https:'),
    `127.0.0.1:${http.port} takes http, not https`,
    'Change the beginning',
  );

  await form.getByRole('button', { name: 'Use http' }).click();
  await expect(page.getByRole('link', { name: /^orders/ })).toBeVisible();
});

test('an empty failure of an emulator on Peek is told as a message that it cannot write, with what helps', async ({
  page,
  allowHost,
}) => {
  const asked: string[] = [];
  using service = await startStandIn((_, url) => {
    if (url.searchParams.has('numofmessages')) asked.push(url.searchParams.get('numofmessages') ?? '');
    const isWhole = url.searchParams.get('numofmessages') !== '1';
    if (!url.pathname.endsWith('/messages')) return QUEUES;
    return isWhole ? { status: 500 } : { status: 200, body: '<QueueMessagesList></QueueMessagesList>' };
  });
  allowHost(service.url);
  await page.goto('/#/connect');
  const { details, submit } = connectForm(page);
  await details.fill(connectionString({ name: 'harborlane', key: KEY, endpoint: `${service.url}/harborlane` }));
  await submit.click();
  await page.getByRole('link', { name: /^orders/ }).click();

  const panel = page.getByRole('main').getByRole('alert');
  await expect(panel).toContainText('One message may be unreadable for the service', { timeout: 20_000 });
  await expect(panel.getByRole('button', { name: 'Receive one at a time' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Clear queue' })).toBeVisible();
  await panel.getByRole('button', { name: 'Peek 1 message' }).click();
  await expect(page.getByRole('heading', { name: 'orders is empty' })).toBeVisible();
  expect(asked.at(-1)).toBe('1');
});
