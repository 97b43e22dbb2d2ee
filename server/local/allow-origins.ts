import { CORS_LIMITS } from '../../src/azure/protocol/cors-limits';
import type { Account, CorsRule } from '../../src/azure/protocol/model';
import { addOrigins, areAllIn, completeRule, ruleLine } from '../cors/cors-rules';

/** The list is written as a whole: another start may write at the same moment, so we look again and add again. */
const ATTEMPTS = 5;

/**
 * Lets a page of these origins speak to the service, beside what it allows already.
 * @param origins such as `http://127.0.0.1:5190`
 */
export async function allowOrigins(
  account: Pick<Account, 'getServiceProperties' | 'setServiceProperties'>,
  origins: readonly string[],
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { cors = [] } = await account.getServiceProperties();
    const rules = withOrigins(cors, origins);
    if (!rules) return;
    await account.setServiceProperties({ cors: rules });
  }
}

/**
 * The rules with one for these origins; undefined when they are allowed already. A full list gives up the oldest rule that
 * an earlier start added, and never one of someone else.
 * @throws Refusal when a full list has none to give up
 */
export function withOrigins(rules: readonly CorsRule[], origins: readonly string[]): CorsRule[] | undefined {
  if (areAllIn(rules, origins)) return undefined;
  const oldest = rules.length < CORS_LIMITS.rules ? undefined : rules.find(isOurs);
  return addOrigins(
    rules.filter((rule) => rule !== oldest),
    origins,
  );
}

/** A rule of ours is complete and names loopback alone. */
const isOurs = (rule: CorsRule): boolean =>
  ruleLine(rule) === ruleLine(completeRule(rule.allowedOrigins)) &&
  rule.allowedOrigins.every((origin) => /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(origin));
