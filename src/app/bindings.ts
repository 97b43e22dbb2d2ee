import { matchKeyBindingPress, parseKeybinding } from 'tinykeys';
import type { Command } from '@/state/commands';

/** How long the second key of a sequence such as `g e` may take, in ms. */
const SEQUENCE_TIMEOUT = 1000;

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
    pressed = [...pressed.filter((one) => event.timeStamp - one.timeStamp < SEQUENCE_TIMEOUT), event].slice(-3);
    const command = longestMatch(commands, pressed);
    if (!command) return;
    pressed = [];
    event.preventDefault();
    if (!event.repeat || mayRepeat(event)) command.run();
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

const matches = (event: KeyboardEvent | undefined, press: ReturnType<typeof parseKeybinding>[number]) =>
  event !== undefined && matchKeyBindingPress(event, press);

const isModifier = ({ key }: KeyboardEvent) => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key);

/** One key without Ctrl, Alt or ⌘. F keys and Esc are never typed by accident. */
const isSingle = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) =>
  !ctrlKey && !altKey && !metaKey && key !== 'Escape' && !/^F\d+$/.test(key);

const mayRepeat = ({ key }: KeyboardEvent) => /^(Arrow|Page)|^[jk]$/.test(key);

/** Combinations that edit text; a field keeps them. */
const EDITS = /^[acvxyz]$/;
/** Keys by which a focused control is worked. */
const WORKS = /^( |Enter|Home|End|Arrow|Page)/;
const FIELD = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a[href], summary, input, [role=radio], [role=switch], [role=checkbox], [role=tab], [role=separator], [role=slider], [role^=menuitem], [role=option]';

/** Lists that are searched by typing. */
const TYPED = '[role=listbox], [role=menu]';

/** True when the focused field or control has its own use for the key. An editor may sit in a shadow root. */
function isTaken(event: KeyboardEvent) {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  if (target.closest(FIELD) || (target instanceof HTMLElement && target.isContentEditable))
    return isSingle(event) || EDITS.test(event.key.toLowerCase());
  if (target.closest(TYPED)) return isSingle(event);
  return isSingle(event) && WORKS.test(event.key) && target.closest(CONTROL) !== null;
}
