import { appRequests, pageAccess } from '../../src/azure/diagnosis/cors-evaluate';
import { ruleFor } from '../../src/azure/diagnosis/cors-rule';
import { corsRulesProblem } from '../../src/azure/protocol/cors-limits';
import type { CorsRule } from '../../src/azure/protocol/model';
import { Refusal } from '../command.mjs';

type Rules = readonly CorsRule[];

/** Those of a connection with a key, which have the most headers. */
const REQUESTS = appRequests('key');

/** A rule that lets pages of these origins do all that the page does. */
export const completeRule = (origins: readonly string[]): CorsRule => ({
  ...ruleFor(''),
  allowedOrigins: [...origins],
});

/**
 * The rules with what a page of these origins lacks: their own rule widened, or one more, before any rule that Azure would
 * take first and that allows less. Nobody else is let in or out. Undefined when the origins may do all already.
 * @throws Refusal when these are more than Azure keeps
 */
export function addOrigins(rules: Rules, origins: readonly string[]): CorsRule[] | undefined {
  if (areAllIn(rules, origins)) return undefined;
  const own = rules.findIndex(({ allowedOrigins }) => allowedOrigins.join() === origins.join());
  const ownRule = rules[own];
  const others = rules.filter((_, index) => index !== own);
  const rival = others.findIndex((rule) => origins.some((origin) => fits(rule, origin)));
  const at = own < 0 || (rival >= 0 && rival < own) ? (rival < 0 ? others.length : rival) : own;
  const after = others.toSpliced(at, 0, ownRule ? widened(ownRule) : completeRule(origins));
  const problem = corsRulesProblem(after);
  if (problem !== undefined) throw new Refusal(`${problem} Remove one first: "queuescope cors list" shows them.`);
  return after;
}

/** The rules without this origin; a rule that named it alone is gone. Undefined when no rule names it. */
export function removeOrigin(rules: Rules, origin: string): CorsRule[] | undefined {
  if (!rules.some(({ allowedOrigins }) => allowedOrigins.includes(origin))) return undefined;
  return rules.flatMap((rule) => {
    const allowedOrigins = rule.allowedOrigins.filter((one) => one !== origin);
    return allowedOrigins.length === 0 ? [] : [{ ...rule, allowedOrigins }];
  });
}

/** Whether a rule for every origin lets it in, whatever else is removed. */
export const hasRuleForAll = (rules: Rules): boolean =>
  rules.some(({ allowedOrigins }) => allowedOrigins.includes('*'));

const fits = ({ allowedOrigins }: CorsRule, origin: string): boolean =>
  allowedOrigins.some((one) => one === '*' || one === origin);

/** Whether pages of these origins may do all that the page does. */
export const areAllIn = (rules: Rules, origins: readonly string[]): boolean =>
  origins.every((origin) => {
    const { refused, hidden } = pageAccess(rules, origin, REQUESTS);
    return refused.length === 0 && hidden.length === 0;
  });

/** All methods, and of the headers what is there where it is enough. */
function widened(rule: CorsRule): CorsRule {
  const complete = ruleFor('');
  const allowedMethods = [...new Set([...rule.allowedMethods, ...complete.allowedMethods])];
  const wider = { ...rule, allowedMethods, maxAge: rule.maxAge || complete.maxAge };
  const { refused, hidden } = pageAccess([wider], rule.allowedOrigins[0] ?? '', REQUESTS);
  return {
    ...wider,
    ...(refused.length > 0 && { allowedHeaders: complete.allowedHeaders }),
    ...(hidden.length > 0 && { exposedHeaders: complete.exposedHeaders }),
  };
}

/** A rule in one line. */
export const ruleLine = ({
  allowedOrigins,
  allowedMethods,
  allowedHeaders,
  exposedHeaders,
  maxAge,
}: CorsRule): string =>
  `${allowedOrigins.join()}  methods ${listed(allowedMethods)}  headers ${listed(allowedHeaders)}  exposes ${listed(exposedHeaders)}  max age ${maxAge} s`;

const listed = (names: readonly string[]): string => names.join() || 'none';

/** What changes, line by line: `+` is new, `-` is gone. */
export function difference(before: Rules, after: Rules): string[] {
  const [old, now] = [before.map(ruleLine), after.map(ruleLine)];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  return [...gone, ...now.map((line) => `${old.includes(line) ? ' ' : '+'} ${line}`)];
}
