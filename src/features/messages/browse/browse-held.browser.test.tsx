import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { NO_FAULTS } from '@/sandbox/faults';
import { sandboxScreen } from '../sandbox-screen.fixture';

const screen = sandboxScreen('holds');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const holds = () => grid().getByRole('img', { name: 'Held by Browse all until it is returned' });
const leases = () => grid().getByRole('img', { name: /^Leased by you/ });
const button = (name: string | RegExp) => page.getByRole('button', { name });

test('a row is marked as held from when the browse leases it to when it returns it', async () => {
  await screen.fillAtOnce(400);
  await screen.show({ mode: 'browse' });
  await expect.element(button('Browse all 400')).toBeVisible();
  await expect.element(holds()).not.toBeInTheDocument();

  screen.session.sandbox.setFaults({ ...NO_FAULTS, latency: 600 });
  await button('Browse all 400').click();
  await expect.element(holds().first()).toBeVisible();
  // It is no lease to work with: the browse returns it by itself.
  await expect.element(button(/^Leased/)).toHaveTextContent('Leased0');
  await grid().getByText('message 1', { exact: true }).click();
  await expect.element(page.getByText('Held by Browse all', { exact: true })).toBeVisible();
  await expect.element(button('Delete')).toHaveAttribute('aria-disabled', 'true');
  await expect.element(button('Lease it')).not.toBeInTheDocument();

  // So far ahead that it refuses every signature.
  screen.session.sandbox.setFaults({ ...NO_FAULTS, clockSkew: 3_600_000 });
  await expect.element(page.getByText(/^[\d,]+ messages could not be returned$/)).toBeVisible();
  // It is nobody's work any more, and hidden still: by its receipt a person can return it.
  await expect.element(holds()).not.toBeInTheDocument();
  await expect.element(leases().first()).toBeVisible();
  await expect.element(page.getByText(/ still hidden\.$/)).toBeVisible();
  await expect.element(button(/^Release lease/)).toBeVisible();

  screen.session.sandbox.setFaults(NO_FAULTS);
  await button('Return them').click();
  await expect.element(leases()).not.toBeInTheDocument();
  await expect.element(button('Lease it')).toBeVisible();
});
