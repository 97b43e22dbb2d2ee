import { decodedOrSame } from '@/azure/protocol/decode-uri';
import { isPathStyle } from '@/azure/protocol/endpoint';
import type { Exchange } from '@/azure/protocol/exchange';
import { MAX_ATTEMPTS } from '@/azure/wire/retry';

const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Path and query below the account, with message ids shortened to the 8 characters the grid shows. */
export function shownPath({ url }: Exchange): string {
  const address = new URL(url);
  const { pathname, search } = address;
  const path = isPathStyle(address) ? pathname.replace(/^\/[^/]+/, '') || '/' : pathname;
  return decodedOrSame(path + search, decodeURI).replace(UUID, '$1…');
}

/** What the request does, in the words the app's own buttons use. */
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

/** What the transport says of a call that nobody waits for any more: nothing went wrong. */
const CANCELLED = 'Cancelled';

export type Tone = 'neutral' | 'accent' | 'warn' | 'danger';

/** How it went: `neutral` is under way or cancelled, `warn` is a failure that the transport makes good by itself. */
export function toneOf({ response, failure, willRetry }: Exchange): Tone {
  if (willRetry) return 'warn';
  if (failure?.message === CANCELLED) return 'neutral';
  if (failure || (response && response.status >= 400)) return 'danger';
  return response ? 'accent' : 'neutral';
}

/** The operation or, when it failed, why. */
export function shownOutcome(exchange: Exchange): string {
  const { failure, response, attempt, willRetry } = exchange;
  if (!failure) return attempt > 1 ? `${shownOperation(exchange)}, retry ${attempt - 1}` : shownOperation(exchange);
  if (failure.message === CANCELLED) return CANCELLED;
  const reason = failure.code ?? (response ? `Status ${response.status}` : 'No readable answer');
  return willRetry ? `${reason}, retry ${attempt} of ${MAX_ATTEMPTS - 1}` : reason;
}

/** `200`, or what stands in its place. */
export function shownStatus({ response, failure }: Exchange): string {
  if (response) return `${response.status}`;
  return failure ? 'none' : '…';
}

/** `52 ms`, `1.2 s`, or nothing while under way. */
export function shownDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

export const isWrite = ({ method }: Exchange) => method !== 'GET';
export const isError = (exchange: Exchange) => toneOf(exchange) === 'danger' || toneOf(exchange) === 'warn';

/** True when every word stands somewhere in what the list or the details show. */
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
