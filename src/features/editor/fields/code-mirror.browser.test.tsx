import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import CodeMirror from './code-mirror';

/** Takes each text over when it is told to, as a page that is busy does. */
const waiting: (() => void)[] = [];
function Form() {
  const [value, setValue] = useState('');
  return (
    <>
      <CodeMirror
        value={value}
        onChange={(next) => waiting.push(() => setValue(next))}
        language="text"
        label="Message body"
      />
      <output aria-label="value">{value}</output>
      <button type="button" onClick={() => setValue('from outside')}>
        Another text
      </button>
    </>
  );
}

test('what is written while the page still takes over what came before stays, and so does the caret', async () => {
  await render(<Form />);
  const body = page.getByRole('textbox', { name: 'Message body' });
  const value = page.getByRole('status', { name: 'value' });
  await body.click();
  await userEvent.keyboard('ab');
  await expect.poll(() => waiting.length).toBe(2);
  for (const text of ['a', 'ab']) {
    waiting.shift()?.();
    await expect.element(value).toHaveTextContent(text);
    await expect.element(body).toHaveTextContent('ab');
  }
  // Taken back before the page has taken it over.
  await userEvent.keyboard('c{Backspace}');
  await expect.poll(() => waiting.length).toBe(2);
  waiting.shift()?.();
  await expect.element(value).toHaveTextContent('abc');
  await userEvent.keyboard('d');
  for (const then of waiting.splice(0)) then();
  await expect.element(value).toHaveTextContent('abd');
  await expect.element(body).toHaveTextContent('abd');
  await page.getByRole('button', { name: 'Another text' }).click();
  await expect.element(body).toHaveTextContent('from outside');
});
