import { Refusal } from './command.mjs';

/**
 * A rule as the service keeps it: lists are texts with commas.
 * @typedef {object} CorsRule
 * @property {string} allowedOrigins
 * @property {string} allowedMethods
 * @property {string} allowedHeaders
 * @property {string} exposedHeaders
 * @property {number} maxAgeInSeconds
 */

/** The service keeps no more. */
export const MOST_RULES = 5;

/** All that a page needs: every method of the protocol, our headers in, and its answers' headers readable. */
export const COMPLETE = {
  allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*',
  exposedHeaders: '*',
  maxAgeInSeconds: 7200,
};

/** What the page cannot do without: a browser asks for these, and counts and times are in those. */
const NEEDED_METHODS = ['GET', 'PUT', 'POST', 'DELETE'];
const NEEDED_HEADERS = [
  'authorization',
  'content-type',
  'x-ms-date',
  'x-ms-version',
  'x-ms-client-request-id',
  'x-ms-meta-a',
];
const NEEDED_ANSWERS = ['x-ms-approximate-messages-count', 'x-ms-popreceipt', 'x-ms-request-id', 'x-ms-meta-a', 'date'];

/** @param {string} text */
const list = (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * The rules with what a page of this origin lacks: its own rule widened, or one more, before any rule that would be
 * taken first and allows less (the service takes the first that fits origin and method). Nobody else is let in or out.
 * @param {readonly CorsRule[]} rules
 * @param {string} origin
 * @returns {CorsRule[] | undefined} undefined when the origin may do all already
 * @throws {Refusal} when the service would keep more than it can
 */
export function addOrigin(rules, origin) {
  if (mayDoAll(rules, origin)) return undefined;
  const own = rules.findIndex((rule) => list(rule.allowedOrigins).join() === origin);
  const ownRule = own < 0 ? undefined : rules[own];
  const others = rules.filter((_, index) => index !== own);
  const added = ownRule ? widened(ownRule) : { allowedOrigins: origin, ...COMPLETE };
  if (others.length >= MOST_RULES) {
    throw new Refusal(
      `The account has ${others.length} CORS rules, and Azure keeps no more than ${MOST_RULES}: remove one first ("queuescope cors list" shows them).`,
    );
  }
  const rival = others.findIndex((rule) => fits(rule, origin));
  const at = own < 0 || (rival >= 0 && rival < own) ? (rival < 0 ? others.length : rival) : own;
  return others.toSpliced(at, 0, added);
}

/**
 * The rules without this origin; a rule that named it alone is gone.
 * @param {readonly CorsRule[]} rules
 * @param {string} origin
 * @returns {CorsRule[] | undefined} undefined when no rule names it
 */
export function removeOrigin(rules, origin) {
  if (!rules.some((rule) => list(rule.allowedOrigins).includes(origin))) return undefined;
  return rules.flatMap((rule) => {
    const origins = list(rule.allowedOrigins);
    if (!origins.includes(origin)) return [rule];
    const left = origins.filter((one) => one !== origin);
    return left.length === 0 ? [] : [{ ...rule, allowedOrigins: left.join(',') }];
  });
}

/** Whether a rule for every origin lets it in, whatever else is removed. @param {readonly CorsRule[]} rules */
export const hasRuleForAll = (rules) => rules.some((rule) => list(rule.allowedOrigins).includes('*'));

/** @param {CorsRule} rule @param {string} origin */
const fits = (rule, origin) => list(rule.allowedOrigins).some((one) => one === '*' || one === origin);

/** @param {readonly CorsRule[]} rules @param {string} origin */
const mayDoAll = (rules, origin) =>
  NEEDED_METHODS.every((method) => {
    const first = rules.find((rule) => fits(rule, origin) && list(rule.allowedMethods).includes(method));
    return first && covers(first.allowedHeaders, NEEDED_HEADERS) && covers(first.exposedHeaders, NEEDED_ANSWERS);
  });

/** A list may name headers, or their beginnings with a star. @param {string} text @param {string[]} names */
const covers = (text, names) => {
  const patterns = list(text.toLowerCase());
  return names.every((name) =>
    patterns.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one)),
  );
};

/** @param {CorsRule} rule @returns {CorsRule} */
const widened = (rule) => ({
  ...rule,
  allowedMethods: [...new Set([...list(rule.allowedMethods), ...list(COMPLETE.allowedMethods)])].join(','),
  allowedHeaders: covers(rule.allowedHeaders, NEEDED_HEADERS) ? rule.allowedHeaders : COMPLETE.allowedHeaders,
  exposedHeaders: covers(rule.exposedHeaders, NEEDED_ANSWERS) ? rule.exposedHeaders : COMPLETE.exposedHeaders,
  maxAgeInSeconds: rule.maxAgeInSeconds || COMPLETE.maxAgeInSeconds,
});

/** A rule in one line. @param {CorsRule} rule */
export const ruleLine = ({ allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders, maxAgeInSeconds }) =>
  `${allowedOrigins}  methods ${allowedMethods || 'none'}  headers ${allowedHeaders || 'none'}  exposes ${exposedHeaders || 'none'}  max age ${maxAgeInSeconds} s`;

/**
 * What changes, line by line: `+` is new, `-` is gone.
 * @param {readonly CorsRule[]} before
 * @param {readonly CorsRule[]} after
 */
export function difference(before, after) {
  const [old, now] = [before.map(ruleLine), after.map(ruleLine)];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  return [...gone, ...now.map((line) => `${old.includes(line) ? ' ' : '+'} ${line}`)];
}
