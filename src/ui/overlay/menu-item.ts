import type { ReactNode } from 'react';

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

/** Beside its anchor. */
export type MenuPlace = {
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'right' | undefined;
};
