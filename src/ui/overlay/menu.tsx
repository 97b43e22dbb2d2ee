import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Kbd } from '../controls/button';
import { cx } from '../format/cx';

export type MenuAction = {
  label: string;
  icon?: ReactNode;
  /** A badge after the label, part of the item's name. */
  mark?: ReactNode;
  keys?: string | undefined;
  tone?: 'danger' | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled: a tooltip, also for screen readers. */
  reason?: string | undefined;
  /** Makes the item a check item. */
  checked?: boolean | undefined;
  /** A check item that does not close the menu. */
  staysOpen?: boolean;
  onSelect: () => void;
};
export type MenuItem = MenuAction | 'separator';

type MenuProps = {
  /** A button; Base UI gives it `aria-haspopup` and `aria-expanded`. */
  trigger: ReactElement;
  /** The menu's name; the trigger's by default. */
  label?: string | undefined;
  items: readonly MenuItem[];
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'right' | undefined;
};

/** A menu button: arrows, Home, End and typed letters move; Enter chooses; Esc closes and gives focus back. */
export function Menu({ trigger, label, items, align = 'end', side = 'bottom' }: MenuProps) {
  const [home, setHome] = useState<HTMLElement>();
  return (
    <Base.Root onOpenChange={(open, { trigger: pressed }) => open && setHome(landmarkFor(pressed))}>
      <Base.Trigger render={trigger} />
      <Base.Portal {...(home && { container: home })}>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup {...(label ? { 'aria-label': label } : {})} className={MENU_STYLE}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Classes of a menu's popup. */
export const MENU_STYLE =
  'max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-auto rounded-8 bg-raised p-1 text-text shadow-2 transition duration-(--t-base) outline-none data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';

/** What is in a menu. */
export const MenuItems = ({ items }: Pick<MenuProps, 'items'>) =>
  items.map((item, index) =>
    item === 'separator' ? (
      // oxlint-disable-next-line react/no-array-index-key -- separators have no identity but their place
      <Base.Separator key={`separator-${index}`} className="mx-1 my-1 h-px bg-line" />
    ) : (
      <Item key={item.label} item={item} />
    ),
  );

/** The container of a menu: the dialog around its trigger, which hides all else, or a landmark. */
export const landmarkFor = (trigger: Element | undefined) =>
  trigger?.closest<HTMLElement>('[role=dialog], [role=alertdialog]') ??
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
