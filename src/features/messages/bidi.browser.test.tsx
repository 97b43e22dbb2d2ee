import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { setQueueView } from '@/state/settings/queue-view-settings';
import { noteRun } from '@/state/settings/run-expressions';
import { glyphOrder, orderAlone, TURNING_VALUES } from '@/ui/format/glyph-order.fixture';
import { sandboxScreen } from './sandbox-screen.fixture';

const screen = sandboxScreen('bidi');

test('values stand in previews, columns and the body as they do alone', async () => {
  noteRun(['path:name']);
  setQueueView(SANDBOX_ID, screen.queue, { paths: ['name'] });
  for (const value of TURNING_VALUES)
    await screen.account.sendMessage(screen.queue, { text: `{"name":"${value}","list":["${value}","12"]}` });
  await screen.show();
  const rows = page.getByRole('row', { name: /Select message|^Message/ });
  await expect.element(rows).toHaveLength(TURNING_VALUES.length);
  for (const [index, value] of TURNING_VALUES.entries()) {
    const row = rows.nth(index).element();
    const cells = () =>
      [...row.querySelectorAll('[role=gridcell]')].filter(({ textContent }) => textContent.includes(value));
    await expect.poll(() => cells().length).toBe(2);
    for (const cell of cells()) expect(glyphOrder(cell, value)).toBe(orderAlone(value));
  }
});
