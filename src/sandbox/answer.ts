import { escapeXml } from '../azure/wire/xml';
import type { StorageFault } from './storage-fault';

/** What the service has to say, before it is put on the wire. */
export type Answer = { status: number; headers?: Readonly<Record<string, string>>; body?: string };

/** What goes into every answer. */
export type AnswerHead = {
  requestId: string;
  /** Epoch ms, as the service sees it. */
  date: number;
  version: string;
  clientRequestId: string | undefined;
};

/** The declaration, behind the byte order mark with which the real service begins. */
export const XML_START = '\uFEFF<?xml version="1.0" encoding="utf-8"?>';

/** A refusal as the service words it: the sentence, then request id and time on lines of their own. */
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
    headers: {
      ...headers,
      // Told in the body alone before this version.
      ...(version >= '2017-07-29' && { 'x-ms-error-code': code }),
    },
    body: `${XML_START}<Error><Code>${code}</Code><Message>${escapeXml(message)}\nRequestId:${requestId}\nTime:${time}</Message>${elements}</Error>`,
  };
}
