import { jsonProblem, mayBeJson } from '@/azure/bodies/json-tokens';
import { mayBeXml, xmlProblem } from '@/azure/bodies/xml-tokens';
import { nextTask } from '@/bulk/requests/next-task';
import { countGroups, groupKeyOf } from './count-groups';
import { EXPRESSION_LIMITS, type ExpressionLimits, ExpressionStopped } from './counted-jsonata';
import { parseExactly } from './exact-json';
import { compileExpression, type Expression } from './expression';
import { matcherOf } from './match-filter';
import { mayHoldInner } from './may-be-inner';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import { orderSlots } from './order-slots';
import {
  type ExpressionCount,
  type ExpressionProblem,
  type FromWorker,
  type PartlyRead,
  type Query,
  TOOK_TOO_LONG,
  type Unjudged,
  type Untested,
} from './protocol';

import { jsonForm } from './xml-as-json';

/** Work between two checks for a newer query. */
const SLICE_MS = 25;
const YES = 1;
const NO = 2;
const FAILED = 3;
/** Not known: it stays among the matches. */
const UNJUDGED = 4;

/** Messages on which an expression may reach its limits; it has a tenth of them on the others. */
const MOST_STOPPED = 8;

export type Found = Omit<Extract<FromWorker, { kind: 'found' }>, 'kind' | 'run'>;
/** The message that is judged next, by an expression or by the filter; neither while the matches are sorted and counted. */
export type Progress = { done: number; of: number; expression?: string; slot?: number };

/** Results of an expression by slot. */
type ExpressionResults = {
  expression: Expression;
  results: number[];
  failures: Map<number, { message: string; at?: number | undefined }>;
  /** Why messages are not judged, by slot. */
  unjudged: Map<number, string>;
};

/** Creates the runner of queries over an index; it caches the results of each expression in use. */
export function createQueryRunner(messageIndex: MessageIndex) {
  const resultsOf = new Map<string, ExpressionResults>();

  /** Drops the results of a message that has changed. */
  function forget(slot: number) {
    for (const { results, failures, unjudged } of resultsOf.values()) {
      results[slot] = 0;
      failures.delete(slot);
      unjudged.delete(slot);
    }
  }

  /** Runs a query; undefined when a newer one makes `isWanted` false. */
  async function run(query: Query, now: number, isWanted: () => boolean, report: (progress: Progress) => void) {
    const messages = messageIndex.entries.filter((message) => message !== undefined);
    const columns = [query.sort?.column, query.group, query.picked?.column].filter((column) => column !== undefined);
    messageIndex.dropColumnsExcept(columns);
    for (const expression of resultsOf.keys())
      if (!query.expressions.includes(expression)) resultsOf.delete(expression);
    const slice = createTimeSlice(isWanted, messages.length, query.isCareful === true, report);
    const isSkipped = skippedOf(query);
    const unjudged: Unjudged[] = [];
    const skipped = messages.filter(({ slot }) => isSkipped(slot));
    if (skipped.length > 0)
      unjudged.push({ expression: undefined, reason: TOOK_TOO_LONG, slots: skipped.map(({ slot }) => slot) });

    if (needsBodies(query)) {
      const hasWords = query.terms.some(({ kind }) => kind === 'text');
      const paths = columns.flatMap((column) => {
        const path = pathOf(column);
        return path ? [{ column, path }] : [];
      });
      for (const [index, message] of messages.entries()) {
        if (isSkipped(message.slot)) continue;
        if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
        const decoding = messageIndex.decode(message);
        if (decoding) await decoding;
        const reading = hasWords ? messageIndex.readInner(message) : undefined;
        if (reading) await reading;
        for (const { column, path } of paths) await messageIndex.readValue(message, column, path);
      }
    }

    const isMatch = matcherOf(query.terms);
    let matches: IndexedMessage[] = [];
    for (const [index, message] of messages.entries()) {
      if (!isSkipped(message.slot)) {
        if (slice.isDue() && !(await slice.next({ done: index, slot: message.slot }))) return undefined;
        if (!isMatch(message, now)) continue;
      }
      matches.push(message);
    }
    const partlyRead = query.terms.some(({ kind }) => kind === 'text') ? partlyReadOf(messages) : undefined;

    const counts: ExpressionCount[] = [];
    const problems: ExpressionProblem[] = [];
    for (const source of query.expressions) {
      if (!(await slice.next({ done: 0, expression: source, ...(messages[0] && { slot: messages[0].slot }) })))
        return undefined;
      const cached = resultsOf.get(source) ?? {
        expression: compileExpression(source),
        results: [],
        failures: new Map(),
        unjudged: new Map(),
      };
      resultsOf.set(source, cached);
      const { problem } = cached.expression;
      if (problem) {
        problems.push({ expression: source, ...problem });
        continue;
      }
      for (const [index, message] of messages.entries()) {
        const { slot } = message;
        if (isSkipped(slot, source)) {
          cached.results[slot] = UNJUDGED;
          cached.unjudged.set(slot, TOOK_TOO_LONG);
        }
        if (cached.results[slot]) continue;
        if (slice.isDue() && !(await slice.next({ done: index, expression: source, slot }))) return undefined;
        await evaluate(cached, message);
      }
      counts.push({ expression: source, count: messages.filter(({ slot }) => cached.results[slot] === YES).length });
      matches = matches.filter(({ slot }) => cached.results[slot] === YES || cached.results[slot] === UNJUDGED);
      const [first] = cached.failures;
      if (first) problems.push({ expression: source, ...first[1], slot: first[0], count: cached.failures.size });
      unjudged.push(...byReason(source, cached.unjudged));
    }
    report({ done: messages.length, of: messages.length });
    await nextTask();

    const untested = query.namesUntested ? untestedOf(messages, query, now) : undefined;
    return finish(query, matches, { counts, problems, unjudged, partlyRead, untested });
  }

  /** Messages that no condition rules out, and of which one cannot be judged. */
  function untestedOf(messages: readonly IndexedMessage[], query: Query, now: number): Untested[] {
    const { terms, expressions, picked } = query;
    const isSkipped = skippedOf(query);
    const [isMatch, mayMatch] = [matcherOf(terms), matcherOf(terms.filter(({ kind }) => kind !== 'text'))];
    const readsBody = expressions.length > 0 || terms.some(({ kind }) => kind === 'text') || isOfBody(picked?.column);
    const key = picked && groupKeyOf(picked.column, messageIndex);
    return messages.flatMap((message): Untested[] => {
      const { slot } = message;
      if (isSkipped(slot)) return [{ slot, reason: TOOK_TOO_LONG }];
      const isPart = readsBody && message.isPart;
      if (!(isPart ? mayMatch : isMatch)(message, now)) return [];
      if (key && !isPart && key(message) !== picked.key) return [];
      let reason = isPart ? (message.stopped ?? 'it was not read to its end') : undefined;
      for (const source of expressions) {
        const { results = [], failures, unjudged } = resultsOf.get(source) ?? {};
        if (results[slot] === NO) return [];
        reason ??= failures?.get(slot)?.message ?? unjudged?.get(slot);
      }
      return reason === undefined ? [] : [{ slot, reason }];
    });
  }

  function finish(
    { picked, group, sort }: Query,
    matches: IndexedMessage[],
    report: Omit<Found, 'slots' | 'groups' | 'members'>,
  ): Found {
    const all = Uint32Array.from(matches, ({ slot }) => slot);
    const counted = group === undefined ? undefined : countGroups(group, all, messageIndex);
    const key = picked && groupKeyOf(picked.column, messageIndex);
    const slots = key
      ? Uint32Array.from(
          matches.filter((message) => key(message) === picked.key),
          ({ slot }) => slot,
        )
      : all;
    if (sort) orderSlots(slots, sort, messageIndex);
    return { slots, groups: counted?.groups, ...(counted && { members: counted.members }), ...report };
  }

  return { run, forget };
}

/** True for a column whose values are in the body. */
const isOfBody = (column: string | undefined) =>
  column !== undefined && (column === 'format' || pathOf(column) !== undefined);

/** True when a query needs decoded bodies. */
const needsBodies = ({ terms, expressions, sort, group, picked }: Query) =>
  expressions.length > 0 ||
  terms.some(({ kind }) => kind === 'text' || kind === 'format') ||
  [sort?.column, group, picked?.column].some(isOfBody);

async function evaluate({ expression, results, failures, unjudged }: ExpressionResults, message: IndexedMessage) {
  if (expression.problem) return;
  const { slot, body, stopped } = message;
  const json = jsonForm(body);
  const value = parseExactly(json);
  const unread = value === undefined ? (stopped ?? unreadOf(body)) : undefined;
  if (unread !== undefined) {
    results[slot] = UNJUDGED;
    unjudged.set(slot, unread);
    return;
  }
  const limits = unjudged.size < MOST_STOPPED ? EXPRESSION_LIMITS : TENTH;
  try {
    results[slot] = (await expression.holds(value, contextOf(message), limits, mayHoldInner(json))) ? YES : NO;
  } catch (error) {
    if (error instanceof ExpressionStopped) {
      results[slot] = UNJUDGED;
      unjudged.set(slot, error.message);
    } else {
      results[slot] = FAILED;
      failures.set(slot, error as { message: string; at?: number });
    }
  }
}

/** The limit at which the reading of a body as a value stopped. */
function unreadOf(body: string): string | undefined {
  if (mayBeXml(body)) return xmlProblem(body)?.stopped;
  return mayBeJson(body) ? jsonProblem(body)?.stopped : undefined;
}

const TENTH: ExpressionLimits = { steps: EXPRESSION_LIMITS.steps / 10, made: EXPRESSION_LIMITS.made / 10 };

function byReason(expression: string, unjudged: ReadonlyMap<number, string>): Unjudged[] {
  const slotsOf = new Map<string, number[]>();
  for (const [slot, reason] of unjudged) {
    const slots = slotsOf.get(reason);
    if (slots) slots.push(slot);
    else slotsOf.set(reason, [slot]);
  }
  return [...slotsOf].map(([reason, slots]) => ({ expression, reason, slots }));
}

/** Whether a message is not to be judged by an expression, or without one, at all. */
function skippedOf({ skipped = [] }: Query): (slot: number, expression?: string) => boolean {
  const all = new Map<string | undefined, Set<number>>();
  for (const { slot, expression } of skipped) all.set(expression, (all.get(expression) ?? new Set()).add(slot));
  return (slot, expression) => all.get(undefined)?.has(slot) === true || all.get(expression)?.has(slot) === true;
}

function partlyReadOf(messages: readonly IndexedMessage[]): PartlyRead | undefined {
  const partly = messages.filter(({ isPart }) => isPart);
  const [first] = partly;
  return first && { slot: first.slot, count: partly.length, reason: first.stopped ?? '' };
}

const contextOf = ({ id, text, dequeueCount, size, insertedAt, expiresAt }: IndexedMessage) => ({
  id,
  text,
  dequeueCount,
  size,
  inserted: isoOf(insertedAt),
  expires: isoOf(expiresAt),
});

/** Null for a time that is never, or cannot be read. */
const isoOf = (time: number | null) => (time === null || Number.isNaN(time) ? null : new Date(time).toISOString());

function createTimeSlice(
  isWanted: () => boolean,
  of: number,
  isCareful: boolean,
  report: (progress: Progress) => void,
) {
  let end = performance.now() + SLICE_MS;
  return {
    isDue: () => isCareful || performance.now() >= end,
    async next(progress: Omit<Progress, 'of'>) {
      report({ ...progress, of });
      await nextTask();
      end = performance.now() + SLICE_MS;
      return isWanted();
    },
  };
}
