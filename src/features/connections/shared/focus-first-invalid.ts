import { flushSync } from 'react-dom';

/** Shows what `say` says of a form, and puts the focus into the first field that is wrong: it may be out of sight. */
export function focusMistake(form: HTMLFormElement, say: () => void) {
  flushSync(say);
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
