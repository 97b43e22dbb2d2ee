import type { IncomingMessage } from 'node:http';
import { RelayRefusal } from './relay-target';

/** Bytes: a message of 64 KiB whose every character is escaped stays below. */
const LARGEST_REQUEST = 524_288;

const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']);
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE']);

/** Names that go on to the account. Everything else of the browser's stays here: cookies, origin, referrer, its make. */
const PASSED = /^(?:accept|authorization|content-type|content-length|x-ms-[a-z0-9_-]+)$/;

/**
 * Lets through what the page of this very server asked for by script, and nothing else: no other site (`Origin`,
 * `Sec-Fetch-Site`), no other name for this server (`Host`, as after DNS rebinding), no address bar, link, frame or image
 * (`Sec-Fetch-Dest`), which would open an answer as a document of ours.
 * @param port of this server
 * @throws RelayRefusal
 */
export function checkSender({ method = '', headers, rawHeaders }: IncomingMessage, port: number): void {
  const { host, origin } = headers;
  if (countOf(rawHeaders, 'host') !== 1 || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)) {
    throw foreign('This is for the page of this server alone, at its own address.');
  }
  // Browsers leave it out of reads from the same origin.
  const mayLackOrigin = method === 'GET' || method === 'HEAD';
  if (origin === undefined ? !mayLackOrigin : origin !== `http://${host}`) {
    throw foreign('This is for the page of this server alone.');
  }
  if (headers['sec-fetch-site'] !== 'same-origin' || headers['sec-fetch-dest'] !== 'empty') {
    throw foreign('This is for scripts of the page of this server alone, in a browser that says so.');
  }
}

/**
 * The headers to pass on, checked to mean the same to every reader.
 * @throws RelayRefusal
 */
export function passedHeaders({ method = '', headers, rawHeaders }: IncomingMessage): Record<string, string> {
  checkFraming(headers);
  const pairs = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  );
  return checkedHeaders(method, pairs);
}

/** @throws RelayRefusal for a body whose length is not known before it comes, and for another protocol */
export function checkFraming(headers: IncomingMessage['headers']): void {
  if (headers['transfer-encoding'] !== undefined || headers.upgrade !== undefined || headers.trailer !== undefined) {
    throw malformed('The relay takes bodies of a known length only.');
  }
}

/**
 * Those of a request's headers that go on to the account, by their names in lower case.
 * @throws RelayRefusal for a method, header or length that the relay does not pass on
 */
export function checkedHeaders(
  method: string,
  pairs: Iterable<readonly [name: string, value: string]>,
): Record<string, string> {
  if (!METHODS.has(method)) throw new RelayRefusal(405, 'malformed', `The relay does not pass on ${method}.`);
  const passed: Record<string, string> = {};
  for (const [given, value] of pairs) {
    const name = given.toLowerCase();
    if (!PASSED.test(name)) continue;
    if (passed[name] !== undefined) throw malformed(`The header ${name} is there twice.`);
    // oxlint-disable-next-line no-control-regex -- Control characters are what is looked for.
    if (/[\0-\x08\n-\x1f\x7f]|[^\0-\xff]/.test(value)) {
      throw malformed(`The header ${name} has characters that no header has.`);
    }
    passed[name] = value;
  }
  const length = passed['content-length'] ?? '0';
  if (!/^\d{1,10}$/.test(length)) throw malformed('The length of the body is not a number.');
  if (Number(length) > 0 && WITHOUT_BODY.has(method)) throw malformed(`${method} has no body.`);
  if (Number(length) > LARGEST_REQUEST) {
    throw new RelayRefusal(413, 'size', 'The body is larger than any that Azure Queue Storage takes.');
  }
  return passed;
}

const foreign = (why: string) => new RelayRefusal(403, 'foreign', why);
export const malformed = (why: string) => new RelayRefusal(400, 'malformed', why);

/** @param raw names and values in turn */
const countOf = (raw: readonly string[], name: string): number =>
  raw.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;
