import { keysUnder, lacking, notIn } from './support.mjs';

/** What the styles use all the same: where it is missing, something is plainer and all of it works. @type {Map<string, string>} */
const ALLOWED = new Map([
  ['scrollbar-width', 'scrollbars are those of the system'],
  ['scrollbar-color', 'scrollbars are those of the system'],
  ['overscroll-behavior', 'all of them have it; the data look at what is scrolled by keyboard too'],
  ['accent-color', 'all of them have it; the data look at contrast too'],
  ['forced-color-adjust', 'Safari has no forced colours'],
  ['@page', 'paper has the margins of the printer'],
  ['text-wrap: balance', 'lines are of other lengths'],
  ['text-wrap: pretty', 'lines are of other lengths'],
  ['font-family: ui-monospace', 'other fonts stand behind it'],
]);

/** What the data know of functions and of other values of any property. */
const TYPES = keysUnder('css.types.');

/**
 * What a style sheet has that a browser of the floor lacks, and that has neither a reason nor its older form beside it.
 * @param {string} css as it is built
 * @returns {string[]} sentences
 */
export function newerStyles(css) {
  const bare = css.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/"[^"]*"|'[^']*'|url\([^)]*\)|\\./g, '');
  const declarations = [...bare.matchAll(/(?<=[{;])\s*([a-z-]+)\s*:\s*([^;{}]*)(?=[;}])/g)].map(
    ([, property = '', value = '']) => ({ property, value }),
  );
  const written = new Set(declarations.map(({ property }) => property));
  /** @type {[name: string, key: string | undefined][]} */
  const found = [
    ...[...written]
      .filter((property) => !written.has(`-webkit-${property}`))
      .map((property) => /** @type {[string, string]} */ ([property, `css.properties.${property}`])),
    ...declarations
      .filter(({ property }) => !written.has(`-webkit-${property}`))
      .flatMap(({ property, value }) =>
        (value.match(/(?<![\w-])[a-z][a-z-]*(?![\w(-])/g) ?? []).map(
          (word) => /** @type {[string, string]} */ ([`${property}: ${word}`, `css.properties.${property}.${word}`]),
        ),
      ),
    ...names(bare, /@([a-z-]+)/g).map((name) => /** @type {[string, string]} */ ([`@${name}`, `css.at-rules.${name}`])),
    ...[...bare.matchAll(/@media([^{]*)/g)]
      .flatMap(([, query = '']) => names(query, /\(([a-z-]+)/g))
      .map((name) => /** @type {[string, string]} */ ([name, `css.at-rules.media.${name}`])),
    ...names(bare, /::?([a-z-]+)(?=[^;{}]*\{)/g).map(
      (name) => /** @type {[string, string]} */ ([`:${name}`, `css.selectors.${name}`]),
    ),
    ...declarations
      .flatMap(({ value }) => names(value, /([a-z-]+)\(/g))
      .map((name) => /** @type {[string, string | undefined]} */ ([`${name}()`, functionKey(name)])),
  ];
  return [...new Map(found)].flatMap(([name, key]) => {
    const browsers = lacking(key);
    const isAllowed = ALLOWED.has(name) || ALLOWED.has(name.split(':')[0] ?? '');
    return browsers.length > 0 && !isAllowed ? [`${name} is ${notIn(browsers)}`] : [];
  });
}

/** @param {string} text @param {RegExp} pattern */
const names = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];

/** The key of a function; where its name means several things, one that all browsers have. @param {string} name */
function functionKey(name) {
  const keys = TYPES.filter((key) => key.endsWith(`.${name}`));
  return keys.find((key) => lacking(key).length === 0) ?? keys[0];
}
