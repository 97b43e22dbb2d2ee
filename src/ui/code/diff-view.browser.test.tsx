import '@/styles.css';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { DiffView } from './diff-view';

const numbered = (from: number) => Array.from({ length: 400 }, (_, line) => `${from + line}`).join('\n');

test('a long difference is drawn in parts, and says how much of it', async () => {
  const { container } = await render(
    <DiffView before={numbered(0)} after={numbered(10_000)} names={['Message a', 'Message b']} layout="side" />,
  );
  // Looked up without roles, which takes seconds among so many cells.
  const lines = () => container.querySelectorAll('tbody tr').length;
  await expect.poll(lines).toBe(300);
  const more = container.querySelector('table + p');
  expect(more?.textContent).toBe('300 of 400 lines are shown, so that the page stays quick.Show 100 more');
  more?.querySelector('button')?.click();
  await expect.poll(lines).toBe(400);
  expect(container.querySelector('table + p')).toBeNull();
});

test('what cannot be seen is named where two texts differ by it', async () => {
  await render(
    <DiffView before={'"name": "Ada"'} after={'"name": "A\u200bda"'} names={['one', 'other']} layout="side" />,
  );
  await expect.poll(() => document.querySelectorAll('[data-name="U+200B"]').length).toBe(1);
});
