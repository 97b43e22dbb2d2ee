const GUARD = '[data-base-ui-focus-guard]';

/**
 * Holds Tab while focus is on a guard at the edge of a dialog or menu. Base UI moves it back inside in the next frame; a
 * second Tab before that frame (held down, on a busy machine) would leave the dialog for the page behind it.
 * @returns what ends it
 */
export function holdTabOnGuards(): () => void {
  addEventListener('keydown', hold, { capture: true });
  return () => removeEventListener('keydown', hold, { capture: true });
}

function hold(event: KeyboardEvent) {
  if (event.key === 'Tab' && document.activeElement?.matches(GUARD)) event.preventDefault();
}
