import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useCommands } from '@/state/navigation/commands';
import { preferences, resetPreferences } from '@/state/settings/preferences';
import '../styles.css';
import ShortcutsDialog from './shortcuts-dialog';

afterEach(resetPreferences);

function Registered() {
  useCommands([
    { id: 'messages.add', title: 'Add message', group: 'Messages', keys: ['n'], run: () => {} },
    { id: 'app.explorer', title: 'Explorer', group: 'Go to', keys: ['g e'], run: () => {} },
    { id: 'app.settings', title: 'Settings', group: 'Go to', run: () => {} },
  ]);
  return null;
}

test('lists every command that has a key, under its group', async () => {
  await render(
    <>
      <Registered />
      <ShortcutsDialog onClose={() => {}} />
    </>,
  );
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect.element(dialog.getByRole('region', { name: 'Messages', exact: true })).toHaveTextContent('Add messageN');
  await expect.element(dialog.getByRole('region', { name: 'Go to' })).toHaveTextContent('ExplorerG E');
  await expect.element(dialog.getByText('Settings')).not.toBeInTheDocument();
});

test('single keys can be turned off right there', async () => {
  await render(<ShortcutsDialog onClose={() => {}} />);
  await page.getByRole('switch', { name: 'Single keys' }).click();
  expect(preferences().singleKeys).toBe(false);
});
