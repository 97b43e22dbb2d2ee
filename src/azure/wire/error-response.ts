import type { Credential } from '../protocol/connection';
import { StorageError } from '../protocol/errors';
import type { OperationName } from '../protocol/operation-table';
import { readRetryAfter } from './retry';
import type { XmlElement } from './xml';

/** A response of the service, read to its end. */
export type Answer = {
  status: number;
  statusText: string;
  headers: Headers;
  body: string;
  /** Parses XML; undefined when it is not well-formed. */
  readXml: (text: string) => XmlElement | undefined;
};

/** Characters of a refusal that are read; Azure's have fewer than two thousand. */
const MAX_REFUSAL = 65_536;

/** Characters of a code that are shown. */
const MAX_CODE = 128;

/** The body of an answer, a refusal cut where nobody reads on. */
export const readable = (status: number, body: string): string =>
  status >= 400 && body.length > MAX_REFUSAL ? `${body.slice(0, MAX_REFUSAL)}…` : body;

/** The request of a response; `now` is the epoch ms at which the response arrived. */
type Facts = {
  exchangeId: string;
  now: number;
  operation?: OperationName;
  credential?: Credential['kind'];
  /** How far the time in the signature was ahead of the service's. */
  signedOffMs?: number;
  /** True when an earlier attempt of the call may have been carried out. */
  afterLostAnswer?: boolean;
};

/**
 * Reads the refusal in a response: first from the body, since a CORS rule can hide headers only; from the HTTP status text
 * where Azurite sends neither code nor body.
 */
export function readError(answer: Answer, { now, ...facts }: Facts): StorageError {
  const root = answer.body.trimStart().startsWith('<') ? answer.readXml(answer.body) : undefined;
  const { Code, Message, ...details } = root?.tagName === 'Error' ? flatten(root, ERROR_DEPTH) : {};
  const tenant = CHALLENGE_TENANT.exec(answer.headers.get('www-authenticate') ?? '')?.[1];
  const isWebPage = root?.tagName !== 'Error' && /^\s{0,100}<(?:!doctype html|html)/i.test(answer.body.slice(0, 200));
  return new StorageError(sentence(Message) ?? (isWebPage ? ofWebPage(answer) : withoutBody(answer)), {
    status: answer.status,
    isWebPage,
    code: (Code ?? answer.headers.get('x-ms-error-code') ?? undefined)?.slice(0, MAX_CODE),
    requestId: answer.headers.get('x-ms-request-id') ?? /\nRequestId:(\S+)/.exec(Message ?? '')?.[1],
    details: { ...details, ...(tenant !== undefined && { ChallengeTenant: tenant }) },
    retryAfterSeconds: readRetryAfter(answer.headers.get('retry-after'), now),
    ...facts,
  });
}

/** The directory whose tokens the account accepts, in the challenge of a 401 that a CORS rule exposes. */
const CHALLENGE_TENANT = /authorization_uri="?https:\/\/[^/\s]+\/([^/\s"]+)/;

/** Elements in one another that an error has at most. */
const ERROR_DEPTH = 4;

/** Maps element names to texts, with nested elements (`ExtendedErrorDetail`) by their own names. */
function flatten(parent: XmlElement, depth: number): Record<string, string> {
  return Object.fromEntries(
    [...parent.children].flatMap((child): [string, string][] => {
      const inner = depth > 1 ? Object.entries(flatten(child, depth - 1)) : [];
      return inner.length > 0 ? inner : [[child.tagName, child.textContent.trim()]];
    }),
  );
}

/**
 * When the service wrote a response, in one of its own date formats; null when not readable. The message of a refusal ends
 * with it, even where a CORS rule hides `Date`; in the body of a success it would be a message's text.
 */
export const timeOf = ({ status, headers, body }: Answer): string | null =>
  headers.get('date') ?? headers.get('x-ms-date') ?? (status >= 400 ? timeIn(body) : null);

const timeIn = (body: string): string | null => /\nTime:([^\s<]+)/.exec(body)?.[1] ?? null;

/** The message without the `RequestId:` and `Time:` lines that end it. */
const sentence = (message: string | undefined): string | undefined =>
  shortened(message?.split('\nRequestId:')[0]?.trim() ?? '') || undefined;

/** Azure's sentences are shorter; others must not fill the screen. */
const shortened = (text: string) => (text.length > 1000 ? `${text.slice(0, 1000)}…` : text);

const ofWebPage = ({ status }: Answer): string =>
  `A web page came with status ${status} in place of the service’s answer, as from a proxy, a firewall or a sign-in page.`;

function withoutBody({ status, statusText }: Answer): string {
  const reason = statusText.trim();
  return reason === ''
    ? `The service answered ${status} without a reason.`
    : `The service answered ${status}: ${reason}`;
}

/**
 * Returns the root element of a successful response.
 * @throws StorageError when it is not the XML of the operation: most likely no queue service responded.
 */
export function readAnswer({ status, body, readXml }: Answer, root: string): XmlElement {
  const element = readXml(body);
  if (element?.tagName === root) return element;
  const what = element ? `without the ${root} that this operation gives` : `with no XML that can be read as ${root}`;
  throw new StorageError(`The service answered ${status} ${what}.`, { status });
}
