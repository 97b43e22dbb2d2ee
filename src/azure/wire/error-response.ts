import type { Credential } from '../protocol/connection';
import { StorageError } from '../protocol/errors';
import type { OperationName } from '../protocol/operation-table';
import type { XmlElement } from './fast-xml';
import { readRetryAfter } from './retry';

/** What an answer tells: everything but the connection. */
export type Answer = {
  status: number;
  statusText: string;
  headers: Headers;
  body: string;
  /** Reads an XML text: the root element, or undefined. */
  readXml: (text: string) => XmlElement | undefined;
};

/** What was asked, with what, and when (epoch ms) the answer came. */
type Facts = {
  exchangeId: string;
  now: number;
  operation?: OperationName;
  credential?: Credential['kind'];
  /** Ms by which the time in the signature was ahead of the service's. */
  signedOff?: number;
  /** Whether an earlier attempt of the call may have been carried out. */
  afterLostAnswer?: boolean;
};

/**
 * The refusal in an answer. The body comes first, as a CORS rule can hide headers but not the body; Azurite answers
 * some mistakes with neither code nor body, and then the HTTP status text has to do.
 */
export function readError(answer: Answer, { now, ...facts }: Facts): StorageError {
  const root = answer.body.trimStart().startsWith('<') ? answer.readXml(answer.body) : undefined;
  const elements = root?.tagName === 'Error' ? flatten(root) : {};
  const { Code, Message, ...details } = elements;
  const tenant = CHALLENGE_TENANT.exec(answer.headers.get('www-authenticate') ?? '')?.[1];
  return new StorageError(sentence(Message) ?? withoutBody(answer), {
    status: answer.status,
    code: Code ?? answer.headers.get('x-ms-error-code') ?? undefined,
    requestId: answer.headers.get('x-ms-request-id') ?? /\nRequestId:(\S+)/.exec(Message ?? '')?.[1],
    details: { ...details, ...(tenant !== undefined && { ChallengeTenant: tenant }) },
    retryAfter: readRetryAfter(answer.headers.get('retry-after'), now),
    ...facts,
  });
}

/** The directory whose tokens the account takes, as the challenge of a 401 names it where a rule shows that header. */
const CHALLENGE_TENANT = /authorization_uri="?https:\/\/[^/\s]+\/([^/\s"]+)/;

/** Element name → text, nested elements (`ExtendedErrorDetail`) by their own names. */
function flatten(parent: XmlElement): Record<string, string> {
  return Object.fromEntries(
    [...parent.children].flatMap((child): [string, string][] => {
      const inner = Object.entries(flatten(child));
      return inner.length > 0 ? inner : [[child.tagName, child.textContent.trim()]];
    }),
  );
}

/**
 * When the service wrote an answer, in one of its own forms of a date; null when that cannot be read. The message of a
 * refusal ends with it, readable even where a CORS rule hides `Date`; in the body of a success it would be somebody's text.
 */
export const timeOf = ({ status, headers, body }: Answer): string | null =>
  headers.get('date') ?? headers.get('x-ms-date') ?? (status >= 400 ? timeIn(body) : null);

const timeIn = (body: string): string | null => /\nTime:([^\s<]+)/.exec(body)?.[1] ?? null;

/** The message without the `RequestId:` and `Time:` lines that end it. */
const sentence = (message: string | undefined): string | undefined =>
  message?.split('\nRequestId:')[0]?.trim() || undefined;

function withoutBody({ status, statusText }: Answer): string {
  const reason = statusText.trim();
  return reason === ''
    ? `The service answered ${status} without a reason.`
    : `The service answered ${status}: ${reason}`;
}
