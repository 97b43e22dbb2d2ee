import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type TabsProps<T extends string> = {
  /** The tab list's name: "Code equivalent". */
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; label: string; count?: number | string | undefined }[];
  /** After the tabs, in their row: a copy button. */
  after?: ReactNode;
  /** `TabPanel`s; only those of the chosen tab are in the page. */
  children?: ReactNode;
  className?: string | undefined;
  listClassName?: string | undefined;
};

/** A row of tabs with a 2 px ink underline; arrows move and choose. Put the `TabPanel`s inside as children. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  after,
  children,
  className,
  listClassName,
}: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: unknown) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={cx('flex min-h-0 flex-col', className)}
    >
      <div className={cx('flex h-9 flex-none items-stretch', listClassName)}>
        <Base.List
          activateOnFocus
          aria-label={label}
          className="-mx-1 flex min-w-0 items-stretch gap-2 overflow-x-auto [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="relative inline-flex min-w-6 flex-none items-center gap-1.5 px-1 font-medium whitespace-nowrap text-text-3 -outline-offset-2! hover:text-text data-active:text-text data-active:after:absolute data-active:after:inset-x-1 data-active:after:bottom-0 data-active:after:h-0.5 data-active:after:rounded-t-full data-active:after:bg-ink forced-colors:data-active:after:bg-[Highlight]"
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-12 font-normal text-text-3">{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {after && (
          <>
            <span className="flex-1" />
            <span className="flex items-center">{after}</span>
          </>
        )}
      </div>
      {children}
    </Base.Root>
  );
}

type TabPanelProps = {
  value: string;
  children: ReactNode;
  className?: string;
  /** -1 where the content begins with what takes the focus, so that Tab stops once (WAI-ARIA tabs pattern). */
  tabIndex?: -1 | undefined;
};

export function TabPanel({ value, children, className, tabIndex }: TabPanelProps) {
  return (
    <Base.Panel value={value} tabIndex={tabIndex} className={cx('min-h-0 flex-1', className)}>
      {children}
    </Base.Panel>
  );
}
