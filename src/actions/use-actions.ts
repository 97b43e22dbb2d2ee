import { type Command, useCommands } from '@/state/navigation/commands';
import { useDenialReason } from '@/state/permissions/permissions';
import type { MenuAction, MenuItem } from '@/ui/overlay/menu';
import { type Action, availability, runAction, type Subject, textOf } from './action';
import { shownKeys } from './shown-keys';

/** The key of an action as a keyboard has it, where it has one. */
export const shownKey = ({ keys: [first] = [] }: Pick<Command, 'keys'>): string | undefined =>
  first && shownKeys(first);

/** `availability` for components: draws them anew when what the connection may do changes. */
export function useAvailability<On extends Subject>(action: Action<On>, on: On) {
  useDenialReason(on.connectionId ?? '', on.queue);
  return availability(action, on);
}

const isOffered = <On extends Subject>({ isOffered: isFor = () => true }: Action<On>, on: On) => isFor(on);

/** Actions as items of a menu, those that are offered. */
export function useMenuItems<On extends Subject>(actions: readonly (Action<On> | 'separator')[], on: On): MenuItem[] {
  useDenialReason(on.connectionId ?? '', on.queue);
  return actions
    .filter((action) => action === 'separator' || isOffered(action, on))
    .map((action) => (action === 'separator' ? action : menuItem(action, on)));
}

const menuItem = <On extends Subject>(action: Action<On>, on: On): MenuAction => ({
  label: textOf(action.label, on),
  icon: action.icon,
  keys: shownKey(action),
  tone: action.tone,
  checked: action.isOn?.(),
  reason: availability(action, on).reason,
  onSelect: () => runAction(action, on),
});

/** An action as a command, which the keys, the palette and the shortcuts sheet read. */
export const commandOf = <On extends Subject>(action: Action<On>, on: On): Command => ({
  id: action.id,
  title: textOf(action.title ?? action.label, on),
  group: action.group,
  keys: action.keys,
  isOfGrid: action.isOfGrid,
  enabled: action.isEnabled?.(on),
  reason: availability(action, on).reason,
  run: () => runAction(action, on),
});

/** Registers actions as commands for as long as the component is there. */
export function useActions<On extends Subject>(actions: readonly Action<On>[], on: On) {
  useDenialReason(on.connectionId ?? '', on.queue);
  useCommands(actions.filter((action) => isOffered(action, on)).map((action) => commandOf(action, on)));
}
