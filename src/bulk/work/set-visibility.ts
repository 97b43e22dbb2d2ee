import type { LeaseHandle } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import type { Work } from '../requests/outcome';
import { notHeld, refusedChange } from './delete-message';

/**
 * Hides leased messages for `visibilityTimeout` seconds from now, 0 to 604,800, which ends their leases. With 0 a person's
 * messages become visible at once, and the job's own when it returns all, since it would receive them again.
 */
export const setVisibility = (visibilityTimeout: number): Work<LeaseHandle, never> & Planned =>
  planned(visibilityTimeout > 0 ? ['hide'] : [], async (handle) => {
    if (handle.state !== 'held') return notHeld(handle);
    try {
      if (visibilityTimeout > 0) await handle.hide(visibilityTimeout);
      else if (handle.record?.lease?.holder !== 'work') await handle.release();
      return { item: handle, kind: 'done' };
    } catch (error) {
      return refusedChange(handle, error, 'changed');
    }
  });
