const GUARD = '[data-base-ui-focus-guard]';

/**
 * Ignores Tab while focus is on a focus guard of a dialog or menu. Base UI moves it back inside in the next frame; a second Tab
 * before that (key repeat, busy machine) would leave the dialog.
 * @returns a function that ends it
 */
export function holdTabOnGuards(): () => void {
  addEventListener('keydown', preventTab, { capture: true });
  return () => removeEventListener('keydown', preventTab, { capture: true });
}

function preventTab(event: KeyboardEvent) {
  if (event.key === 'Tab' && document.activeElement?.matches(GUARD)) event.preventDefault();
}
