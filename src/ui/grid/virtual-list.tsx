import { useVirtualizer } from '@tanstack/react-virtual';
import { type Key, type ReactNode, useEffect, useRef } from 'react';
import { useTextScale } from '../browser/text-size';
import { cx } from '../format/cx';

type VirtualListProps = {
  label: string;
  /** Number of rows. */
  count: number;
  /** Px, the same for every row. */
  rowHeight: number;
  keyOf?: (index: number) => Key;
  /** True makes the list a tab stop, for rows without controls: they have to be scrolled by keyboard too. */
  isTabStop?: boolean;
  className: string;
  rowClassName?: string;
  children: (index: number) => ReactNode;
};

/** A long list of which only the rows in sight are in the page. */
export function VirtualList(props: VirtualListProps) {
  const { label, count, keyOf = (index) => index, isTabStop = false, className, rowClassName } = props;
  const rowHeight = Math.round(props.rowHeight * useTextScale());
  const scroller = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this file alone
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  return (
    <ul
      ref={scroller}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see `isTabStop`
      tabIndex={isTabStop ? 0 : undefined}
      className={cx('relative overflow-y-auto', className)}
    >
      <li aria-hidden="true" style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map(({ index, start }) => (
        <li
          key={keyOf(index)}
          aria-setsize={count}
          aria-posinset={index + 1}
          className={cx('absolute inset-x-0 top-0', rowClassName)}
          style={{ height: rowHeight, transform: `translateY(${start}px)` }}
        >
          {props.children(index)}
        </li>
      ))}
    </ul>
  );
}
