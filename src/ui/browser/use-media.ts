import { useCallback, useSyncExternalStore } from 'react';
import { rem, textScale } from './text-size';

/** In a query px are those of the design, as in the styles: larger text makes a window narrower. */
const listOf = (query: string) => matchMedia(query.replaceAll(/(\d+)px/g, (_, px: string) => rem(Number(px))));

/** Whether a media query matches now. */
export const isMedia = (query: string): boolean => listOf(query).matches;

/** True while a media query matches. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = listOf(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => isMedia(query));
}

/** A short window: zoomed in, a phone on its side, or with its keyboard up. The `short:` variant has the same height. */
const SHORT = '(height < 520px)';

/** True in a short window, where the main column scrolls as one page below a sticky line. */
export function useIsShort(): boolean {
  return useMedia(SHORT);
}

/** Height in px of the sticky line over a page that scrolls as one. */
const STICKY_LINE_PX = 44;

/**
 * What scrolls the content of a box, and how many px at the top of that are covered: the box itself, or in a short window the
 * main column around it.
 */
export function scrollerOf(box: HTMLElement): { scroller: HTMLElement; covered: number } {
  const main = isMedia(SHORT) ? box.closest<HTMLElement>('main') : null;
  return main ? { scroller: main, covered: STICKY_LINE_PX * textScale() } : { scroller: box, covered: 0 };
}

/** True under 760 px, as the `max-desk:` variant: two-line rows, whole-screen dialogs. */
export function useIsPhone(): boolean {
  return useMedia('(width < 760px)');
}
