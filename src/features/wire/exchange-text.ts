import { decodedOrSame } from '@/azure/protocol/decode-uri';
import { isPathStyle } from '@/azure/protocol/endpoint';
import type { Exchange } from '@/azure/protocol/exchange';
import { MAX_ATTEMPTS } from '@/azure/wire/retry';
import { tenths } from '@/words/counts';
import { withoutTurns } from '@/words/isolate';

const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The path and query below the account, with message ids shortened to 8 characters as in the grid. */
export function shownPath({ url }: Exchange): string {
  const address = new URL(url);
  const { pathname, search } = address;
  const path = isPathStyle(address) ? pathname.replace(/^\/[^/]+/, '') || '/' : pathname;
  return withoutTurns(decodedOrSame(path + search, decodeURI)).replace(UUID, '$1…');
}

/** The operation in the words of the app's buttons. */
export function shownOperation(exchange: Exchange): string {
  const query = new URL(exchange.url).searchParams;
  switch (exchange.operation) {
    case 'Peek Messages':
      return `Peek ${query.get('numofmessages') ?? 1}`;
    case 'Get Messages':
      return `Receive ${query.get('numofmessages') ?? 1}`;
    case 'Put Message':
      return 'Add message';
    case 'Update Message':
      if (exchange.request.body) return 'Edit message';
      return query.get('visibilitytimeout') === '0' ? 'Release lease' : 'Extend lease';
    case 'Clear Messages':
      return 'Clear queue';
    default:
      return exchange.operation.charAt(0) + exchange.operation.slice(1).toLowerCase();
  }
}

/** The transport's message for an aborted call, which is no failure. */
const CANCELLED = 'Cancelled';

export type Tone = 'neutral' | 'accent' | 'warn' | 'danger';

/** The result as a tone: `neutral` runs or was aborted, `warn` failed and is retried. */
export function toneOf({ response, failure, willRetry }: Exchange): Tone {
  if (willRetry) return 'warn';
  if (failure?.message === CANCELLED) return 'neutral';
  if (failure || (response && response.status >= 400)) return 'danger';
  return response ? 'accent' : 'neutral';
}

/** The operation, or why it failed. */
export function shownOutcome(exchange: Exchange): string {
  const { failure, response, attempt, willRetry } = exchange;
  if (!failure) return attempt > 1 ? `${shownOperation(exchange)}, retry ${attempt - 1}` : shownOperation(exchange);
  if (failure.message === CANCELLED) return CANCELLED;
  const reason = failure.code ?? (response ? `Status ${response.status}` : 'No readable answer');
  return willRetry ? `${reason}, retry ${attempt} of ${MAX_ATTEMPTS - 1}` : reason;
}

/** `200`, `none` without an answer, or `…` while it runs. */
export function shownStatus({ response, failure }: Exchange): string {
  if (response) return `${response.status}`;
  return failure ? 'none' : '…';
}

/** `52 ms`, `1.2 s`, or nothing while it runs. */
export function shownDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${tenths(milliseconds / 1000)} s`;
}

/** True for what changes the account: Receive too, since it counts a delivery and hides the messages. */
export const isWrite = ({ method, operation }: Exchange) => method !== 'GET' || operation === 'Get Messages';
export const isRefresh = (exchange: { isRefresh?: boolean }) => exchange.isRefresh === true;
export const isError = (exchange: Exchange) => toneOf(exchange) === 'danger' || toneOf(exchange) === 'warn';

/** True when every word occurs in what the list or the details show. */
export function matchesText(exchange: Exchange, text: string): boolean {
  const { method, url, failure } = exchange;
  const shown = [
    method,
    url,
    decodedOrSame(url, decodeURI),
    shownOperation(exchange),
    shownStatus(exchange),
    failure?.code ?? '',
  ]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}
