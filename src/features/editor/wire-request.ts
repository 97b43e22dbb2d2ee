import type { Draft, Receipt } from '@/azure/protocol/model';
import { SERVICE_VERSION } from '@/azure/wire/signed-request';
import { textElement, xmlDocument } from '@/azure/wire/xml';

/** A request as it will go out, but for date and signature. */
export type WireRequest = {
  method: 'POST' | 'PUT';
  url: string;
  /** Of the URL, with the account in front where the endpoint is path-style. */
  path: string;
  query: [name: string, value: string][];
  /** The exact body; undefined when there is none. */
  body: string | undefined;
};

/** Put Message as the client sends it. */
export const putRequest = (
  endpoint: string,
  queue: string,
  { text, timeToLive, visibilityDelay }: Draft,
): WireRequest =>
  request('POST', endpoint, `/${queue}/messages`, text, [
    ['visibilitytimeout', visibilityDelay],
    ['messagettl', timeToLive === 'never' ? -1 : timeToLive],
  ]);

/** Update Message as the client sends it. */
export const updateRequest = (
  endpoint: string,
  queue: string,
  { id, receipt }: Receipt,
  change: { text?: string; visibilityTimeout: number },
): WireRequest =>
  request('PUT', endpoint, `/${queue}/messages/${encodeURIComponent(id)}`, change.text, [
    ['popreceipt', receipt],
    ['visibilitytimeout', change.visibilityTimeout],
  ]);

/** The request as text, to paste into a note or a tool; without credentials. */
export const requestText = ({ method, url, body }: WireRequest) =>
  [`${method} ${url}`, 'Content-Type: application/xml', `x-ms-version: ${SERVICE_VERSION}`, '', body ?? ''].join('\n');

function request(
  method: WireRequest['method'],
  endpoint: string,
  path: string,
  text: string | undefined,
  parameters: [name: string, value: string | number | undefined][],
): WireRequest {
  const query = parameters.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, encodeURIComponent(value)]],
  );
  const search = query.map((pair) => pair.join('=')).join('&');
  const whole = `${endpoint}${path}`;
  const body =
    text === undefined ? undefined : xmlDocument(`<QueueMessage>${textElement('MessageText', text)}</QueueMessage>`);
  return { method, url: search ? `${whole}?${search}` : whole, path: new URL(whole).pathname, query, body };
}

/** A long text with its middle left out: `… 55,814 more characters`. */
export function elide(text: string, most: number): { head: string; left: number; tail: string } {
  if (text.length <= most) return { head: text, left: 0, tail: '' };
  const tail = Math.floor(most / 8);
  return { head: text.slice(0, most - tail), left: text.length - most, tail: text.slice(text.length - tail) };
}
