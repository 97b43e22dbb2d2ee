/**
 * The oldest browsers that the page runs in, by what it is built of: `Map.groupBy` came with Chrome 117 and Safari 17.4 (119 in
 * Firefox), `AbortSignal.any` with Safari 17.4, registered custom properties, which the styles stand on, with Firefox 128. The build
 * compiles syntax and styles for them, `public/can-run.js` says the sentence, and `scripts/check/floor` finds what is newer. Edge is
 * Chrome.
 */
export const FLOOR = { chrome: '117', firefox: '128', safari: '17.4' };

/** For Vite. */
export const BUILD_TARGET = [
  `chrome${FLOOR.chrome}`,
  `edge${FLOOR.chrome}`,
  `firefox${FLOOR.firefox}`,
  `safari${FLOOR.safari}`,
];
