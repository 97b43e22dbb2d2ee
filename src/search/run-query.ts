import { nextTask } from '@/bulk/requests/next-task';
import { countGroups, groupKeyOf } from './count-groups';
import { parseExactly } from './exact-json';
import { compileExpression, type Expression } from './expression';
import { matcherOf } from './match-filter';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import { orderSlots } from './order-slots';
import type { ExpressionCount, ExpressionProblem, FromWorker, Query } from './protocol';

/** Work between two checks for a newer query. */
const SLICE_MS = 25;
const YES = 1;
const NO = 2;
const FAILED = 3;

export type Found = Omit<Extract<FromWorker, { kind: 'found' }>, 'kind' | 'run'>;
export type Progress = { done: number; of: number; expression?: string; slot?: number };

/** Results of an expression by slot. */
type ExpressionResults = {
  expression: Expression;
  results: number[];
  failures: Map<number, { message: string; at?: number | undefined }>;
};

/** Creates the runner of queries over an index; it caches the results of each expression in use. */
export function createQueryRunner(messageIndex: MessageIndex) {
  const resultsOf = new Map<string, ExpressionResults>();

  /** Drops the results of a message that has changed. */
  function forget(slot: number) {
    for (const { results, failures } of resultsOf.values()) {
      results[slot] = 0;
      failures.delete(slot);
    }
  }

  /** Runs a query; undefined when a newer one makes `isWanted` false. */
  async function run(query: Query, now: number, isWanted: () => boolean, report: (progress: Progress) => void) {
    const messages = messageIndex.entries.filter((message) => message !== undefined);
    const columns = [query.sort?.column, query.group, query.picked?.column].filter((column) => column !== undefined);
    messageIndex.dropColumnsExcept(columns);
    for (const expression of resultsOf.keys())
      if (!query.expressions.includes(expression)) resultsOf.delete(expression);
    const slice = createTimeSlice(isWanted, messages.length, report);

    if (needsBodies(query))
      for (const [index, message] of messages.entries()) {
        if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
        const decoding = messageIndex.decode(message);
        if (decoding) await decoding;
      }

    const isMatch = matcherOf(query.terms);
    let matches: IndexedMessage[] = [];
    for (const [index, message] of messages.entries()) {
      if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
      if (isMatch(message, now)) matches.push(message);
    }

    const counts: ExpressionCount[] = [];
    const problems: ExpressionProblem[] = [];
    for (const source of query.expressions) {
      if (!(await slice.next({ done: 0, expression: source, ...(messages[0] && { slot: messages[0].slot }) })))
        return undefined;
      const cached = resultsOf.get(source) ?? {
        expression: compileExpression(source),
        results: [],
        failures: new Map(),
      };
      resultsOf.set(source, cached);
      const { problem } = cached.expression;
      if (problem) {
        problems.push({ expression: source, ...problem });
        continue;
      }
      for (const [index, message] of messages.entries()) {
        if (cached.results[message.slot]) continue;
        if (slice.isDue() && !(await slice.next({ done: index, expression: source, slot: message.slot })))
          return undefined;
        await evaluate(cached, message);
      }
      counts.push({ expression: source, count: messages.filter(({ slot }) => cached.results[slot] === YES).length });
      matches = matches.filter(({ slot }) => cached.results[slot] === YES);
      const [first] = cached.failures;
      if (first) problems.push({ expression: source, ...first[1], slot: first[0], count: cached.failures.size });
    }

    return finish(query, matches, { counts, problems });
  }

  function finish(
    { picked, group, sort }: Query,
    matches: IndexedMessage[],
    report: Omit<Found, 'slots' | 'groups'>,
  ): Found {
    const all = Uint32Array.from(matches, ({ slot }) => slot);
    const groups = group === undefined ? undefined : countGroups(group, all, messageIndex);
    const key = picked && groupKeyOf(picked.column, messageIndex);
    const slots = key
      ? Uint32Array.from(
          matches.filter((message) => key(message) === picked.key),
          ({ slot }) => slot,
        )
      : all;
    if (sort) orderSlots(slots, sort, messageIndex);
    return { slots, groups, ...report };
  }

  return { run, forget };
}

/** True when a query needs decoded bodies. */
const needsBodies = ({ terms, expressions, sort, group, picked }: Query) =>
  expressions.length > 0 ||
  terms.some(({ kind }) => kind === 'text' || kind === 'format') ||
  [sort?.column, group, picked?.column].some((column) => column === 'format' || (column && pathOf(column)));

async function evaluate({ expression, results, failures }: ExpressionResults, message: IndexedMessage) {
  if (expression.problem) return;
  try {
    results[message.slot] = (await expression.holds(parseExactly(message.body), contextOf(message))) ? YES : NO;
  } catch (error) {
    results[message.slot] = FAILED;
    failures.set(message.slot, error as { message: string; at?: number });
  }
}

const contextOf = ({ id, text, dequeueCount, size, insertedAt, expiresAt }: IndexedMessage) => ({
  id,
  text,
  dequeueCount,
  size,
  inserted: new Date(insertedAt).toISOString(),
  expires: expiresAt === null ? null : new Date(expiresAt).toISOString(),
});

function createTimeSlice(isWanted: () => boolean, of: number, report: (progress: Progress) => void) {
  let end = performance.now() + SLICE_MS;
  return {
    isDue: () => performance.now() >= end,
    async next(progress: Omit<Progress, 'of'>) {
      report({ ...progress, of });
      await nextTask();
      end = performance.now() + SLICE_MS;
      return isWanted();
    },
  };
}
