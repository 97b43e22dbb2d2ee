import { matchKeyBindingPress, parseKeybinding } from 'tinykeys';
import type { Command } from '@/state/navigation/commands';
import { toast } from '@/ui/overlay/toast-store';

/** Does what the command is for, or says why it cannot be done now. */
export function runCommand({ title, reason, run }: Command) {
  if (reason === undefined) run();
  else toast({ title: `${title}: not possible here`, detail: reason, tone: 'warn' });
}

/** How long the second key of a sequence such as `g e` may take, in ms. */
const SEQUENCE_TIMEOUT_MS = 1000;

type Facts = {
  commands: readonly Command[];
  /** False: only combinations such as Ctrl K work. */
  singleKeys: boolean;
  dialogOpen: boolean;
};

/**
 * Turns key presses into commands. The longest binding wins, so that the `1` of `g 1` does not also run `1`; among equals
 * the command registered last does, since it belongs to what opened last. Single keys never fire in a field.
 */
export function createKeyHandler(facts: () => Facts): (event: KeyboardEvent) => void {
  let pressed: KeyboardEvent[] = [];

  return (event) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event)) return;
    const { commands, singleKeys, dialogOpen } = facts();
    if (dialogOpen || isTaken(event) || (isSingle(event) && !singleKeys)) {
      pressed = [];
      return;
    }
    pressed = [...pressed.filter((one) => event.timeStamp - one.timeStamp < SEQUENCE_TIMEOUT_MS), event].slice(-3);
    const command = longestMatch(commands, pressed);
    if (!command) return;
    pressed = [];
    event.preventDefault();
    // Toasts listen for F6 as well; here they are one of the panes.
    event.stopImmediatePropagation();
    if (!event.repeat || mayRepeat(event)) runCommand(command);
  };
}

function longestMatch(commands: readonly Command[], pressed: readonly KeyboardEvent[]) {
  for (let length = pressed.length; length > 0; length--) {
    const last = pressed.slice(-length);
    const command = commands.findLast(
      ({ keys, enabled }) =>
        enabled !== false &&
        keys?.some((binding) => {
          const presses = parseKeybinding(binding);
          return presses.length === length && presses.every((press, at) => matches(last[at], press));
        }),
    );
    if (command) return command;
  }
  return undefined;
}

type Press = ReturnType<typeof parseKeybinding>[number];

const matches = (event: KeyboardEvent | undefined, press: Press) =>
  event !== undefined && (matchKeyBindingPress(event, press) || isTypedSymbol(event, press));

/** Where a mark sits differs by layout: `/` is Shift 7 and `[` is AltGr 8 in German. What was typed decides. */
function isTypedSymbol(event: KeyboardEvent, [modifiers, key]: Press) {
  return (
    event.key === key && /^[^a-z\d\s]$/i.test(event.key) && isSingle(event) && modifiers.every((one) => one === 'Shift')
  );
}

const isModifier = ({ key }: KeyboardEvent) => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key);

/** One key without Ctrl, Alt or ⌘ (AltGr, which Windows reports as Ctrl Alt, types). F keys and Esc never happen by accident. */
const isSingle = (event: KeyboardEvent) =>
  (event.getModifierState('AltGraph') || !(event.ctrlKey || event.altKey || event.metaKey)) &&
  event.key !== 'Escape' &&
  !/^F\d+$/.test(event.key);

const mayRepeat = ({ key }: KeyboardEvent) => /^(Arrow|Page)|^[jk]$/.test(key);

/** Combinations that edit or select text: they belong to what has the focus. */
const EDITS = /^[acvxyz]$/;
/** Keys by which a focused control is worked. */
const WORKS = /^( |Enter|Home|End|Arrow|Page)/;
const FIELD = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a[href], summary, input, [role=radio], [role=switch], [role=checkbox], [role=tab], [role=separator], [role=slider], [role^=menuitem], [role=option], [tabindex="0"]';

/** Lists that are searched by typing; one that is fading away no longer. */
const TYPED = ':is([role=listbox], [role=menu]):not([data-closed])';

/** True when the focused field or control has its own use for the key. An editor may sit in a shadow root. */
function isTaken(event: KeyboardEvent) {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  if (!isSingle(event)) return EDITS.test(event.key.toLowerCase()) && !target.matches('body, main');
  if (target.closest(FIELD) || (target instanceof HTMLElement && target.isContentEditable)) return true;
  if (target.closest(TYPED)) return true;
  return WORKS.test(event.key) && target.closest(CONTROL) !== null;
}
