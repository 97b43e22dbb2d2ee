// Where jobs are cut off: which kind, by what, at which of its requests, and what is done afterwards. All of it follows from a seed.

/** Kinds of jobs, with about how many requests one of so many messages sends. */
export const KINDS = /** @type {const} */ ({
  move: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  redrive: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  requeue: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  copy: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  delete: (/** @type {number} */ messages) => receives(messages) + messages,
  text: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  steps: (/** @type {number} */ messages) => receives(messages) + 2 * messages,
  visibility: (/** @type {number} */ messages) => receives(messages) + messages,
  export: (/** @type {number} */ messages) => receives(messages) + messages,
  import: (/** @type {number} */ messages) => messages,
  send: (/** @type {number} */ messages) => messages,
  clear: () => QUEUES_TO_CLEAR,
  addAgain: (/** @type {number} */ messages) => messages,
  undoMove: (/** @type {number} */ messages) => 2 * messages,
  browse: (/** @type {number} */ messages) => receives(messages) + messages,
});

/** Queues that one clear empties. */
export const QUEUES_TO_CLEAR = 8;

/** What cuts a job off: the browser process dies, the tab is closed, the renderer crashes, the local server dies, the network goes. */
export const WAYS = /** @type {const} */ (['browser', 'tab', 'renderer', 'server', 'network']);

/** Messages of a queue, at least and at most. A peek shows 32 of them. */
const FEWEST = 40;
const MOST = 90;

/** @typedef {keyof typeof KINDS} Kind */
/** @typedef {(typeof WAYS)[number]} Way */
/** @typedef {'continue' | 'release' | 'close'} Then */

/**
 * @typedef {object} Point
 * @property {number} number from 1
 * @property {Kind} kind
 * @property {Way} way
 * @property {number} messages
 * @property {number} request of the job, from 1, at which it is cut off
 * @property {'before' | 'after'} moment whether the service still acts on that request; its answer is lost either way
 * @property {Then} next what is done with what is left
 */

const receives = (/** @type {number} */ messages) => Math.ceil(messages / 32) + 1;

/**
 * As many points as were asked for, each kind and way as often as every other, in an order of the seed.
 * @param {{ seed: number, count: number, kinds?: readonly Kind[], ways?: readonly Way[] }} wanted
 * @returns {Point[]}
 */
export function choosePoints({ seed, count, kinds = /** @type {Kind[]} */ (Object.keys(KINDS)), ways = WAYS }) {
  const draw = shares(seed);
  const pairs = kinds.flatMap((kind) => ways.map((way) => ({ kind, way })));
  /** @type {Point[]} */
  const points = [];
  while (points.length < count) {
    for (const { kind, way } of shuffled(pairs, draw).slice(0, count - points.length)) {
      const messages = FEWEST + Math.floor(draw() * (MOST - FEWEST + 1));
      points.push({
        number: points.length + 1,
        kind,
        way,
        messages,
        request: 1 + Math.floor(draw() * KINDS[kind](messages)),
        moment: draw() < 0.5 ? 'before' : 'after',
        next: /** @type {const} */ (['continue', 'continue', 'release', 'close'])[Math.floor(draw() * 4)] ?? 'continue',
      });
    }
  }
  return points;
}

/** @template Item @param {readonly Item[]} items @param {() => number} draw @returns {Item[]} */
function shuffled(items, draw) {
  return items
    .map((item) => ({ item, at: draw() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Numbers from 0 up to 1, the same for the same seed: mulberry32, by Tommy Ettinger. @param {number} seed */
function shares(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
