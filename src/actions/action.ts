import type { ReactNode } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import { type Command, useCommands } from '@/state/navigation/commands';
import { type OpenDialog, openDialog, type ScopeFilter } from '@/state/navigation/open-dialog';
import { denialReason, type PermissionName, useDenialReason } from '@/state/permissions/permissions';
import type { MenuAction, MenuItem } from '@/ui/overlay/menu-item';
import { shownKeys } from './shown-keys';
import { choose, type Need } from './taken';

/** What an action is done to; without a connection, to the page. */
export type Subject = {
  connectionId?: string | undefined;
  queue?: string | undefined;
  /** The messages that are meant; left out where the action is for a queue or a connection as a whole. */
  rows?: readonly MessageRow[] | undefined;
  /** The messages that a filter leaves, where one is on: what means the whole queue asks whether it means these. */
  shown?: readonly MessageRow[] | undefined;
  /** That filter, as data. */
  filter?: Omit<ScopeFilter, 'matching' | 'inHand'> | undefined;
};

type Text<On> = string | ((on: On) => string);

/** What a person can do, declared once: buttons, menus, keys, the palette, the shortcuts sheet and dialogs read it. */
export type Action<On = Subject> = {
  /** `messages.move` */
  id: string;
  group: Command['group'];
  /** On a button and in a menu. */
  label: Text<On>;
  /** In the palette and the sheet, where the label does not say what it is about: verb and object. */
  title?: Text<On>;
  /** On a button that can be pressed, as its tooltip. */
  hint?: Text<On>;
  icon?: ReactNode;
  /** The icon where its meaning depends on the subject; undefined for `icon`. */
  iconFor?: (on: On) => ReactNode;
  /** tinykeys bindings, such as `n`, `$mod+k`, `g e`, `Shift+?`. The first is the one shown. */
  keys?: readonly string[];
  /** The focused grid takes the keys itself, and the sheet lists them there. */
  isOfGrid?: boolean;
  /** What the connection must allow. */
  may?: PermissionName;
  /** True where its dialog opens without the permission too, to be read. */
  isReadable?: boolean;
  /** What each of its messages must be. */
  needs?: Need;
  tone?: 'danger';
  /** It means the whole queue, and can mean what a filter leaves of it: its dialog asks which. */
  canMeanShown?: boolean;
  /** Which of the messages of the subject it means, where not all. */
  pick?: (on: On) => readonly MessageRow[];
  /** Why it cannot be done, besides permission and messages: a sentence. */
  reason?: (on: On) => string | undefined;
  /** False where it makes no sense for the subject: it is not shown. */
  isOffered?: (on: On) => boolean;
  /** False while there is nothing to do: the sheet lists it, and its key does nothing. */
  isEnabled?: (on: On) => boolean;
  /** What is switched on or off, for a menu. */
  isOn?: () => boolean;
  /** The dialog that it opens, and how, besides what it is about: that the subject says. */
  opens?: OpenDialog['kind'];
  how?: { action: 'move' | 'copy' | 'redrive' | 'requeue' } | { tab: 'replication' };
  /** Does it; an action without it opens its dialog. `rows` are the messages that can be worked on. */
  run?: (on: On, rows: readonly MessageRow[]) => void;
};

/** Whether an action can be done: the messages that it can be done to, and if not, the reason. */
export type Availability = { rows: readonly MessageRow[]; reason: string | undefined };

/** The one place where permission, read-only, leases and claims are put together. The first reason counts. */
export function availability<On extends Subject>(action: Action<On>, on: On): Availability {
  const { may, isReadable = false, needs } = action;
  const chosen = choose(needs, action.pick?.(on) ?? on.rows);
  const denied = may && !isReadable && on.connectionId && denialReason(on.connectionId, may, on.queue);
  return { rows: chosen.rows, reason: denied || (action.reason?.(on) ?? chosen.reason) };
}

/** Does an action unless it cannot be done now. */
export function runAction<On extends Subject>(action: Action<On>, on: On): void {
  const { needs, opens, how, run, canMeanShown } = action;
  const { rows, reason } = availability(action, on);
  if (reason !== undefined) return;
  if (run) run(on, rows);
  else if (opens)
    openDialog({
      kind: opens,
      ...how,
      ...scopeOf(on, needs && rows),
      ...(canMeanShown && shownOf(on)),
      ...(CAN_MEAN_MATCHING.has(opens) && filterOf(on)),
    } as OpenDialog);
}

/** The dialogs that can mean all messages that match a filter, also those that are not loaded. */
const CAN_MEAN_MATCHING: ReadonlySet<OpenDialog['kind']> = new Set([
  'moveMessages',
  'workOnMessages',
  'deleteMessages',
  'exportMessages',
  'changeText',
  'setVisibility',
]);

/** The filter that is on, for a dialog that offers all that match it. */
export function filterOf({ filter, shown = [] }: Subject): { filter: ScopeFilter } | undefined {
  const inHand = shown.filter(({ lease }) => lease !== undefined).length;
  return filter && { filter: { ...filter, matching: shown.map(({ id }) => id), inHand } };
}

/** The messages that a filter leaves, for a dialog that asks whether they are meant. */
const shownOf = ({ shown }: Subject) => shown && { shown: idsAndReach(shown) };

/** A subject as what a dialog is opened for: of messages their ids, and how many visible ones are up to the last of them. */
export const scopeOf = ({ connectionId, queue }: Subject, rows?: readonly MessageRow[]) => ({
  connectionId,
  ...(queue !== undefined && { queue }),
  ...(rows && idsAndReach(rows)),
});

const idsAndReach = (rows: readonly MessageRow[]) => ({
  ids: rows.map(({ id }) => id),
  reach: rows.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0),
});

export const textOf = <On>(text: Text<On>, on: On): string => (typeof text === 'string' ? text : text(on));

export const iconOf = <On>({ icon, iconFor }: Pick<Action<On>, 'icon' | 'iconFor'>, on: On): ReactNode =>
  iconFor?.(on) ?? icon;

type Declared<On> = Omit<Action<On>, 'id' | 'group'>;

/** Declares the actions on one kind of subject: the id of each is its name behind `prefix`. */
export const actionsOn =
  <On extends Subject>() =>
  <Name extends string>(prefix: string, group: Command['group'], table: Record<Name, Declared<On>>) => {
    const named = Object.entries<Declared<On>>(table).map(([name, action]) => [
      name,
      { id: `${prefix}.${name}`, group, ...action },
    ]);
    return Object.fromEntries(named) as Record<Name, Action<On>>;
  };

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
  icon: iconOf(action, on),
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
