import { decodedOrSame } from '@/azure/protocol/decode-uri';
import type { Exchange } from '@/azure/protocol/exchange';
import { loggedExchanges } from '@/state/activity/request-log';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { version } from '../../../package.json';

/** In place of a signature or token. */
const PLACEHOLDER = '<left out>';
const COMMENT =
  'Account keys, signatures and access tokens are left out: they are replaced where a request is recorded. Message texts and pop receipts are included.';

type Creator = { name: string; version: string };
type NameValue = { name: string; value: string };

/**
 * The exchanges, oldest first, as an HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html). Unknown
 * values are -1, as that document says: sizes of headers, and all times but the wait.
 */
export const toHar = (exchanges: readonly Exchange[], creator: Creator) => ({
  log: {
    version: '1.2',
    creator,
    comment: COMMENT,
    pages: [],
    entries: exchanges.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()).map(entryOf),
  },
});

function entryOf(exchange: Exchange) {
  const { url, method, startedAt, duration = 0, request, operation, attempt, failure } = exchange;
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/xml';
  const notes = [operation, attempt > 1 && `attempt ${attempt}`, failure?.code ?? failure?.message];
  return {
    startedDateTime: startedAt.toISOString(),
    time: duration,
    request: {
      method,
      url,
      httpVersion: 'unknown',
      cookies: [],
      headers: headersOf(request.headers),
      queryString: queryOf(url),
      ...(request.body !== undefined && { postData: { mimeType: type, params: [], text: request.body } }),
      headersSize: -1,
      bodySize: bytesOf(request.body ?? ''),
    },
    response: responseOf(exchange),
    cache: {},
    timings: { send: -1, wait: duration, receive: -1 },
    comment: notes.filter(Boolean).join(', '),
  };
}

/** A request without a readable answer has status 0, as browsers write it. */
function responseOf({ response, failure }: Exchange) {
  const { status = 0, statusText = failure?.message ?? '', headers = [], body = '' } = response ?? {};
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'x-unknown';
  return {
    status,
    statusText,
    httpVersion: 'unknown',
    cookies: [],
    headers: headersOf(headers),
    content: { size: bytesOf(body), mimeType: type, text: body },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  };
}

/** The headers, with only the scheme of `authorization`. */
const headersOf = (headers: readonly [name: string, value: string][]): NameValue[] =>
  headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization'
      ? { name, value: `${value.split(/\s/)[0] ?? ''} ${PLACEHOLDER}` }
      : { name, value },
  );

function queryOf(url: string): NameValue[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  return url
    .slice(at + 1)
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decodedOrSame(name), value: decodedOrSame(value.join('=')) };
    });
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** Saves the request log as an HTTP Archive, and says what it leaves out. */
export function exportHar() {
  const exchanges = loggedExchanges();
  const har = toHar(exchanges, { name: 'Queuescope', version });
  const content = new Blob([JSON.stringify(har, undefined, 2)], { type: 'application/json' });
  saveFile(`${timedName('queuescope', new Date())}.har`, content);
  toast({
    title: `Exported ${counted(exchanges.length, 'request')}, keys left out`,
    detail: 'Signatures and tokens too. Message texts are included.',
    tone: 'success',
  });
}
