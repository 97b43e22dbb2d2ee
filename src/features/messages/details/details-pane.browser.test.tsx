import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../../styles.css';
import { TextInput } from '@/ui/controls/field';
import { Dialog } from '@/ui/overlay/dialog';
import { DetailsPane } from './details-pane';

const TALL = [1024, 800] as const;
const SHORT = [1024, 400] as const;

test('the details take the focus when a short window makes them the whole screen, and not from a dialog over them', async () => {
  await page.viewport(...TALL);
  const pane = (
    <DetailsPane messageId="0b1f6c4e-0000-4000-8000-000000000000" onClose={() => {}}>
      <p>What the message says</p>
    </DetailsPane>
  );
  const { rerender } = await render(pane);
  await page.viewport(...SHORT);
  await expect.element(page.getByRole('complementary', { name: 'Message 0b1f6c4e' })).toHaveFocus();
  await page.viewport(...TALL);
  await rerender(
    <>
      {pane}
      <Dialog title="Edit message" onClose={() => {}}>
        <TextInput aria-label="Note" />
      </Dialog>
    </>,
  );
  const field = page.getByRole('textbox', { name: 'Note' });
  await field.click();
  await page.viewport(...SHORT);
  await expect.poll(() => innerHeight).toBe(400);
  await userEvent.keyboard('a');
  await expect.element(field).toHaveValue('a');
  await expect.element(field).toHaveFocus();
});

/** Of three buttons, those that take the focus. */
const focusable = () =>
  ['Lab', 'A row', 'Edit'].filter((name) => {
    const button = page.getByText(name, { exact: true }).element() as HTMLElement;
    button.focus();
    return document.activeElement === button;
  });

const shell = (hasDetails: boolean) => (
  <div>
    <nav>
      <button type="button">Lab</button>
    </nav>
    <main>
      <section>
        <button type="button">A row</button>
      </section>
      {hasDetails && (
        <DetailsPane messageId="0b1f6c4e-0000-4000-8000-000000000000" onClose={() => {}}>
          <button type="button">Edit</button>
        </DetailsPane>
      )}
    </main>
  </div>
);

test('where the details cover the page, nothing behind them takes the focus, until they do not', async () => {
  await page.viewport(...SHORT);
  const { rerender } = await render(shell(true));
  expect(focusable()).toEqual(['Edit']);
  await page.viewport(...TALL);
  await expect.poll(focusable).toEqual(['Lab', 'A row', 'Edit']);
  await page.viewport(...SHORT);
  await expect.poll(focusable).toEqual(['Edit']);
  await rerender(shell(false));
  for (const name of ['Lab', 'A row']) expect(page.getByText(name).element().closest('[inert]')).toBeNull();
});
