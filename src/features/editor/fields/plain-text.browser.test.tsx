import '@/styles.css';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { PlainText } from './plain-text';

function Field({ of }: { of: string }) {
  const [value, setValue] = useState(of);
  return (
    <>
      <PlainText value={value} onChange={setValue} language="text" label="Message body" />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

const text = () => page.getByRole('status');
const field = () => page.getByRole('textbox', { name: 'Message body' });

test.each([
  ['a\r\nb\r\n', 'a\r\nb\r\nc'],
  ['a\nb\n', 'a\nb\nc'],
])('a plain field keeps the line ends of %j', async (before, after) => {
  await render(<Field of={before} />);
  await expect.element(field()).toHaveFocus();
  await userEvent.keyboard('{Control>}{End}{/Control}c');
  await expect.element(text()).toHaveTextContent(JSON.stringify(after));
});

test('a text with line ends of two kinds is read and not changed', async () => {
  await render(<Field of={'a\r\nb\nc'} />);
  await expect.element(field()).toHaveFocus();
  await userEvent.keyboard('c');
  await expect.element(text()).toHaveTextContent(JSON.stringify('a\r\nb\nc'));
  await expect.element(page.getByText(/line ends of two kinds/)).toBeVisible();
});
