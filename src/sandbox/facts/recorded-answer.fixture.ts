import { XML_DECLARATION } from '@/azure/wire/xml';
import type { Fact } from './fact.fixture';

/** Values of the elements and headers that a fact only names. */
export const VALUES: Readonly<Record<string, string>> = {
  MessageId: '5974b586-0df3-4e2d-ad0c-18e3892bfca2',
  InsertionTime: 'Fri, 02 Jan 2026 03:04:05 GMT',
  ExpirationTime: 'Fri, 09 Jan 2026 03:04:05 GMT',
  PopReceipt: 'AgAAAAMAAAAAAAAA/9b+ySzM1wE=',
  TimeNextVisible: 'Fri, 02 Jan 2026 03:04:35 GMT',
  DequeueCount: '2',
  MessageText: 'hello',
  Name: 'orders',
  Prefix: 'orders',
  MaxResults: '1',
  NextMarker: '',
  a: '1',
  Status: 'unavailable',
  LastSyncTime: '',
  date: 'Fri, 02 Jan 2026 03:04:05 GMT',
  server: 'Windows-Azure-Queue/1.0 Microsoft-HTTPAPI/2.0',
  'content-type': 'application/xml',
  'cache-control': 'no-cache',
  'x-ms-request-id': '3bdf6e72-0003-0000-0000-000000000000',
  'x-ms-version': '2019-12-12',
  'x-ms-popreceipt': 'AwAAAAMAAAAAAAAA/9b+ySzM1wEBAAAA',
  'x-ms-time-next-visible': 'Fri, 02 Jan 2026 03:04:35 GMT',
  'x-ms-approximate-messages-count': '3',
  'x-ms-meta-a': '1',
  'access-control-expose-headers': '*',
};

/** Shapes of answers whose facts say nothing of theirs, by the request. */
const SHAPES: readonly [method: string, path: RegExp, shape: string][] = [
  [
    'POST',
    /messages$/,
    'QueueMessagesList(QueueMessage(MessageId InsertionTime ExpirationTime PopReceipt TimeNextVisible))',
  ],
  [
    'GET',
    /messages$/,
    'QueueMessagesList(QueueMessage(MessageId InsertionTime ExpirationTime PopReceipt TimeNextVisible DequeueCount MessageText))',
  ],
];

/**
 * An answer of the kind that was recorded, made of nothing but what the fact says of it: its status, its headers and the elements
 * of its body in their order.
 */
export function recordedAnswer({ request, response }: Fact): Response {
  const { status, code, headers: { present = [], values = {} } = {} } = response;
  const headers = new Headers();
  for (const name of present) headers.set(name, name === 'x-ms-error-code' ? (code ?? '') : (VALUES[name] ?? ''));
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
  const hasBody = request.method !== 'HEAD' && status !== 204;
  return new Response(hasBody ? bodyOf({ request, response }) || null : null, { status, headers });
}

/** The answer to the second request of a fact. */
export const recordedNext = (xml: string): Response => new Response(`\uFEFF${XML_DECLARATION}${xml}`);

function bodyOf({ request, response }: Pick<Fact, 'request' | 'response'>): string {
  const { status, code = '', message = '', details = {}, detailsStartWith = {}, body, bodyIncludes } = response;
  if (body !== undefined) return start(body);
  if (status >= 400) {
    const sentence = `${message}\nRequestId:${VALUES['x-ms-request-id']}\nTime:2026-01-02T03:04:05.0000000Z`;
    const elements: Record<string, string> = { Code: code, Message: sentence, ...details, ...detailsStartWith };
    const xml = Object.entries(elements).map(([name, text]) => `<${name}>${text}</${name}>`);
    return start(`<Error>${xml.join('')}</Error>`);
  }
  const shape =
    response.bodyShape ?? SHAPES.find(([method, path]) => method === request.method && path.test(request.path))?.[2];
  if (!shape) return '';
  let xml = xmlOf(shape);
  if (bodyIncludes !== undefined) xml = xml.replace(/<ExpirationTime>[^<]*<\/ExpirationTime>/, bodyIncludes);
  if (response.receiptsEqual) xml = xml.replace(/<QueueMessage>.*<\/QueueMessage>/, (one) => one + one);
  return start(xml);
}

const start = (xml: string): string => `\uFEFF${XML_DECLARATION}${xml}`;

/** `A(B C)` → `<A><B>value</B><C>value</C></A>` */
function xmlOf(shape: string): string {
  const open: string[] = [];
  let xml = '';
  for (const [, name = '', sign = ''] of shape.matchAll(/(\w*)([() ]?)/g)) {
    if (sign === '(') {
      open.push(name);
      xml += `<${name}>`;
      continue;
    }
    if (name !== '') xml += `<${name}>${VALUES[name] ?? ''}</${name}>`;
    if (sign === ')') xml += `</${open.pop()}>`;
  }
  return xml;
}
