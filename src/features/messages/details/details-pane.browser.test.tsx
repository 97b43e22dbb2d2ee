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
