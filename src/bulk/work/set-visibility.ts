import type { LeaseHandle } from '../leasing/lease-handle';
import type { Work } from '../requests/outcome';
import { notHeld, refusedChange } from './delete-message';

/**
 * Hides leased messages for so many seconds from now on, 0 to 604,800, which gives up their leases. With 0 what a person
 * holds is shown at once, and what the job leased is shown when it returns all: shown at once, it would be received again.
 */
export const setVisibility =
  (visibilityTimeout: number): Work<LeaseHandle, never> =>
  async (handle) => {
    if (handle.state !== 'held') return notHeld(handle);
    try {
      if (visibilityTimeout > 0) await handle.hide(visibilityTimeout);
      else if (handle.record?.lease?.holder !== 'work') await handle.release();
      return { item: handle, kind: 'done' };
    } catch (error) {
      return refusedChange(handle, error, 'changed');
    }
  };
