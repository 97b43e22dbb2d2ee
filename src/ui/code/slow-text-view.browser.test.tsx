import '@/styles.css';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { SlowText } from './slow-text-view';

test('a text that is slow to draw is shown in few rows, until it is to be edited', async () => {
  const edit = vi.fn<() => void>();
  const text = 'a\u05d0 1 '.repeat(9000);
  const screen = await render(
    <div style={{ height: 260, width: 700, display: 'grid', gridTemplate: 'minmax(0, 1fr) / minmax(0, 1fr)' }}>
      <SlowText text={text} onEdit={edit} className="border-line-control bg-surface" />
    </div>,
  );
  await expect.element(screen.getByRole('region', { name: 'Text to edit' })).toHaveTextContent('a\u05d0 1');
  expect(document.querySelectorAll('code').length).toBeLessThan(30);
  await screen.getByRole('button', { name: 'Edit all the same' }).click();
  expect(edit).toHaveBeenCalledOnce();
});
