// Requests as they come by between the page and the service, counted by kind.

/** Kinds that a plan counts, and what the page asks by itself or the browser asks beforehand. */
export const KINDS = /** @type {const} */ (['receive', 'put', 'update', 'delete', 'return']);
/** @typedef {typeof KINDS[number]} Kind */
/** @typedef {Record<Kind | 'poll' | 'preflight', number>} Counts */

/** @returns {Counts} */
const none = () => ({ receive: 0, put: 0, update: 0, delete: 0, return: 0, poll: 0, preflight: 0 });

/** @param {string} method @param {URL} url @returns {keyof Counts} */
export function kindOf(method, { pathname, searchParams }) {
  if (method === 'OPTIONS') return 'preflight';
  if (!/\/messages(\/|$)/.test(pathname) || searchParams.has('peekonly')) return 'poll';
  if (method === 'GET') return 'receive';
  if (method === 'POST') return 'put';
  if (method === 'DELETE') return 'delete';
  return searchParams.get('visibilitytimeout') === '0' ? 'return' : 'update';
}

/** What a plan counts, without polls and preflights. @param {Counts} counts */
export const sumOf = (counts) => KINDS.reduce((sum, kind) => sum + counts[kind], 0);

/** Ms from which on an answer is late: the page gives up after a minute. */
const LATE = 15_000;

export function countRequests() {
  const all = none();
  /** @type {string[]} */
  const late = [];
  return {
    /** @param {string} method @param {URL} url @returns {() => void} to be called when it is answered */
    note(method, url) {
      const kind = kindOf(method, url);
      const began = Date.now();
      all[kind]++;
      return () => {
        const took = Date.now() - began;
        if (took > LATE)
          late.push(`${new Date(began).toISOString().slice(11, 19)} ${kind} ${(took / 1000).toFixed(0)} s`);
      };
    },
    /** Requests whose answer was late, as words: a service that stalls is not the page's fault. */
    late,
    /** So far. @returns {Counts} */
    now: () => ({ ...all }),
    /** @param {Counts} before @returns {Counts} */
    since(before) {
      const counts = none();
      for (const kind of /** @type {(keyof Counts)[]} */ (Object.keys(all))) counts[kind] = all[kind] - before[kind];
      return counts;
    },
  };
}
