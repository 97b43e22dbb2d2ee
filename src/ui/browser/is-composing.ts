/** What Safari calls the key that ends a word of an input method: for Safari the word is over when it comes. */
const TAKEN = 229;

/** Whether a key belongs to a word that an input method puts together, as the Enter that takes a word of Japanese does. */
export const isComposing = (event: KeyboardEvent): boolean =>
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells that key from others
  event.isComposing || event.keyCode === TAKEN;
