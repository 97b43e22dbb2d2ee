import { useLayoutEffect } from 'react';
import type { MessageSubject } from './message-actions';

let current: MessageSubject | undefined;

/** The messages and the queue that are on screen, for what acts on them from elsewhere; undefined on other screens. */
export const queueOnScreen = (): MessageSubject | undefined => current;

/** Says that these are on screen, for as long as the component is there. */
export function useQueueOnScreen(on: MessageSubject): void {
  useLayoutEffect(() => {
    current = on;
    return () => {
      if (current === on) current = undefined;
    };
  }, [on]);
}
