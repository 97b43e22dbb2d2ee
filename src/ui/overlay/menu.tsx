import { mergeProps } from '@base-ui/react/merge-props';
import { type ComponentProps, cloneElement, type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import { DIALOG, quietPart } from '../parts/lazy-part';
import type { MenuItem, MenuPlace } from './menu-item';

type MenuProps = MenuPlace & {
  /** A button. */
  trigger: ReactElement<ComponentProps<'button'>>;
  /** The menu's name; the trigger's by default. */
  label?: string | undefined;
  items: readonly MenuItem[];
};

/** What an open menu is made of. No screen shows one at first: it is loaded when the pointer or the focus comes near. */
export const MenuPopup = quietPart(async () => (await import('./menu-popup')).MenuPopup, DIALOG);
const preload = () => void MenuPopup.preload().catch(() => undefined);

/** The menu of a button. An arrow key opens it too: down at its first item, up at its last. */
export function Menu({ trigger, label, items, align = 'end', side = 'bottom' }: MenuProps) {
  const id = useId();
  const [opened, setOpened] = useState<{ from: HTMLElement; first?: 'first' | 'last' | undefined }>();
  const [isOpen, setOpen] = useState(false);
  function open(from: HTMLElement, first?: 'first' | 'last') {
    setOpened({ from, first });
    setOpen(true);
  }
  const props: ComponentProps<'button'> = {
    id,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onPointerEnter: preload,
    onFocus: preload,
    // A click by a key has no place.
    onClick: ({ currentTarget, detail }) =>
      isOpen ? setOpen(false) : open(currentTarget, detail === 0 ? 'first' : undefined),
    onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
      // The focus is here still: the menu is on its way.
      if (isOpen && event.key === 'Escape') {
        event.stopPropagation();
        setOpen(false);
      }
      const first = OPENS_AT[event.key];
      if (first === undefined || isOpen || event.currentTarget.ariaDisabled === 'true') return;
      event.preventDefault();
      open(event.currentTarget, first);
    },
  };
  return (
    <>
      {cloneElement(trigger, {
        ...mergeProps<'button'>(props, trigger.props),
        ...(isOpen && { 'data-popup-open': '' }),
      })}
      {opened && (
        <MenuPopup
          isOpen={isOpen}
          label={label}
          labelledBy={trigger.props.id ?? id}
          items={items}
          anchor={opened.from}
          gap={4}
          {...opened}
          align={align}
          side={side}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

const OPENS_AT: Partial<Record<string, 'first' | 'last'>> = { ArrowDown: 'first', ArrowUp: 'last' };
