import { sign, stringToSign } from '../credentials/shared-key';
import type { Connection } from '../protocol/connection';
import { InvalidInputError } from '../protocol/errors';
import type { Exchange, Observe } from '../protocol/exchange';
import type { OperationName } from '../protocol/operation-table';
import { signaturesIn } from './redact-secrets';
import { writeXml, type XmlNode, xmlDocument } from './xml';

/** Old enough to be known everywhere, new enough for `ExtendedErrorDetail`; also accepted by Azurite 3.35. */
export const SERVICE_VERSION = '2024-11-04';

/** One call of a REST operation, before it is signed. */
export type Call = {
  operation: OperationName;
  method: Exchange['method'];
  /** Relative to the endpoint and percent-encoded; `/` is the service itself. */
  path: string;
  /** Sent in this order, without undefined ones. */
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** XML, or its root element. */
  body?: string | XmlNode;
  /** `x-ms-version` of an operation that needs a newer version than `SERVICE_VERSION`. */
  version?: string;
  /** True when the operation is idempotent, so that it can be repeated after a lost response. */
  repeatable: boolean;
  /** Error codes that mean success after an attempt whose response was lost. */
  doneWhenRepeated?: readonly string[];
  /** True when an earlier call for the same work may have done a part of it. */
  afterLostAnswer?: boolean;
  /** True when the `Value` in the response is a secret, to be masked in the wire log. */
  secretAnswer?: boolean;
  /** True to send it to the read-only endpoint. */
  secondary?: boolean;
  signal?: AbortSignal | undefined;
  /** Called with the time of the response that ends the call, where it can be read. */
  onDate?: ((date: Date) => void) | undefined;
  /** Called with each of its attempts, beside the observer of the connection. */
  observe?: Observe | undefined;
};

/** A call that may be repeated after a lost response. */
export const repeatableCall = (
  operation: OperationName,
  method: Call['method'],
  path: string,
  query: NonNullable<Call['query']> = {},
): Call => ({ operation, method, path, query, repeatable: true });

/** A call as `fetch` sends it. */
export type SignedRequest = {
  url: string;
  method: Exchange['method'];
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | undefined;
  /** The body as text. */
  text: string | undefined;
  stringToSign?: string;
  /** The access token it carries. */
  token?: string;
  /** Texts to mask in the wire log. */
  secrets: string[];
};

const utf8 = new TextEncoder();

/** A connection, or one whose reads are signed by a SAS that this page made. */
type SignedBy = Omit<Connection, 'credential'> & {
  credential: Connection['credential'] | { kind: 'sas'; token: string; stringToSign: string };
};

/**
 * Builds and signs one attempt. With a key or a token every request needs a preflight anyway, so it also has
 * `x-ms-client-request-id`, to find it in the account's logs. With a SAS no header is added: a GET then needs no preflight,
 * and the service takes its version from the SAS.
 */
export async function toRequest(
  call: Call,
  { account, endpoint, secondaryEndpoint, credential }: SignedBy,
  { now, requestId }: { now: number; requestId: string },
): Promise<SignedRequest> {
  const base = call.secondary ? secondaryEndpoint : endpoint;
  if (base === undefined) throw new InvalidInputError('secondaryEndpoint', 'This account has no secondary endpoint.');
  const url = urlOf(base, call);
  const method = call.method;
  const text = bodyOf(call);
  // Bytes, because the browser adds a content type of its own to a string, and the content type is signed.
  const body = text === undefined ? undefined : utf8.encode(text);
  const headers: Record<string, string> = { ...call.headers };
  if (body) headers['content-type'] = 'application/xml';

  if (credential.kind === 'sas') {
    const signed = `${url}${url.includes('?') ? '&' : '?'}${credential.token}`;
    return {
      url: signed,
      method,
      headers,
      body,
      text,
      secrets: signaturesIn(credential.token),
      ...('stringToSign' in credential && { stringToSign: credential.stringToSign }),
    };
  }

  // A page cannot set `Date`; the service reads this header instead.
  headers['x-ms-date'] = new Date(now).toUTCString();
  headers['x-ms-version'] = call.version ?? SERVICE_VERSION;
  headers['x-ms-client-request-id'] = requestId;

  if (credential.kind === 'token') {
    const token = await credential.getToken(call.signal);
    headers['authorization'] = `Bearer ${token}`;
    return { url, method, headers, body, text, token, secrets: [token] };
  }

  const signedText = stringToSign({ method, url, headers, bodyLength: body?.length ?? 0, account });
  const signature = await sign(credential.key, signedText);
  headers['authorization'] = `SharedKey ${account}:${signature}`;
  return { url, method, headers, body, text, stringToSign: signedText, secrets: [signature] };
}

/** The URL of a call at an endpoint, without a SAS. */
export function urlOf(endpoint: string, call: Call): string {
  const pairs = queryOf(call).map((pair) => pair.join('='));
  return endpoint + call.path + (pairs.length === 0 ? '' : `?${pairs.join('&')}`);
}

/**
 * The query of a call in the order in which it is sent, its values encoded by `encodeURIComponent`: the `+` that
 * `URLSearchParams` writes for a space would break the signature.
 */
export const queryOf = ({ query = {} }: Call): [name: string, value: string][] =>
  Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, encodeURIComponent(value)]],
  );

/** The exact text of the request body; undefined without one. */
export const bodyOf = ({ body }: Call): string | undefined =>
  typeof body === 'object' ? xmlDocument(writeXml(body)) : body;
