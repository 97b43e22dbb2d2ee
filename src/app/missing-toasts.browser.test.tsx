import type { ComponentType } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { showWaitingDeletes } from '@/actions/waiting-deletes';
import { queueTarget } from '@/queries/queue-target';
import { testQueue } from '@/queries/test-queue.fixture';
import { scheduleDelete, undoDelete, whenDeletesChange } from '@/state/messages/pending-deletes';
import { Toasts } from '@/ui/overlay/toast';
import { LateToasts } from './late-toasts';

test('where their code does not arrive it is said with "Try again", and a delete waits until its Undo is in sight', async () => {
  const { account, queue, leased } = await testQueue();
  const load = vi.fn<() => Promise<ComponentType>>();
  load.mockRejectedValue(new TypeError('Failed to fetch dynamically imported module'));
  await render(<LateToasts load={load} />);
  showWaitingDeletes();
  let sentAt: number | undefined;
  onTestFinished(whenDeletesChange((waiting) => ({ sentAt } = waiting[0] ?? { sentAt: undefined })));
  const held = scheduleDelete(queueTarget(account, queue), await leased(1), () => Promise.resolve());
  onTestFinished(() => void undoDelete(held?.number));
  await expect.element(page.getByText('Notes cannot be shown.')).toBeVisible();
  expect(held).toMatchObject({ sentAt: undefined });
  // With the note, and in the quiet moment.
  await expect.poll(() => load.mock.calls.length, { timeout: 10_000 }).toBe(2);
  load.mockResolvedValue(Toasts);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('Deleting 1 message')).toBeVisible();
  await expect.element(page.getByText('Notes cannot be shown.')).not.toBeInTheDocument();
  expect(sentAt).toBeGreaterThan(0);
});
