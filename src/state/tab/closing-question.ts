/** Returns a function that sets whether the browser asks before the tab closes, each for a reason of its own. */
export function closingQuestion(): (isNeeded: boolean) => void {
  const listener = { handleEvent: (event: Event) => event.preventDefault() };
  return (isNeeded) => (isNeeded ? addEventListener : removeEventListener)('beforeunload', listener);
}
