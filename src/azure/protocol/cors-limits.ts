import { counted, exactly } from '../../words/counts';
import { urlOf } from './decode-uri.ts';
import type { CorsRule } from './model';

/** learn.microsoft.com/rest/api/storageservices/set-queue-service-properties, cross-origin-resource-sharing--cors--support */
export const CORS_LIMITS = {
  rules: 5,
  /** Characters of all rules together, without the XML around them. */
  characters: 2048,
  origins: 64,
  /** Characters of one origin or header. */
  item: 256,
  literalHeaders: 64,
  /** Headers that end in `*`. */
  prefixHeaders: 2,
  /** The largest signed 32-bit integer. */
  maxAgeSeconds: 2_147_483_647,
} as const;

export const CORS_METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'MERGE', 'PATCH'] as const;

export type CorsField = keyof Omit<CorsRule, 'unknown'>;
export type CorsProblems = Partial<Record<CorsField, string>>;

/** Why Azure refuses a rule, as a sentence for each field; empty when it accepts the rule. */
export function corsRuleProblems(rule: CorsRule): CorsProblems {
  const problems: [CorsField, string | undefined][] = [
    ['allowedOrigins', originsProblem(rule.allowedOrigins)],
    ['allowedMethods', methodsProblem(rule.allowedMethods)],
    ['allowedHeaders', headersProblem(rule.allowedHeaders)],
    ['exposedHeaders', headersProblem(rule.exposedHeaders)],
    ['maxAge', maxAgeProblem(rule.maxAge)],
  ];
  return Object.fromEntries(problems.filter(([, problem]) => problem !== undefined));
}

/** Why Azure refuses these rules together; undefined when it does not. */
export function corsRulesProblem(rules: readonly CorsRule[]): string | undefined {
  if (rules.length > CORS_LIMITS.rules) return `Azure keeps at most ${counted(CORS_LIMITS.rules, 'rule')}.`;
  const characters = corsCharacters(rules);
  return characters > CORS_LIMITS.characters
    ? `All rules together have at most 2 KiB. These have ${exactly(characters, 'byte')}.`
    : undefined;
}

/** Characters that count towards the limit of 2 KiB. */
export const corsCharacters = (rules: readonly CorsRule[]): number =>
  rules.reduce((sum, rule) => sum + textOf(rule).length, 0);

const textOf = ({ allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders, maxAge }: CorsRule): string =>
  [allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders].map((list) => list.join(',')).join('') + maxAge;

function originsProblem(origins: readonly string[]): string | undefined {
  if (origins.length === 0) return 'A rule names at least one origin.';
  if (origins.length > CORS_LIMITS.origins) return `A rule names at most ${CORS_LIMITS.origins} origins.`;
  return tooLong(origins, 'An origin');
}

function methodsProblem(methods: readonly string[]): string | undefined {
  if (methods.length === 0) return 'A rule allows at least one method.';
  const foreign = methods.find((method) => !(CORS_METHODS as readonly string[]).includes(method));
  return foreign === undefined ? undefined : `Azure knows no method ${foreign}.`;
}

function headersProblem(headers: readonly string[]): string | undefined {
  const prefixes = headers.filter((header) => header !== '*' && header.endsWith('*')).length;
  if (prefixes > CORS_LIMITS.prefixHeaders) return `At most ${CORS_LIMITS.prefixHeaders} headers end in *.`;
  if (headers.length - prefixes > CORS_LIMITS.literalHeaders) {
    return `At most ${CORS_LIMITS.literalHeaders} headers are whole names.`;
  }
  if (headers.some((header) => header !== '*' && !/^[!#$%&'+.^`|~\w-]+\*?$/.test(header))) {
    return 'A header name has no spaces or brackets, and * stands only at its end.';
  }
  return tooLong(headers, 'A header');
}

const maxAgeProblem = (seconds: number): string | undefined =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= CORS_LIMITS.maxAgeSeconds
    ? undefined
    : 'The age is a whole number of seconds, 0 or more.';

const tooLong = (items: readonly string[], what: string): string | undefined =>
  items.some((item) => item.length > CORS_LIMITS.item)
    ? `${what} has at most ${exactly(CORS_LIMITS.item, 'character')}.`
    : undefined;

/** Why an origin that Azure accepts never matches: browsers send `https://host[:port]`, and case counts. */
export function originNote(origin: string): string | undefined {
  if (origin === '*') return undefined;
  if (origin.includes('*')) return `${origin}: Azure compares whole origins, so * works alone only.`;
  if (!urlOf(origin)) return `${origin} is not an origin: one looks like https://host or https://host:port.`;
  const { origin: exact } = new URL(origin);
  return exact === origin || exact === 'null' ? undefined : `${origin} never matches: browsers send ${exact}.`;
}
