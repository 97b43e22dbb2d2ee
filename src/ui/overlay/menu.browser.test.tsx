import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { Button, IconButton } from '../controls/button';
import { Dialog } from './dialog';
import { Menu } from './menu';

function Screen() {
  const [chosen, setChosen] = useState('nothing');
  const item = (label: string) => ({ label, onSelect: () => setChosen(label) });
  const items = [item('Export'), 'separator' as const, item('Import'), item('Clear'), item('Write')];
  return (
    <main>
      <Menu trigger={<IconButton label="More" icon="…" />} items={items} />
      <Menu label="Pace" trigger={<Button>Fast</Button>} items={items} />
      <Menu trigger={<Button reason="Read-only">Off</Button>} items={items} />
      {chosen === 'Write' && (
        <Dialog title="Write" onClose={() => setChosen('nothing')}>
          <input aria-label="Field" />
        </Dialog>
      )}
      <p>Chosen: {chosen}</p>
    </main>
  );
}

const button = (name: string) => page.getByRole('button', { name });
const menu = () => page.getByRole('menu');
const item = (name: string) => page.getByRole('menuitem', { name });

test('a press opens it with the focus in it, named as its button or by a name of its own', async () => {
  await render(<Screen />);
  await button('More').click();
  await expect.element(menu()).toHaveAccessibleName('More');
  await expect.poll(() => menu().element().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(menu()).not.toBeInTheDocument();
  await expect.element(button('More')).toHaveFocus();
  await expect.element(button('More')).toHaveAttribute('aria-expanded', 'false');
  await button('Fast').click();
  await expect.element(menu()).toHaveAccessibleName('Pace');
});

test('a key opens it at an item: Enter and down at the first, up at the last', async () => {
  await render(<Screen />);
  for (const [key, name] of [
    ['{Enter}', 'Export'],
    ['{ArrowDown}', 'Export'],
    ['{ArrowUp}', 'Write'],
  ] as const) {
    button('More').element().focus();
    await userEvent.keyboard(key);
    await expect.element(item(name)).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu()).not.toBeInTheDocument();
  }
});

test('arrows and typed letters move in it, and Enter chooses', async () => {
  await render(<Screen />);
  button('More').element().focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(item('Export')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(item('Import')).toHaveFocus();
  await userEvent.keyboard('c');
  await expect.element(item('Clear')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Chosen: Clear')).toBeVisible();
  await expect.element(button('More')).toHaveFocus();
});

test('a press on its button closes it again, and one that is off opens nothing', async () => {
  await render(<Screen />);
  await button('More').click();
  await expect.element(menu()).toBeVisible();
  await userEvent.click(button('More'), { force: true });
  await expect.element(menu()).not.toBeInTheDocument();
  button('Off').element().focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await button('Off').click({ force: true });
  await button('More').click();
  await expect.element(menu()).toHaveAccessibleName('More');
});

test('a dialog that an item opens keeps the focus', async () => {
  await render(<Screen />);
  await button('More').click();
  await item('Write').click();
  await expect.element(menu()).not.toBeInTheDocument();
  await expect.element(page.getByRole('textbox', { name: 'Field' })).toHaveFocus();
});
