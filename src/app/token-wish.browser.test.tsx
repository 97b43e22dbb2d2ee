import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { TokenNeededError } from '@/azure/protocol/errors';
import { askForToken, declineToken } from '@/state/sign-in/token-prompts';
import { TokenWish } from './token-wish';

vi.mock('@/features/connections/sign-in/new-token-dialog', () => ({
  get default(): never {
    throw new Error('not here');
  },
}));

const ID = 'harborlane@local';

test('where the dialog for a new token does not arrive it says so over the page, and Esc declines the token', async () => {
  const asked = askForToken(ID, 'refused');
  onTestFinished(() => declineToken(ID));
  const ended = asked.catch((error: unknown) => error);
  await render(<TokenWish />);
  await expect.element(page.getByRole('alertdialog', { name: 'This part did not arrive' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(await ended).toBeInstanceOf(TokenNeededError);
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
});
