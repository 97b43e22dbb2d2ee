import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { type Action, useMenuItems } from '@/actions/action';
import { type MessageSubject, messageActions } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import { MenuAt, type MenuPoint } from '@/ui/overlay/menu-at';
import { counted } from '@/words/counts';
import { MESSAGE_MENU } from '../shared/message-menus';
import { shortId } from '../shared/short-id';

/** The message whose menu is open, and where. */
export type OpenedMenu = { row: MessageRow; at: MenuPoint; from: HTMLElement | null };

type RowMenuProps = {
  opened: OpenedMenu;
  /** The subject of the screen. */
  on: MessageSubject;
  selected: readonly MessageRow[];
  onClose: () => void;
};

/** The menu of a message at the pointer: of all that are selected when it is one of them, else of it alone. */
export function RowMenu({ opened: { row, at, from }, on, selected, onClose }: RowMenuProps) {
  const isSelection = selected.some(({ id }) => id === row.id);
  const subject = isSelection
    ? { ...on, rows: selected, isSelection }
    : { ...on, rows: [row], open: row, isSelection: false };
  const items = useMenuItems(isSelection ? OF_SELECTION : MESSAGE_MENU, subject);
  const label = isSelection ? `${counted(selected.length, 'message')} selected` : `Message ${shortId(row.id)}`;
  return <MenuAt label={label} at={at} items={items} from={from} onClose={onClose} />;
}

/** Edit means the message that is open, whatever is selected. */
const OF_SELECTION = MESSAGE_MENU.filter((item: Action<MessageSubject> | 'separator') => item !== messageActions.edit);

/** Milliseconds of a long press, as phones have it. */
const LONG_PRESS_MS = 500;
/** Px that a finger may move meanwhile. */
const STEADY_PX = 10;
/** Px from the left end of a row at which its menu opens by a key. */
const KEY_INSET_PX = 48;

let press: { timer: ReturnType<typeof setTimeout>; at: MenuPoint } | undefined;
/** The click that ends a long press is none. */
let endsLongPress = false;

function endPress() {
  clearTimeout(press?.timer);
  press = undefined;
}

type RowEvents = {
  open: (opened: OpenedMenu) => void;
  /** A long press selects its row, and those after it are pressed; while rows are being selected it opens the menu. */
  select: (id: string) => void;
  isSelecting: boolean;
};

/**
 * Handlers around the rows that call `open` for a right click, the key of the context menu and Shift F10, and begin to select by a long
 * press. Fields, links and selected text keep the menu of the browser.
 */
export function rowMenuEvents(rows: readonly MessageRow[], { open, select, isSelecting }: RowEvents) {
  function hold(target: Element, at: MenuPoint): boolean {
    if (isSelecting) return openAt(target, at);
    const row = rowOf(target, rows);
    if (row) select(row.id);
    return row !== undefined;
  }
  function openAt(target: Element, at: MenuPoint): boolean {
    const row = rowOf(target, rows);
    if (row) open({ row, at, from: target.closest<HTMLElement>('[role=grid]') });
    return row !== undefined;
  }
  return {
    onContextMenu(event: MouseEvent) {
      const target = event.target as Element;
      if (isNative(target)) return;
      // A browser tells of a long press by this event, before or after the time of ours.
      if (press || endsLongPress) {
        if (press) endsLongPress = hold(target, press.at);
        endPress();
        event.preventDefault();
        return;
      }
      const isByKey = event.clientX === 0 && event.clientY === 0;
      const row = isByKey || !target.closest('[data-index]') ? currentRow(target) : target;
      if (row && openAt(row, row === target ? { x: event.clientX, y: event.clientY } : below(row)))
        event.preventDefault();
    },
    onKeyDownCapture(event: KeyboardEvent) {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
      const row = currentRow(event.target as Element);
      if (!row || !openAt(row, below(row))) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerDown(event: PointerEvent) {
      endPress();
      endsLongPress = false;
      const target = event.target as Element;
      if (event.pointerType !== 'touch' || isNative(target)) return;
      const at = { x: event.clientX, y: event.clientY };
      const timer = setTimeout(() => {
        endsLongPress = hold(target, at);
        endPress();
      }, LONG_PRESS_MS);
      press = { timer, at };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      if (press && Math.hypot(clientX - press.at.x, clientY - press.at.y) > STEADY_PX) endPress();
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onClickCapture(event: MouseEvent) {
      if (!endsLongPress) return;
      endsLongPress = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

const rowOf = (target: Element, rows: readonly MessageRow[]): MessageRow | undefined => {
  const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? undefined : rows[Number(index)];
};

/** The row that the keyboard is on, where the focus is on the grid. */
const currentRow = (target: Element): Element | null =>
  target.closest('[data-index]') ?? target.closest('[role=grid]')?.querySelector('[data-current]') ?? null;

function below(row: Element): MenuPoint {
  const { left, bottom } = row.getBoundingClientRect();
  return { x: left + KEY_INSET_PX, y: bottom };
}

/** The browser's own menu is of more use: on a field, a link, and text that is selected there. */
function isNative(target: Element): boolean {
  if (target.closest('input:not([type=checkbox]), textarea, select, a[href], [contenteditable]')) return true;
  const chosen = getSelection();
  return chosen !== null && !chosen.isCollapsed && chosen.containsNode(target, true);
}
