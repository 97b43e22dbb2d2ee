import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { Button } from '../controls/button';
import { Dialog } from './dialog';
import { restoreLostFocus } from './focus-home';
import { Menu } from './menu';

let stop: () => void;
beforeEach(() => {
  stop = restoreLostFocus();
});
afterEach(() => stop());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const grid = () => page.getByRole('grid');
const isOn = (selector: string) => document.activeElement?.matches(selector);

/** A screen whose bar goes with the rows, as that of selected messages does. */
function Screen({ hasGrid = true }: { hasGrid?: boolean }) {
  const [rows, setRows] = useState(2);
  const [dialog, setDialog] = useState<'move' | 'edit'>();
  const [isBusy, setIsBusy] = useState(false);
  const leave = () => setRows(0);
  return (
    <>
      <nav>
        <a href="#one">one</a>
      </nav>
      <aside aria-label="Queues">
        <input aria-label="Filter queues" />
        {rows > 0 && <Button onClick={leave}>Delete queue</Button>}
      </aside>
      <main tabIndex={-1}>
        {rows > 0 && (
          <div role="toolbar">
            <Button onClick={leave}>Release</Button>
            <Button onClick={() => setDialog('move')}>Move</Button>
            <Button disabled={isBusy} onClick={() => setIsBusy(true)}>
              Return
            </Button>
            <Menu trigger={<Button>More</Button>} items={[{ label: 'Change text', onSelect: leave }]} />
          </div>
        )}
        {hasGrid && <div role="grid" tabIndex={0} aria-label="Messages" style={{ height: 20 }} />}
        <aside tabIndex={-1} aria-label="Message">
          {rows > 0 && <Button onClick={leave}>Lease it</Button>}
          <Button>Edit</Button>
        </aside>
        <p>Nothing to press</p>
      </main>
      {dialog && (
        <Dialog title="Move" onClose={() => setDialog(undefined)}>
          <input aria-label="Target" />
          {rows > 0 && <Button onClick={leave}>Retry</Button>}
          <Button
            onClick={() => {
              setDialog(undefined);
              leave();
            }}
          >
            Begin
          </Button>
        </Dialog>
      )}
    </>
  );
}

test('a button that goes with its bar leaves the focus in the grid', async () => {
  await render(<Screen />);
  await button('Release').click();
  await expect.element(grid()).toHaveFocus();
});

test('a dialog whose opener was removed with the rows leaves the focus in the grid', async () => {
  await render(<Screen />);
  await button('Move').click();
  await expect.element(page.getByRole('textbox', { name: 'Target' })).toHaveFocus();
  await button('Begin').click();
  await expect.element(grid()).toHaveFocus();
});

test('a menu whose button was removed leaves the focus in the grid', async () => {
  await render(<Screen />);
  await button('More').click();
  await page.getByRole('menuitem', { name: 'Change text' }).click();
  await expect.element(grid()).toHaveFocus();
});

test('a closed dialog returns the focus by itself', async () => {
  await render(<Screen />);
  await button('Move').click();
  await userEvent.keyboard('{Escape}');
  await expect.element(button('Move')).toHaveFocus();
});

test('an element removed from a dialog leaves the focus in that dialog', async () => {
  await render(<Screen />);
  await button('Move').click();
  await button('Retry').click();
  await expect.element(button('Retry')).not.toBeInTheDocument();
  await expect.poll(() => isOn('[role=dialog], [role=dialog] *')).toBe(true);
});

test('an element removed from a pane leaves the focus in that pane', async () => {
  await render(<Screen />);
  await button('Lease it').click();
  await expect.poll(() => isOn('aside[aria-label=Message]')).toBe(true);
});

test('an element removed beside main leaves the focus there', async () => {
  await render(<Screen />);
  await button('Delete queue').click();
  await expect.element(page.getByRole('textbox', { name: 'Filter queues' })).toHaveFocus();
});

test('a focused button that is disabled leaves the focus in the grid', async () => {
  await render(<Screen />);
  await button('Return').click();
  await expect.element(grid()).toHaveFocus();
});

test('without rows main gets the focus', async () => {
  await render(<Screen hasGrid={false} />);
  await button('Release').click();
  await expect.poll(() => isOn('main')).toBe(true);
});

test('a press on the background removes the focus, and it is not restored', async () => {
  await render(<Screen />);
  (button('Release').element() as HTMLElement).focus();
  await page.getByText('Nothing to press').click();
  const focused = document.activeElement;
  button('Release').element().remove();
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(document.activeElement).toBe(focused);
});
