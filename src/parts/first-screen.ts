/*
 * What a person waits for first is the first screen: other parts of the page are asked for when it is there, so that they take
 * neither the network nor the processor from it.
 */

let isHeld = false;
let end = () => {};
let there = Promise.resolve();

/** From now on `whenFirstScreenIsThere` waits for the first screen, at most so many ms. Without it nothing waits. */
export function holdForFirstScreen(longest: number): void {
  isHeld = true;
  there = new Promise((resolve) => {
    end = resolve;
  });
  setTimeout(end, longest);
}

/** Tells that the first screen has what a person needs to go on, or says why it has not; the next frame shows it. */
export function firstScreenIsThere(): void {
  if (!isHeld) return;
  isHeld = false;
  // Once it is painted.
  requestAnimationFrame(() => setTimeout(end));
}

/** Settles when the first screen is there. */
export const whenFirstScreenIsThere = (): Promise<void> => there;
