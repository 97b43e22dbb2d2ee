import type { Answer, AnswerHead } from './answer';
import { rfc1123 } from './rfc1123';

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content' };

/** All of a response but its class: what a worker can send to the page. */
export type WrittenAnswer = {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  /** Undefined without a body, as for HEAD. */
  body: string | undefined;
  /** True when the connection breaks in the middle of the body. */
  truncated: boolean;
};

/** Completes an answer; `reason` is the sentence of an error, which the service sends as HTTP's reason phrase. */
export function writeAnswer(
  { status, headers, body, withoutVersion = false }: Answer,
  { requestId, date, version, clientRequestId }: AnswerHead,
  { method, reason = REASONS[status] ?? '', truncated }: { method: string; reason?: string; truncated: boolean },
): WrittenAnswer {
  const all: Record<string, string> = {
    server: 'Windows-Azure-Queue/1.0 Queuescope-Sandbox/1.0',
    'x-ms-request-id': requestId,
    date: rfc1123(date),
    ...headers,
  };
  if (!withoutVersion) all['x-ms-version'] = version;
  // Earlier versions do not repeat it.
  if (clientRequestId !== undefined && version >= '2019-02-02') all['x-ms-client-request-id'] = clientRequestId;
  if (body !== undefined) all['content-type'] = 'application/xml';
  if (status === 200 && (method === 'GET' || method === 'HEAD')) all['cache-control'] = 'no-cache';
  return { status, statusText: reason, headers: all, body: method === 'HEAD' ? undefined : body, truncated };
}
