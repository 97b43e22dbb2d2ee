// What may not be after a job was cut off: a message that is lost, one that is there twice without being named, one that is hidden
// without being said, and counts that do not add up.

/** @typedef {import('./points.mjs').Kind} Kind */

/**
 * What a service holds of the messages of one job, by their texts.
 * @typedef {object} Held
 * @property {ReadonlyMap<string, number>} source how often each text is in the queue of the job, hidden or not
 * @property {ReadonlyMap<string, number>} target the same of the queue that it sends to
 * @property {number} hidden messages of both that are hidden now
 * @property {readonly string[]} [others] texts that the job must leave alone
 */

/**
 * What the page says of a job that was cut off, or that has ended, as numbers of messages.
 * @typedef {object} Said
 * @property {number | undefined} total
 * @property {number} done
 * @property {number} twice may be there twice
 * @property {number} maybe may be done
 * @property {number} notDone
 * @property {number} hidden of the rest, hidden by the job
 * @property {number | undefined} untouched
 * @property {number} othersHidden
 * @property {number} doubtfulHidden
 * @property {number} maybeHidden by a receive without an answer, at most
 */

/** Kinds that take a message out of its queue once it is in the other. */
const TAKING = new Set(['move', 'redrive', 'steps', 'undoMove']);
/** Kinds that only add. */
const ADDING = new Set(['import', 'send', 'addAgain']);

/** The same text, before and after a change. @param {string} text */
export const asBegun = (text) => text.replace('changed', 'message');

/** @param {ReadonlyMap<string, number>} counts @returns {Map<string, number>} */
function begun(counts) {
  /** @type {Map<string, number>} */
  const all = new Map();
  for (const [text, number] of counts) all.set(asBegun(text), (all.get(asBegun(text)) ?? 0) + number);
  return all;
}

/**
 * What is wrong with the service at any time: texts that are nowhere, and more copies than are named.
 * @param {Kind} kind
 * @param {readonly string[]} texts those that the job began with
 * @param {Held} held
 * @param {number} named that may be there twice, as the page says
 * @param {boolean} isOver whether all of it was done
 * @returns {string[]} sentences, empty when nothing is wrong
 */
export function serviceFaults(kind, texts, held, named, isOver) {
  const source = begun(held.source);
  const target = begun(held.target);
  const of = (/** @type {string} */ text) => ({ here: source.get(text) ?? 0, there: target.get(text) ?? 0 });
  /** @type {string[]} */
  const lost = [];
  let more = 0;
  for (const text of texts) {
    const { here, there } = of(text);
    // A copy has to be there once more than its original; what deletes may leave none.
    const meant = kind === 'copy' && there > 0 ? 2 : 1;
    if (kind === 'delete' || kind === 'clear') more += Math.max(0, here + there - 1);
    else if (ADDING.has(kind)) {
      if (isOver && here + there === 0) lost.push(text);
      more += Math.max(0, here + there - 1);
    } else if (here + there === 0) lost.push(text);
    else more += Math.max(0, here + there - meant);
  }
  const known = new Set([...texts, ...(held.others ?? [])]);
  const foreign = [...source.keys(), ...target.keys()].filter((text) => !known.has(text));
  // What may not have been added is named as well.
  const mayLack = ADDING.has(kind) ? named : 0;
  return [
    lost.length > mayLack && `${lost.length} lost: ${lost.slice(0, 3).join(', ')}`,
    more > named && `${more} are there twice, and ${named} are named`,
    foreign.length > 0 && `${foreign.length} texts that nobody wrote: ${foreign.slice(0, 3).join(', ')}`,
    isOver &&
      TAKING.has(kind) &&
      texts.filter((text) => of(text).here > 0).length > named &&
      `${texts.filter((text) => of(text).here > 0).length} are still in the queue, and ${named} are named`,
  ].filter((fault) => typeof fault === 'string');
}

/** Requests of a job that may be under way at once: what they do is not known where the page died. */
export const UNDER_WAY = 8;

/**
 * What is wrong with what the page says of a job that was cut off.
 * @param {Kind} kind
 * @param {Said} said
 * @param {Held} held
 * @param {readonly string[]} texts
 * @returns {string[]}
 */
export function saidFaults(kind, said, held, texts) {
  const { total, done, twice, maybe, notDone, hidden, untouched = 0 } = said;
  const sum = done + twice + maybe + notDone + hidden + untouched;
  const all = hidden + said.othersHidden + said.doubtfulHidden + said.maybeHidden;
  const doneThere = certainlyDone(kind, held, texts);
  return [
    total !== undefined && sum !== total && `the counts make ${sum}, and it is said to be of ${total}`,
    held.hidden > all && `${held.hidden} are hidden, and ${all} are said to be`,
    hidden + said.othersHidden > held.hidden + UNDER_WAY &&
      `${hidden + said.othersHidden} are said to be hidden, and ${held.hidden} are`,
    doneThere !== undefined &&
      (done > doneThere || doneThere - done > twice + maybe + UNDER_WAY) &&
      `${done} are said to be done, ${twice + maybe} perhaps, and ${doneThere} are`,
  ].filter((fault) => typeof fault === 'string');
}

/** Messages of which every step is done, as the service holds them; undefined where it does not tell. @param {Kind} kind @param {Held} held @param {readonly string[]} texts */
function certainlyDone(kind, held, texts) {
  const source = begun(held.source);
  const target = begun(held.target);
  if (TAKING.has(kind)) return texts.filter((text) => !source.has(text) && target.has(text)).length;
  if (kind === 'copy') return texts.filter((text) => target.has(text)).length;
  if (kind === 'delete') return texts.filter((text) => !source.has(text)).length;
  if (ADDING.has(kind)) return texts.filter((text) => source.has(text) || target.has(text)).length;
  if (kind === 'text') return [...held.source.keys()].filter((text) => text.startsWith('changed')).length;
  return undefined;
}

/**
 * Reads the counts of the strip of a job that was cut off.
 * @param {string} title such as `Redrive of payments-poison stopped at 705 of 2,000 at 06:14`
 * @param {readonly string[]} parts such as `699 are done`
 * @returns {Said}
 */
export function readStrip(title, parts) {
  const [, of] = /stopped at [\d,]+(?: of ([\d,]+))? at/.exec(title) ?? [];
  /** @type {Said} */
  const said = {
    total: of === undefined ? undefined : numberIn(of),
    done: 0,
    twice: 0,
    maybe: 0,
    notDone: 0,
    hidden: 0,
    untouched: undefined,
    othersHidden: 0,
    doubtfulHidden: 0,
    maybeHidden: 0,
  };
  for (const part of parts) {
    const number = numberIn(part);
    const name = PARTS.find(([pattern]) => pattern.test(part))?.[1];
    if (name === undefined) throw new Error(`The strip says something new: ${part}`);
    said[name] = number;
  }
  return said;
}

/** @type {readonly [RegExp, Exclude<keyof Said, 'total'>][]} */
const PARTS = [
  [/more at most may be hidden/, 'maybeHidden'],
  [/of those (?:in doubt|perhaps)/, 'doubtfulHidden'],
  [/others? (?:is|are) hidden/, 'othersHidden'],
  [/may be in .* twice/, 'twice'],
  [/could not be done/, 'notDone'],
  [/(?:is|are) hidden until/, 'hidden'],
  [/untouched/, 'untouched'],
  [/(?:is|are) (?:done|written|seen)/, 'done'],
  [/may be /, 'maybe'],
];

/** @param {string} text */
const numberIn = (text) => Number((/[\d,]+/.exec(text)?.[0] ?? '0').replaceAll(',', ''));
