import { useLayoutEffect } from 'react';
import { matchKeyBindingPress, parseKeybinding } from 'tinykeys';
import { insist } from '@/parts/insist';
import { type Command, currentCommands } from '@/state/navigation/commands';
import { preferences } from '@/state/settings/preferences';
import { keepKeys } from '@/ui/browser/arriving';
import { isComposing } from '@/ui/browser/is-composing';
import { keepPresses } from '@/ui/browser/keep-presses';
import { holdTabOnGuards } from '@/ui/overlay/focus-guards';
import { toast } from '@/ui/overlay/toast-store';

/** Runs a command, or shows the reason why it cannot run now. */
export function runCommand({ title, reason, run }: Command) {
  if (reason === undefined) run();
  else toast({ title: `${title}: not possible here`, detail: reason, tone: 'warn' });
}

/** The most time between two keys of a sequence such as `g e`. */
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
    if (event.defaultPrevented || isComposing(event) || isModifier(event)) return;
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
    // Base UI's toasts listen for F6 too, which would move the focus twice.
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

/** Compares the typed character: layouts differ, `/` is Shift 7 and `[` is AltGr 8 on a German one. */
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

/** Letters whose Ctrl combination edits or selects text in the focused element. */
const EDITS = /^[acvxyz]$/;
/** Keys that operate a focused control, and those that only scroll or move within one. */
const WORKS = /^( |Enter|Home|End|Arrow)/;
const PAGES = /^Page/;
const FIELD = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const PAGED = 'input, [role=separator], [role=slider], [role^=menuitem], [role=option], [tabindex="0"]:not(button)';
const CONTROL =
  'button, a[href], summary, input, [role=radio], [role=switch], [role=checkbox], [role=tab], [role=separator], [role=slider], [role^=menuitem], [role=option], [tabindex="0"]';

/** Lists that typing searches, without one that is closing. */
const TYPED = ':is([role=listbox], [role=menu]):not([data-closed])';

/** True when the focused field or control has its own use for the key. An editor may sit in a shadow root. */
function isTaken(event: KeyboardEvent) {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  if (!isSingle(event)) return EDITS.test(event.key.toLowerCase()) && !target.matches('body, main');
  if (target.closest(FIELD) || (target instanceof HTMLElement && target.isContentEditable)) return true;
  if (target.closest(TYPED)) return true;
  // What a clicker sends goes on though a button has the focus.
  if (PAGES.test(event.key)) return target.closest(PAGED) !== null;
  return WORKS.test(event.key) && target.closest(CONTROL) !== null;
}

let kept: Promise<unknown> | undefined;
/** Starts keeping the focus when a focused element is removed, for as long as the page is open. Nothing has the focus before. */
function keepFocus() {
  addEventListener('focusin', startKeeping, { once: true });
  return () => removeEventListener('focusin', startKeeping);
}
const startKeeping = () =>
  void (kept ??= insist(() => import('@/ui/overlay/focus-home')).then(({ restoreLostFocus }) => restoreLostFocus()));

/** Binds the keys of all registered commands, before what shows them is painted: a key that is pressed in that instant counts. */
export function useKeys() {
  useLayoutEffect(holdTabOnGuards, []);
  useLayoutEffect(keepPresses, []);
  useLayoutEffect(keepFocus, []);
  useLayoutEffect(() => keepKeys(isTaken), []);
  useLayoutEffect(() => {
    const handler = createKeyHandler(() => ({
      commands: currentCommands(),
      singleKeys: preferences().singleKeys,
      // Reads the document, because features open dialogs of their own.
      dialogOpen: document.querySelector('[role=dialog], [role=alertdialog]') !== null,
    }));
    addEventListener('keydown', handler);
    return () => removeEventListener('keydown', handler);
  }, []);
}
