// What source names as a word: globals, constructors and static members. Members of values are the linter's (`members.mjs`).
import { keysUnder, knownKey, lacking, notIn } from './support.mjs';

/** What is used all the same, and why it may be. @type {Map<string, string>} */
const ALLOWED = new Map([
  ['AbortSignal.timeout', 'Chrome has it since 103; until 124 it ends with another error, and nobody looks at it here'],
  ['devicePixelRatio', 'all of them have it; the data look at zoom by fingers too'],
  ['requestIdleCallback', 'who calls it looks first whether it is there'],
  ['showSaveFilePicker', 'who calls it looks first whether it is there'],
]);

/** What the window has, and a browser of the floor lacks. */
const NEWER_OF_WINDOW = new RegExp(
  `(?<![.\\w-])(${keysUnder('api.Window.')
    .filter((key) => key.split('.').length === 3 && !key.endsWith('_event') && lacking(key).length > 0)
    .map((key) => key.split('.').at(-1))
    .join('|')})\\b`,
  'g',
);

/** Names that stand alone or after `new`, and members of a name with a capital, in code that is neither text nor comment. @param {string} code */
function namesIn(code) {
  const bare = code
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '')
    .replaceAll(/'[^'\n]*'/g, "''");
  const own = new Set([
    ...all(bare, /\b(?:function|class|const|let|type|interface|import type)\s+\{?\s*(\w+)/g),
    ...all(bare, /import\s+(?:type\s+)?\{([^}]*)\}/g).flatMap((names) => names.match(/\w+/g) ?? []),
  ]);
  return {
    globals: [
      ...all(bare, /\bnew ([A-Z]\w+)/g),
      ...all(bare, /\b(?:globalThis|window|self)\.(\w+)/g),
      ...all(bare, NEWER_OF_WINDOW),
    ].filter((name) => !own.has(name)),
    statics: all(bare, /\b([A-Z]\w+\.\w+)\b/g).filter((name) => !own.has(name.split('.')[0] ?? '')),
  };
}

/** What a pattern catches, each once. @param {string} text @param {RegExp} pattern */
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, caught = '']) => caught))];

/** Things in a code that a browser of the floor lacks, as sentences. @param {string} code */
export function newerWords(code) {
  const { globals, statics } = namesIn(code);
  return [
    ...[...new Set(globals)].map((name) => [name, `api.${name}`, `api.Window.${name}`, `javascript.builtins.${name}`]),
    ...statics.map((name) => [name, `api.${name}_static`, `javascript.builtins.${name}`]),
  ].flatMap(([name = '', ...keys]) => {
    const browsers = lacking(knownKey(keys));
    return browsers.length > 0 && !ALLOWED.has(name) ? [`${name} is ${notIn(browsers)}`] : [];
  });
}
