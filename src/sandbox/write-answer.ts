import type { Answer, AnswerHead } from './endpoint';
import { brokenConnection } from './fault-injector';
import { rfc1123 } from './rfc1123';
import { TextResponse } from './text-response';

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content' };

/** Makes the `Response`; `reason` is the sentence of an error, which the service sends as HTTP's reason phrase. */
export function writeAnswer(
  { status, headers, body }: Answer,
  { requestId, date, version, clientRequestId }: AnswerHead,
  { method, reason = REASONS[status] ?? '', truncated }: { method: string; reason?: string; truncated: boolean },
): Response {
  const all: Record<string, string> = {
    server: 'Windows-Azure-Queue/1.0 Queuescope-Sandbox/1.0',
    'x-ms-request-id': requestId,
    'x-ms-version': version,
    date: rfc1123(date),
    ...headers,
  };
  if (clientRequestId !== undefined) all['x-ms-client-request-id'] = clientRequestId;
  if (body !== undefined) all['content-type'] = 'application/xml';
  if (method === 'GET' || method === 'HEAD') all['cache-control'] = 'no-cache';
  const init = { status, statusText: reason, headers: all };
  if (body === undefined || method === 'HEAD') return new Response(null, init);
  return truncated ? new Response(breakingOff(body), init) : new TextResponse(body, init);
}

/** Half of a body, then a broken connection. */
function breakingOff(body: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(body);
  return new ReadableStream({
    pull(controller) {
      if (controller.desiredSize === null) return;
      controller.enqueue(bytes.slice(0, bytes.length >> 1));
      controller.error(brokenConnection());
    },
  });
}
