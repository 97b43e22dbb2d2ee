import { escapeXml } from '../azure/wire/xml';
import type { RefusalCode, StorageFault } from './storage-fault';

/** A response before it is written. */
export type Answer = {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** True for a refusal that does not name the version. */
  withoutVersion?: boolean;
};

/** Data of the headers that every response has. */
export type AnswerHead = {
  requestId: string;
  /** Epoch ms by the service's clock. */
  date: number;
  version: string;
  clientRequestId: string | undefined;
};

/** A byte order mark, as in the real service, and the XML declaration. */
export const XML_START = '\uFEFF<?xml version="1.0" encoding="utf-8"?>';

/** Refusals of the service that come before it reads the version. */
const WITHOUT_VERSION: ReadonlySet<RefusalCode> = new Set([
  'AuthenticationFailed',
  'AuthorizationServiceMismatch',
  'InvalidAuthenticationInfo',
]);

/** Makes the error response: the sentence, then request id and time on lines of their own. */
export function toAnswer(
  { status, code, message, details, headers }: StorageFault,
  { requestId, date, version }: AnswerHead,
): Answer {
  // The real service has seven decimals here.
  const time = new Date(date).toISOString().replace('Z', '0000Z');
  let elements = '';
  for (const [name, text] of Object.entries(details)) elements += `<${name}>${escapeXml(text)}</${name}>`;
  return {
    status,
    withoutVersion: WITHOUT_VERSION.has(code),
    headers: {
      ...headers,
      // Earlier versions have it in the body only.
      ...(version >= '2017-07-29' && { 'x-ms-error-code': code }),
    },
    body: `${XML_START}<Error><Code>${code}</Code><Message>${escapeXml(message)}\nRequestId:${requestId}\nTime:${time}</Message>${elements}</Error>`,
  };
}
