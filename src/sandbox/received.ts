/** A request as `fetch` would send it. */
export type Received = {
  url: string;
  /** In capitals. */
  method: string;
  /** Names in lower case. Without `content-length`. */
  headers: ReadonlyMap<string, string>;
  /** Names of `headers` in their original case, where headers were a record. */
  sentNames: ReadonlyMap<string, string>;
  /** Bytes; 0 without a body. */
  bodyLength: number;
  /** Undefined for other encodings than UTF-8. */
  body: string | undefined;
  signal: AbortSignal | undefined;
};

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the arguments of `fetch` by its rules: those of the client and most callers synchronously, others through a `Request`.
 * @throws TypeError where `fetch` does.
 */
export function receive(input: RequestInfo | URL, init: RequestInit = {}): Received | Promise<Received> {
  const { method = 'GET', headers = {}, signal } = init;
  const body = init.body ?? undefined;
  if (typeof input !== 'string' || headers instanceof Headers || Array.isArray(headers))
    return readRequest(input, init);
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) return readRequest(input, init);

  if (body !== undefined && /^(?:GET|HEAD)$/i.test(method)) throw new TypeError(`${method} has no body.`);
  const names = new Map<string, string>();
  const values = new Map<string, string>();
  for (const name in headers) addHeader(values, names, name, headers[name]);
  if (typeof body === 'string' && !values.has('content-type')) {
    values.set('content-type', 'text/plain;charset=UTF-8');
  }
  const sent = { headers: values, sentNames: names, ...readBody(body) };
  return { url: input, method: method.toUpperCase(), ...sent, signal: signal ?? undefined };
}

async function readRequest(input: RequestInfo | URL, init: RequestInit): Promise<Received> {
  const request = new Request(input, init);
  const names = new Map<string, string>();
  const values = new Map<string, string>();
  request.headers.forEach((value, name) => addHeader(values, names, name, value));
  // The names of a record have their case.
  if (init.headers && !(init.headers instanceof Headers) && !Array.isArray(init.headers)) {
    for (const name in init.headers) names.set(name.toLowerCase(), name);
  }
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  const { url, method, signal } = request;
  return { url, method: method.toUpperCase(), headers: values, sentNames: names, ...readBody(body), signal };
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\xFF]*$/;

function addHeader(values: Map<string, string>, names: Map<string, string>, name: string, value: unknown): void {
  const lower = name.toLowerCase();
  const text = String(value).trim();
  if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(text)) throw new TypeError(`Not a header: ${name}`);
  if (lower === 'content-length') return;
  const before = values.get(lower);
  values.set(lower, before === undefined ? text : `${before}, ${text}`);
  if (!names.has(lower)) names.set(lower, name);
}

function readBody(body: string | Uint8Array | undefined): Pick<Received, 'body' | 'bodyLength'> {
  if (body === undefined) return { body: '', bodyLength: 0 };
  if (typeof body === 'string') return { body: body.toWellFormed(), bodyLength: utf8.encode(body).length };
  return { body: decoded(body), bodyLength: body.length };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}
