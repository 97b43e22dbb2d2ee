import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Toolbar } from './toolbar';

function Bar() {
  const [hasThird, setThird] = useState(false);
  const [hasZeroth, setZeroth] = useState(false);
  return (
    <>
      <button type="button">before</button>
      <button type="button" onClick={() => setZeroth(true)}>
        more
      </button>
      <Toolbar label="Tools">
        {hasZeroth && <button type="button">zero</button>}
        <button type="button" onClick={() => setThird(true)}>
          one
        </button>
        <button type="button">two</button>
        {hasThird && <button type="button">three</button>}
      </Toolbar>
      <button type="button">after</button>
    </>
  );
}

const button = (name: string) => page.getByRole('button', { name });

test('a toolbar is one tab stop, arrows go round in it, and Tab comes back to where it was left', async () => {
  await render(<Bar />);
  button('more').element().focus();
  await userEvent.keyboard('{Tab}');
  await expect.element(button('one')).toHaveFocus();
  await userEvent.keyboard('{Enter}{ArrowLeft}');
  await expect.element(button('three')).toHaveFocus();
  await userEvent.keyboard('{ArrowLeft}{Tab}');
  await expect.element(button('after')).toHaveFocus();
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  await expect.element(button('two')).toHaveFocus();
  await userEvent.keyboard('{Home}');
  await expect.element(button('one')).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}{End}');
  await expect.element(button('three')).toHaveFocus();
});

test('the first control is where Tab enters a toolbar that nobody was in, also if it arrives after the others', async () => {
  await render(<Bar />);
  button('more').element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('zero')).toBeVisible();
  await userEvent.keyboard('{Tab}');
  await expect.element(button('zero')).toHaveFocus();
});
