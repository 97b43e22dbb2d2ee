import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { type FocusEvent, useRef } from 'react';
import { Kbd } from '../controls/button';
import { cx } from '../format/cx';
import { backTo } from './final-focus';
import type { MenuAction, MenuItem, MenuPlace } from './menu-item';

type ListProps = {
  /** Its accessible name. */
  label?: string | undefined;
  /** The id of the element that names it, when `label` does not. */
  labelledBy?: string | undefined;
  items: readonly MenuItem[];
  /** What gets the focus back. */
  from: HTMLElement | null;
  /** The item that has the focus at first; none for the pointer. */
  first?: 'first' | 'last' | undefined;
};

type MenuPopupProps = ListProps &
  Required<MenuPlace> & {
    isOpen: boolean;
    /** An element, or a point of the window in px. */
    anchor: HTMLElement | { getBoundingClientRect: () => DOMRect };
    /** Px between the anchor and the menu. */
    gap: number;
    onClose: () => void;
  };

/** A menu that is open or closing: arrows, Home, End and typed letters move; Enter chooses; Esc closes and gives the focus back. */
export function MenuPopup({ isOpen, anchor, gap, align, side, onClose, ...list }: MenuPopupProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal container={landmarkFor(list.from)}>
        <Base.Positioner
          anchor={anchor}
          align={align}
          side={side}
          sideOffset={gap}
          collisionPadding={8}
          className="z-50"
        >
          <List {...list} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Mounted anew each time that the menu opens. */
function List({ label, labelledBy, items, from, first }: ListProps) {
  const toFocus = useRef(first);
  /** The popup has the focus first, in whatever way it was opened. */
  function passFocus({ target, currentTarget }: FocusEvent<HTMLElement>) {
    if (target !== currentTarget || toFocus.current === undefined) return;
    const all = [...currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    all.at(toFocus.current === 'first' ? 0 : -1)?.focus();
    toFocus.current = undefined;
  }
  return (
    <Base.Popup
      {...(label ? { 'aria-label': label } : { 'aria-labelledby': labelledBy })}
      onFocus={passFocus}
      finalFocus={backTo(from)}
      className="max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-auto rounded-8 bg-raised p-1 text-text shadow-2 transition duration-(--t-base) outline-none data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
    >
      {items.map((item, index) =>
        item === 'separator' ? (
          // oxlint-disable-next-line react/no-array-index-key -- separators have no identity but their place
          <Base.Separator key={`separator-${index}`} className="mx-1 my-1 h-px bg-line" />
        ) : (
          <Item key={item.label} item={item} />
        ),
      )}
    </Base.Popup>
  );
}

/** The container of a menu: the dialog around what opened it, which hides all else, or a landmark. */
const landmarkFor = (from: Element | null) =>
  from?.closest<HTMLElement>('[role=dialog], [role=alertdialog]') ??
  document.querySelector<HTMLElement>('main') ??
  document.body;

function Item({ item }: { item: MenuAction }) {
  const off = { disabled: item.disabled ?? item.reason !== undefined, title: item.reason };
  const className = cx(
    'flex h-7 items-center gap-2 rounded-6 px-2 text-13 outline-none select-none data-disabled:text-text-3 data-highlighted:bg-hover max-desk:h-9',
    'forced-colors:data-highlighted:bg-[Highlight] forced-colors:data-highlighted:text-[HighlightText]',
    item.tone === 'danger' ? 'text-danger data-highlighted:bg-danger-tint' : '[&_.lucide]:text-text-2',
  );
  const content = (
    <>
      {item.checked === undefined ? item.icon : <span className="flex size-4">{item.checked && <Check />}</span>}
      <span className="flex-1 whitespace-nowrap">{item.label}</span>
      {item.mark}
      {item.keys && <Kbd className="ml-4">{item.keys}</Kbd>}
    </>
  );
  if (item.checked === undefined) {
    return (
      <Base.Item {...off} onClick={item.onSelect} className={className}>
        {content}
      </Base.Item>
    );
  }
  return (
    <Base.CheckboxItem
      checked={item.checked}
      closeOnClick={!item.staysOpen}
      {...off}
      onCheckedChange={item.onSelect}
      className={className}
    >
      {content}
    </Base.CheckboxItem>
  );
}
