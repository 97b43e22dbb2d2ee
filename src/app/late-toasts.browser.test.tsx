import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Toasts } from '@/ui/overlay/toast';
import { dismissToast, readToasts, toast } from '@/ui/overlay/toast-store';
import { LateToasts } from './late-toasts';

test('toasts from before their code was there are shown once it is, and a failed load is tried again with the next', async () => {
  const load = vi.fn<() => Promise<ComponentType>>();
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module')).mockResolvedValue(Toasts);
  await render(<LateToasts load={load} />);
  toast({ title: 'Copied' });
  const gone = toast({ title: 'Taken back' });
  dismissToast(gone);
  await expect.poll(() => load.mock.calls.length).toBe(1);
  toast({ title: 'Message added' });
  await expect.element(page.getByText('Message added')).toBeVisible();
  await expect.element(page.getByText('Copied')).toBeVisible();
  await expect.element(page.getByText('Taken back')).not.toBeInTheDocument();
  expect(readToasts()).toHaveLength(2);
  expect(page.getByText('Copied').elements()).toHaveLength(1);
  expect(load).toHaveBeenCalledTimes(2);
});
