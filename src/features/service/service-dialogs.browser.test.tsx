import '@/styles.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { ruleFor } from '@/azure/diagnosis/cors-rule';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { createSandbox } from '@/sandbox/service';
import { addConnection, forgetConnection, loadConnections } from '@/state/connections/connections';
import { addSandbox } from '@/state/sandbox/sandbox';
import { Toasts } from '@/ui/overlay/toast';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { AccessPoliciesOf } from './access-policies-dialog';
import { ServicePropertiesOf } from './service-properties-dialog';

const close = () => {};

beforeEach(async () => {
  await page.viewport(1000, 900);
  for (const { id } of readToasts()) dismissToast(id);
});

/** An account of a sandbox that the page takes for a real service, whose rules apply. */
async function newAccount() {
  const sandbox = createSandbox();
  const credential = { kind: 'key' as const, key: await importKey(SANDBOX.key) };
  const account = connect({ ...SANDBOX, credential }, { fetch: sandbox.fetch, delay: () => Promise.resolve() });
  return { account, sandbox };
}

const show = (element: ReactElement) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Tooltip.Provider>
        {element}
        <Toasts />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );

const button = (name: string) => page.getByRole('button', { name, exact: true });
const save = () => button('Save properties');

async function expectOff(name: string) {
  await expect.element(button(name)).toHaveAttribute('aria-disabled', 'true');
}
async function expectRefusal(name: string, reason: string) {
  await expectOff(name);
  await expect.element(page.getByText(reason)).toBeVisible();
}

test('rules that lock this page out are warned about before saving, and one click allows it again', async () => {
  const { account } = await newAccount();
  const logging = { version: '1.0', read: true, write: true, delete: true, retention: { enabled: true, days: 9 } };
  await account.setServiceProperties({ logging, cors: [ruleFor('*')] });
  await show(<ServicePropertiesOf account={account} onClose={close} />);

  await expect.element(save()).toHaveAttribute('aria-disabled', 'true');
  await button('Edit rule 1').click();
  await page.getByRole('textbox', { name: 'Allowed origins' }).fill('https://elsewhere.example');
  await expect.element(page.getByText('These rules lock this page out')).toBeVisible();
  await expect.element(page.getByText(`GET, PUT, POST, DELETE: no rule names ${location.origin}`)).toBeVisible();
  await expect.element(save()).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText('This would lock this page out: tick the box if you mean it')).toBeVisible();

  await button('Allow this page').click();
  await expect.element(page.getByText('These rules lock this page out')).not.toBeInTheDocument();
  await expect.element(page.getByRole('status', { name: 'This page' })).toHaveTextContent('is allowed by these rules');
  await save().click();

  await expect.element(page.getByText('Saved service properties of sandbox')).toBeVisible();
  expect(await account.getServiceProperties()).toMatchObject({
    logging,
    cors: [ruleFor(location.origin), { ...ruleFor('*'), allowedOrigins: ['https://elsewhere.example'] }],
  });
});

test('this page can be locked out after a confirmation', async () => {
  const { account } = await newAccount();
  const narrow = { ...ruleFor('https://elsewhere.example'), allowedMethods: ['GET' as const] };
  await account.setServiceProperties({ cors: [ruleFor('*'), narrow] });
  await show(<ServicePropertiesOf account={account} onClose={close} />);
  await button('Remove rule 1').click();
  await page.getByRole('checkbox', { name: /Save all the same/ }).click();
  // That was said of the rules as they were then.
  await button('Remove rule 1').click();
  await expectRefusal('Save properties', 'This would lock this page out: tick the box if you mean it');
  await page.getByRole('checkbox', { name: /Save all the same/ }).click();
  await save().click();
  await expect.poll(async () => (await account.getServiceProperties()).cors).toEqual([]);
});

test('a connection that takes the relay is not warned of rules that lock it out', async () => {
  const place = { ...SANDBOX, endpoint: 'https://relayed.queue.invalid' };
  const sandbox = createSandbox({ account: { ...place, name: place.account } });
  const credential = { kind: 'key' as const, key: await importKey(SANDBOX.key) };
  const account = connect({ ...place, credential }, { fetch: sandbox.fetch, delay: () => Promise.resolve() });
  await loadConnections();
  const { id } = await addConnection(
    { account: place.account, endpoint: place.endpoint, credential, relay: true },
    'tab',
  );
  expect(id).toBe(account.id);
  await show(<ServicePropertiesOf account={account} onClose={close} />);

  await expect.element(page.getByRole('status', { name: 'This page' })).toHaveTextContent('takes the relay');
  await button('Add rule').click();
  await page.getByRole('textbox', { name: 'Allowed origins' }).fill('https://elsewhere.example');
  await page.getByRole('checkbox', { name: 'GET' }).click();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  await save().click();
  await expect.poll(async () => (await account.getServiceProperties()).cors?.length).toBe(1);
  await forgetConnection(id);
});

test('rules of the sandbox are said to have no effect, and lock nobody out', async () => {
  const { account } = await newAccount();
  await loadConnections();
  const { id } = await addSandbox();
  await show(<ServicePropertiesOf account={account} onClose={close} />);
  await expect.element(page.getByText(/These rules have no effect in the sandbox/)).toBeVisible();
  await expect.element(page.getByText('No rules: no page is allowed.')).not.toBeInTheDocument();
  await button('Add rule').click();
  await page.getByRole('textbox', { name: 'Allowed origins' }).fill('https://elsewhere.example');
  await page.getByRole('checkbox', { name: 'GET' }).click();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  await save().click();
  await expect.element(page.getByText('The sandbox keeps them and applies none.', { exact: true })).toBeVisible();
  expect((await account.getServiceProperties()).cors).toHaveLength(1);
  await forgetConnection(id);
});

test('a change by somebody else is shown, and not overwritten without a choice', async () => {
  // Low enough for the conflict to be out of sight.
  await page.viewport(1000, 560);
  const { account } = await newAccount();
  await account.setServiceProperties({ cors: [ruleFor('*')] });
  await show(<ServicePropertiesOf account={account} tab="logging" onClose={close} />);
  await page.getByRole('checkbox', { name: /Reads/ }).click();
  const retention = { enabled: true, days: 30 };
  await account.setServiceProperties({
    logging: { version: '1.0', read: false, write: true, delete: false, retention },
    hourMetrics: { version: '1.0', enabled: true, includeApis: false, retention },
  });
  await save().click();

  await expect.element(page.getByText('The service properties changed since you opened them')).toBeInViewport();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Kept: 30 days');
  expect((await account.getServiceProperties()).logging).toMatchObject({ read: false, write: true });
  await button('Replace with mine').click();
  await expect.element(page.getByText('Saved service properties of sandbox')).toBeVisible();
  expect(await account.getServiceProperties()).toMatchObject({
    logging: { read: true, write: false, retention: { enabled: false } },
    hourMetrics: { enabled: true },
  });
});

test('the rules that somebody else wrote meanwhile can be taken', async () => {
  const { account } = await newAccount();
  await account.setServiceProperties({ cors: [ruleFor('*')] });
  await show(<ServicePropertiesOf account={account} onClose={close} />);
  await button('Add rule').click();
  await page.getByRole('textbox', { name: 'Allowed origins' }).fill('https://mine.example');
  await page.getByRole('checkbox', { name: 'GET' }).click();
  await account.setServiceProperties({ cors: [ruleFor('*'), ruleFor('https://theirs.example')] });
  await save().click();
  await button('Take theirs').click();
  await expect.element(page.getByText('https://theirs.example').first()).toBeVisible();
  await expect.element(page.getByText('https://mine.example')).not.toBeInTheDocument();
  await expectOff('Save properties');
});

test.each([
  ['0', false],
  ['1', true],
  ['365', true],
  ['366', false],
])('logs kept for %s days can be saved: %s', async (days, isLegal) => {
  const { account } = await newAccount();
  await account.setServiceProperties({
    logging: { version: '1.0', read: true, write: false, delete: false, retention: { enabled: true, days: 7 } },
  });
  await show(<ServicePropertiesOf account={account} tab="logging" onClose={close} />);
  await page.getByRole('spinbutton').fill(days);
  // An illegal number does not change the stored one, so there is nothing to save.
  await expect.poll(() => save().element().getAttribute('aria-disabled')).toBe(isLegal ? null : 'true');
});

test('a failed save keeps everything that was typed', async () => {
  const { account, sandbox } = await newAccount();
  await show(<ServicePropertiesOf account={account} tab="minuteMetrics" onClose={close} />);
  await page.getByRole('switch', { name: 'Collect minute metrics' }).click();
  sandbox.setFaults({ busy: 1 });
  await save().click();
  await expect.element(page.getByText('503 ServerBusy')).toBeVisible();
  await expect.element(page.getByRole('switch', { name: 'Collect minute metrics' })).toBeChecked();
  sandbox.setFaults({ busy: 0 });
  await save().click();
  await expect.element(page.getByText('Saved service properties of sandbox')).toBeVisible();
});

test('policies are checked against the rules, and the effect of a removal is shown before saving', async () => {
  const { account } = await newAccount();
  await account.createQueue('orders');
  const old = { id: 'old', startsAt: '2026-01-01T00:00:00.1234567Z', permissions: 'rp' };
  await account.setAccessPolicies('orders', [old]);
  await show(<AccessPoliciesOf account={account} queue="orders" onClose={close} />);

  await button('Add policy').click();
  const id = page.getByRole('textbox', { name: 'Id of policy 2' });
  await expect.element(id).toHaveFocus();
  await expectRefusal('Save policies', 'A policy has no id yet');
  await id.fill('old');
  await expect.element(page.getByText('Another policy has this id.').first()).toBeVisible();
  await expectRefusal('Save policies', 'Azure would refuse this: see the marked fields');
  await id.fill('workers');
  await page.getByRole('textbox', { name: 'Expiry of policy 2' }).fill('2030-01-01T00:00');
  await expect.element(page.getByText('Write it as 2026-12-31 or 2026-12-31T18:00Z.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Expiry of policy 2' }).fill('2030-01-01T00:00Z');
  const permissions = page.getByRole('group', { name: 'Permissions of policy 2' });
  await permissions.getByRole('checkbox', { name: /Process/ }).click();
  await permissions.getByRole('checkbox', { name: /Add/ }).click();
  await button('Save policies').click();
  await expect.element(page.getByText('Saved access policies of orders')).toBeVisible();
  expect(await account.getAccessPolicies('orders')).toEqual([
    old,
    { id: 'workers', expiresAt: '2030-01-01T00:00:00.0000000Z', permissions: 'rap' },
  ]);
});

test('a queue keeps five policies: a sixth cannot be added, and a removal makes room', async () => {
  const { account } = await newAccount();
  await account.createQueue('orders');
  await account.setAccessPolicies(
    'orders',
    ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, permissions: 'r' })),
  );
  await show(<AccessPoliciesOf account={account} queue="orders" onClose={close} />);
  await expect.element(button('Remove e')).toBeVisible();
  await expectOff('Add policy');
  await button('Remove e').click();
  await button('Add policy').click();
  await expect.element(page.getByRole('textbox', { name: 'Id of policy 5' })).toHaveFocus();
});

test('policies that somebody else changed are not overwritten without a choice, and a removal revokes signatures', async () => {
  const { account } = await newAccount();
  await account.createQueue('orders');
  await account.setAccessPolicies('orders', [{ id: 'readers', permissions: 'r' }]);
  await show(<AccessPoliciesOf account={account} queue="orders" onClose={close} />);
  await button('Remove readers').click();
  await expect
    .element(page.getByText('Every shared access signature that names “readers” stops working at once.'))
    .toBeVisible();
  await account.setAccessPolicies('orders', [{ id: 'readers', permissions: 'ra' }]);
  await button('Save policies').click();
  await expect.element(page.getByText('The access policies changed since you opened them')).toBeVisible();
  await button('Take theirs').click();
  await expect.element(page.getByRole('checkbox', { name: /Add/ })).toBeChecked();
  expect(await account.getAccessPolicies('orders')).toEqual([{ id: 'readers', permissions: 'ra' }]);
});
