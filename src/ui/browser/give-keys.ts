/** A key that was pressed, or a text that was pasted, before the part that it belongs to was there. */
export type KeptKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey'> | { pasted: string };

const TABBABLE =
  ':is(a[href], button, input, select, textarea, [tabindex="0"], [contenteditable=true]):not(:disabled, [tabindex="-1"], [data-base-ui-focus-guard])';

const nextFrame = () => new Promise(requestAnimationFrame);

/**
 * Gives keys to what has the focus, in their order: texts, Backspace and the moves of the caret to a field, and every key as an
 * event to whoever listens. Enter and Space press no button: a person presses a button that they see.
 * @param keys they are taken out; those that come meanwhile go on at the end
 * @param mayGoOn false when the keys belong to another part: the others stay
 */
export async function giveKeys(keys: KeptKey[], mayGoOn: () => boolean): Promise<void> {
  while (keys.length > 0 && mayGoOn()) {
    const field = focusedField();
    const text = field ? takeText(keys, !(field instanceof HTMLInputElement)) : '';
    if (text && field) insert(field, text);
    else {
      const [key] = keys.splice(0, 1);
      if (key) give(key, field);
    }
    // What it changed is drawn, and a dialog that it closed or opened is known.
    await nextFrame();
    await nextFrame();
  }
}

/** Takes the letters at the front, and the ends of lines among them where a field has several. */
function takeText(keys: KeptKey[], hasLines: boolean): string {
  const isText = (kept: KeptKey) =>
    !('pasted' in kept) &&
    (kept.key.length === 1 || (hasLines && kept.key === 'Enter' && !kept.ctrlKey && !kept.metaKey));
  const until = keys.findIndex((key) => !isText(key));
  return keys
    .splice(0, until < 0 ? keys.length : until)
    .map((kept) => ('pasted' in kept ? '' : kept.key === 'Enter' ? '\n' : kept.key))
    .join('');
}

/** An editor takes a text as pasted: it reads what the browser inserts from the page later, and may draw its lines anew meanwhile. */
function insert(field: HTMLElement, text: string) {
  if (!field.isContentEditable || pasteInto(field, text)) document.execCommand('insertText', false, text);
}

/** @returns false when the target has taken the text */
function pasteInto(target: Element, text: string): boolean {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  // Firefox leaves out what it is given as `clipboardData`, and has names of its own.
  const own = { data: text, dataType: 'text/plain' };
  const event = new ClipboardEvent('paste', { clipboardData, ...own, bubbles: true, cancelable: true, composed: true });
  // Who listens would take an empty one, and the text would be lost.
  return event.clipboardData?.getData('text/plain') !== text || target.dispatchEvent(event);
}

function focused(): Element {
  let element: Element | null = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element ?? document.body;
}

const NO_TEXT = /^(checkbox|radio|button|submit|reset|range|color|file)$/;

/** What has the focus, where text can be typed into it. */
function focusedField(): HTMLElement | undefined {
  const element = focused();
  if (element instanceof HTMLInputElement) return NO_TEXT.test(element.type) || element.readOnly ? undefined : element;
  if (element instanceof HTMLTextAreaElement) return element.readOnly ? undefined : element;
  return element instanceof HTMLElement && element.isContentEditable ? element : undefined;
}

function give(kept: KeptKey, field: HTMLElement | undefined) {
  const target = field ?? focused();
  if ('pasted' in kept) {
    if (pasteInto(target, kept.pasted) && field) document.execCommand('insertText', false, kept.pasted);
    return;
  }
  const press = new KeyboardEvent('keydown', { ...kept, bubbles: true, cancelable: true, composed: true });
  if (!target.dispatchEvent(press)) return;
  if (kept.key === 'Tab') moveFocus(kept.shiftKey ? -1 : 1);
  else if (field) edit(field, kept);
}

/** Does what a browser does for a key in a field. */
function edit(field: HTMLElement, { key, ctrlKey, metaKey }: Exclude<KeptKey, { pasted: string }>) {
  if (key === 'Backspace') document.execCommand('delete');
  else if (key === 'Enter' && !(ctrlKey || metaKey)) {
    if (field instanceof HTMLInputElement) submit(field);
    else document.execCommand('insertText', false, '\n');
  } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) moveCaret(field, key);
}

/** As Enter in a field of a form: by its button, unless that is off. */
function submit({ form }: HTMLInputElement) {
  const button = [...(form?.elements ?? [])].find(
    (one): one is HTMLButtonElement => one instanceof HTMLButtonElement && one.type === 'submit',
  );
  if (button && !button.disabled && button.ariaDisabled !== 'true') form?.requestSubmit(button);
}

function moveCaret(field: HTMLInputElement | HTMLTextAreaElement, key: string) {
  const at = field.selectionStart;
  // A number has no caret that can be read.
  if (at === null) return;
  const { length } = field.value;
  const moves: Record<string, number> = {
    ArrowLeft: Math.max(0, at - 1),
    ArrowRight: Math.min(length, at + 1),
    Home: 0,
    End: length,
  };
  const to = moves[key];
  if (to !== undefined) field.setSelectionRange(to, to);
}

function moveFocus(step: 1 | -1) {
  const dialog = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1) ?? document.body;
  const stops = [...dialog.querySelectorAll<HTMLElement>(TABBABLE)].filter((one) => one.checkVisibility());
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops.at((at + step) % stops.length)?.focus();
}
