/** @typedef {import('./cors-rules.mjs').CorsRule} CorsRule */

/** In the order that the service writes them in, with the names of the official client. */
const FIELDS = /** @type {const} */ ([
  ['allowedOrigins', 'AllowedOrigins'],
  ['allowedMethods', 'AllowedMethods'],
  ['allowedHeaders', 'AllowedHeaders'],
  ['exposedHeaders', 'ExposedHeaders'],
]);

/** The CORS rules of a Get Queue Service Properties answer. @param {string} xml @returns {CorsRule[]} */
export const readRules = (xml) =>
  [...xml.matchAll(/<CorsRule>(.*?)<\/CorsRule>/gs)].map(([, rule = '']) => ({
    allowedOrigins: textOf(rule, 'AllowedOrigins'),
    allowedMethods: textOf(rule, 'AllowedMethods'),
    allowedHeaders: textOf(rule, 'AllowedHeaders'),
    exposedHeaders: textOf(rule, 'ExposedHeaders'),
    maxAgeInSeconds: Number(textOf(rule, 'MaxAgeInSeconds') || 0),
  }));

/** A body for Set Queue Service Properties that sets the rules, and nothing else. @param {CorsRule[]} rules */
export const writeRules = (rules) =>
  `<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><Cors>${rules.map(ruleXml).join('')}</Cors></StorageServiceProperties>`;

/** All five children, since the service wants each. @param {CorsRule} rule */
const ruleXml = (rule) =>
  `<CorsRule>${FIELDS.map(([field, name]) => `<${name}>${escapeXml(rule[field])}</${name}>`).join('')}<MaxAgeInSeconds>${rule.maxAgeInSeconds}</MaxAgeInSeconds></CorsRule>`;

/** The text of the first element of a name; nothing when there is none. @param {string} xml @param {string} name */
export const textOf = (xml, name) =>
  unescapeXml(new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '').trim();

/** @type {Record<string, string>} */
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @param {string} text */
const unescapeXml = (text) =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    name ? (NAMED[name] ?? whole) : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );

/** A carriage return would else arrive as a line feed. @param {string} text */
export const escapeXml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
