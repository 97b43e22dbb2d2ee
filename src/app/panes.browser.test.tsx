import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { focusPane } from './page';

const button = (name: string) => page.getByRole('button', { name });

async function layout() {
  await render(
    <>
      <nav aria-label="Connections and tools">
        <button type="button">Explorer</button>
      </nav>
      <nav aria-label="Places" hidden>
        <button type="button">Messages</button>
      </nav>
      <aside aria-label="Queues">
        <button type="button">Filter</button>
        <button type="button">orders</button>
      </aside>
      <main tabIndex={-1}>
        <button type="button">Peek</button>
        <aside aria-label="Message 0b1f6c4e">
          <button type="button">Edit</button>
        </aside>
      </main>
      <section aria-label="Activity">Nothing to focus</section>
    </>,
  );
}

test('goes from pane to pane and round again, past what is hidden or has nothing to focus', async () => {
  await layout();
  const visited: string[] = [];
  for (let press = 0; press < 5; press++) {
    focusPane(1);
    visited.push(document.activeElement?.textContent ?? '');
  }
  expect(visited).toEqual(['Explorer', 'Filter', 'Peek', 'Edit', 'Explorer']);
});

test('goes back, and to where the focus was in a pane', async () => {
  await layout();
  (button('orders').element() as HTMLElement).focus();
  focusPane(-1);
  await expect.element(button('Explorer')).toHaveFocus();
  focusPane(1);
  await expect.element(button('orders')).toHaveFocus();
});
