import '@/styles.css';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { deleteTemplate, saveTemplate } from '@/state/settings/message-templates';
import TemplatesDialog from './dialogs/templates-dialog';

const name = (of: string) => page.getByRole('textbox', { name: `Name of ${of}`, exact: true });

test('Enter renames a template, and an empty name is as it was', async () => {
  const { id } = saveTemplate('Order', '{"name":"\u05e9\u05dc\u05d5\u05dd \u202egpj"}');
  await render(<TemplatesDialog connectionId="harborlane" queue="orders" onClose={() => {}} />);
  await name('Order').fill('New order');
  await userEvent.keyboard('{Enter}');
  await expect.element(name('New order')).toHaveFocus();
  await name('New order').fill(' ');
  await userEvent.keyboard('{Enter}');
  await expect.element(name('New order')).toHaveValue('New order');
  // What turns letters around is named, and the text has its own direction.
  await expect.element(page.getByText('U+202Egpj')).toHaveAttribute('dir', 'auto');
  deleteTemplate(id);
});
