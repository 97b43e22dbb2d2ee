import { type LeaseHandle, OtherText } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import { uncertainText } from './change-text';
import { notHeld, refusedChange } from './delete-message';
import { newText, type TextChange } from './new-text';

/**
 * Hides leased messages for `visibilityTimeout` seconds from now, 0 to 604,800, which ends their leases. With 0 a person's
 * messages become visible at once, and the job's own when it returns all, since it would receive them again. With `change`, and
 * not with 0, the same request replaces the text; a message whose text is refused is not hidden.
 */
export const setVisibility = (visibilityTimeout: number, change?: TextChange): Work<LeaseHandle, never> & Planned =>
  planned(visibilityTimeout > 0 ? [...(change ? (['change'] as const) : []), 'hide'] : [], async (handle) => {
    if (handle.state !== 'held') return notHeld(handle);
    if (change && visibilityTimeout > 0) return changeAndHide(handle, visibilityTimeout, change);
    try {
      if (visibilityTimeout > 0) await handle.hide(visibilityTimeout);
      else if (handle.record?.lease?.holder !== 'work') await handle.release();
      return { item: handle, kind: 'done' };
    } catch (error) {
      return refusedChange(handle, error, 'changed');
    }
  });

async function changeAndHide(
  handle: LeaseHandle,
  seconds: number,
  change: TextChange,
): Promise<Outcome<LeaseHandle, never>> {
  const before = handle.message?.text;
  if (before === undefined) return uncertainText(handle, 'changed');
  const next = await newText(before, change);
  if ('refused' in next) return troubled(handle, 'failed', `Not changed and not hidden. ${next.refused}`);
  // Making the text took time.
  if (handle.state !== 'held') return notHeld(handle);
  try {
    await handle.hide(seconds, next.text === before ? {} : { text: next.text, only: before });
    return { item: handle, kind: 'done' };
  } catch (error) {
    if (error instanceof OtherText) return uncertainText(handle, 'changed');
    return refusedChange(handle, error, 'changed');
  }
}
