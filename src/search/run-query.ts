import { countGroups, groupKeyOf } from './count-groups';
import { parseExactly } from './exact-json';
import { compileExpression, type Expression } from './expression';
import { matcherOf } from './match-filter';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import { nextTask } from './next-task';
import { orderSlots } from './order-slots';
import type { ExpressionCount, ExpressionProblem, Groups, Query } from './protocol';

/** Milliseconds of work before a newer question may come in. */
const SLICE_MS = 25;
const YES = 1;
const NO = 2;
const FAILED = 3;

export type Found = {
  slots: Uint32Array<ArrayBuffer>;
  groups?: Groups | undefined;
  counts: ExpressionCount[];
  problems: ExpressionProblem[];
};
export type Progress = { done: number; of: number; expression?: string; slot?: number };

/** What an expression said of each slot so far. */
type ExpressionResults = {
  expression: Expression;
  results: number[];
  failures: Map<number, { message: string; at?: number | undefined }>;
};

/** Answers questions about the messages on a shelf; what an expression said of a message is kept while it is asked. */
export function createQueryRunner(messageIndex: MessageIndex) {
  const known = new Map<string, ExpressionResults>();

  /** Forgets what was said of a message that has changed. */
  function forget(slot: number) {
    for (const { results, failures } of known.values()) {
      results[slot] = 0;
      failures.delete(slot);
    }
  }

  /** Undefined when `isWanted` says that nobody waits any more. */
  async function run(query: Query, now: number, isWanted: () => boolean, tell: (progress: Progress) => void) {
    const messages = messageIndex.entries.filter((message) => message !== undefined);
    const columns = [query.sort?.column, query.group, query.picked?.column].filter((column) => column !== undefined);
    messageIndex.dropColumnsExcept(columns);
    for (const expression of known.keys()) if (!query.expressions.includes(expression)) known.delete(expression);
    const slice = sliced(isWanted, messages.length, tell);

    if (needsBodies(query))
      for (const [index, message] of messages.entries()) {
        if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
        const decoding = messageIndex.decode(message);
        if (decoding) await decoding;
      }

    const matches = matcherOf(query.terms);
    let kept: IndexedMessage[] = [];
    for (const [index, message] of messages.entries()) {
      if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
      if (matches(message, now)) kept.push(message);
    }

    const counts: ExpressionCount[] = [];
    const problems: ExpressionProblem[] = [];
    for (const source of query.expressions) {
      if (!(await slice.next({ done: 0, expression: source, ...(messages[0] && { slot: messages[0].slot }) })))
        return undefined;
      const judged = known.get(source) ?? { expression: compileExpression(source), results: [], failures: new Map() };
      known.set(source, judged);
      const { problem } = judged.expression;
      if (problem) {
        problems.push({ expression: source, ...problem });
        continue;
      }
      for (const [index, message] of messages.entries()) {
        if (judged.results[message.slot]) continue;
        if (slice.isDue() && !(await slice.next({ done: index, expression: source, slot: message.slot })))
          return undefined;
        await judge(judged, message);
      }
      counts.push({ expression: source, count: messages.filter(({ slot }) => judged.results[slot] === YES).length });
      kept = kept.filter(({ slot }) => judged.results[slot] === YES);
      const [first] = judged.failures;
      if (first) problems.push({ expression: source, ...first[1], slot: first[0], count: judged.failures.size });
    }

    return finish(query, kept, { counts, problems });
  }

  function finish(
    { picked, group, sort }: Query,
    kept: IndexedMessage[],
    rest: Omit<Found, 'slots' | 'groups'>,
  ): Found {
    const all = Uint32Array.from(kept, ({ slot }) => slot);
    const groups = group === undefined ? undefined : countGroups(group, all, messageIndex);
    const key = picked && groupKeyOf(picked.column, messageIndex);
    const slots = key
      ? Uint32Array.from(
          kept.filter((message) => key(message) === picked.key),
          ({ slot }) => slot,
        )
      : all;
    if (sort) orderSlots(slots, sort, messageIndex);
    return { slots, groups, ...rest };
  }

  return { run, forget };
}

/** Whether anything in a query looks at what the texts mean. */
const needsBodies = ({ terms, expressions, sort, group, picked }: Query) =>
  expressions.length > 0 ||
  terms.some(({ kind }) => kind === 'text' || kind === 'format') ||
  [sort?.column, group, picked?.column].some((column) => column === 'format' || (column && pathOf(column)));

async function judge({ expression, results, failures }: ExpressionResults, message: IndexedMessage) {
  if (expression.problem) return;
  try {
    results[message.slot] = (await expression.holds(parseExactly(message.body), circumstances(message))) ? YES : NO;
  } catch (error) {
    results[message.slot] = FAILED;
    failures.set(message.slot, error as { message: string; at?: number });
  }
}

const circumstances = ({ id, text, dequeueCount, size, insertedAt, expiresAt }: IndexedMessage) => ({
  id,
  text,
  dequeueCount,
  size,
  inserted: new Date(insertedAt).toISOString(),
  expires: expiresAt === null ? null : new Date(expiresAt).toISOString(),
});

function sliced(isWanted: () => boolean, of: number, tell: (progress: Progress) => void) {
  let end = performance.now() + SLICE_MS;
  return {
    isDue: () => performance.now() >= end,
    async next(progress: Omit<Progress, 'of'>) {
      tell({ ...progress, of });
      await nextTask();
      end = performance.now() + SLICE_MS;
      return isWanted();
    },
  };
}
