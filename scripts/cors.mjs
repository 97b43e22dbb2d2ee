import { MOST_RULES, COMPLETE as OURS } from './cors-rules.mjs';

/** @typedef {import('./cors-rules.mjs').CorsRule} CorsRule */
/** What reads and writes the rules: ours, or the official client. */
/** @typedef {{ getProperties: () => Promise<{ cors?: CorsRule[] }>, setProperties: (properties: { cors: CorsRule[] }) => Promise<unknown> }} RulesKeeper */

/** The list is written as a whole: another start may write at the same moment, so we look again and add again. */
const ATTEMPTS = 5;

/**
 * Lets a page of these origins speak to the service, beside what it allows already.
 * @param {RulesKeeper} service
 * @param {string[]} origins such as `http://127.0.0.1:5190`
 */
export async function allowOrigins(service, origins) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { cors = [] } = await service.getProperties();
    const rules = withOrigins(cors, origins);
    if (!rules) return;
    await service.setProperties({ cors: rules });
  }
}

/**
 * The rules with one more for these origins; undefined when they are allowed already. A full list gives up the oldest
 * rule that an earlier start added, and never one of someone else.
 * @param {CorsRule[]} rules
 * @param {string[]} origins
 */
export function withOrigins(rules, origins) {
  if (origins.every((origin) => rules.some((rule) => allowsAll(rule, origin)))) return undefined;
  const oldest = rules.length < MOST_RULES ? -1 : rules.findIndex((rule) => isOurs(rule));
  return [...rules.filter((_, index) => index !== oldest), { ...OURS, allowedOrigins: origins.join(',') }];
}

/** @param {CorsRule} rule @param {string} origin */
function allowsAll(rule, origin) {
  const origins = rule.allowedOrigins.split(',');
  return (origins.includes('*') || origins.includes(origin)) && isComplete(rule);
}

/** @param {CorsRule} rule */
const isComplete = (rule) =>
  OURS.allowedMethods.split(',').every((method) => rule.allowedMethods.split(',').includes(method)) &&
  rule.allowedHeaders === '*' &&
  rule.exposedHeaders === '*';

/** A rule of ours looks like this and names loopback alone. @param {CorsRule} rule */
const isOurs = (rule) =>
  isComplete(rule) &&
  rule.maxAgeInSeconds === OURS.maxAgeInSeconds &&
  rule.allowedOrigins.split(',').every((origin) => /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(origin));
