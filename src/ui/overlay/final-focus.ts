/** What has the focus and is about to go. */
const GOING = 'body, [role=menu], [role=menu] *, [data-closed], [data-closed] *';

/**
 * For the `finalFocus` of a menu or a popover: gives the focus back to what opened it, unless what was chosen in it has taken the
 * focus already, such as a dialog.
 */
export const backTo =
  (from: HTMLElement | null): (() => HTMLElement | null | false) =>
  () =>
    (document.activeElement?.matches(GOING) ?? true) && from;
