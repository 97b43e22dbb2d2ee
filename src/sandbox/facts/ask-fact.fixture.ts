import { importKey, sign, stringToSign } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';
import { accountSas, queueSas } from '../histories/signature.fixture';
import { bodyOf, type Fact, type FactSas } from './fact.fixture';

/** A queue service that facts are asked of. */
export type Asked = {
  /** With the account's key. */
  connection: Connection;
  fetch: typeof globalThis.fetch;
  /** Epoch ms by the service's clock. */
  now: () => number;
};

/** An answer as it was on the wire. */
export type Answered = { status: number; headers: Headers; startsWithBom: boolean; text: string };

/** What is filled in for the names in braces. */
type Names = { queue: string; new: string; id: string; receipt: string };

type Request = {
  method: string;
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  auth?: Fact['request']['auth'];
  secondary?: boolean;
};

const wrongKey = await importKey(btoa('x'.repeat(64)));
const utf8 = new TextEncoder();

/**
 * Sets up what a fact needs, asks its question as a program would, with requests that it signs itself, and returns the answers to
 * its request and to the one that may follow. `name` becomes the name of its queue. `version` is for facts that name none.
 */
export async function askFact(
  asked: Asked,
  { setup, request, then }: Fact,
  { name, version }: { name: string; version: string },
): Promise<{ answered: Answered; next: Answered | undefined }> {
  const names: Names = { queue: name, new: `${name}-new`, id: '', receipt: '' };
  const send = (one: Request) => sendTo(asked, filled(one, names), version);
  const prepare = async (one: Request) => {
    const answer = await send(one);
    if (answer.status >= 400) throw new Error(`${one.method} ${one.path} was refused: ${answer.text}`);
    return answer;
  };
  for (const step of setup) await SETUPS[step](prepare, names);
  const { method, path, query, headersThatMatter: headers, auth, secondary = false } = request;
  const answered = await send({ method, path, query, headers, body: bodyOf(request), auth, secondary });
  const next = then && (await send(then));
  for (const queue of [names.queue, names.new]) await send({ method: 'DELETE', path: `/${queue}` });
  return { answered, next };
}

const SETUPS: Record<
  Fact['setup'][number],
  (send: (one: Request) => Promise<Answered>, names: Names) => Promise<void>
> = {
  // Of the caller: an account that nobody has changed, and rules that let pages in.
  fresh: async () => {},
  cors: async () => {},
  async queue(send) {
    await send({ method: 'PUT', path: '/{queue}' });
  },
  async metadata(send) {
    await send({ method: 'PUT', path: '/{queue}', query: { comp: 'metadata' }, headers: { 'x-ms-meta-a': '1' } });
  },
  async message(send, names) {
    const { text } = await send({
      method: 'POST',
      path: '/{queue}/messages',
      body: '<QueueMessage><MessageText>hello</MessageText></QueueMessage>',
    });
    names.id = /<MessageId>([^<]+)/.exec(text)?.[1] ?? '';
    names.receipt = /<PopReceipt>([^<]+)/.exec(text)?.[1] ?? '';
  },
  async 'delete queue'(send) {
    await send({ method: 'DELETE', path: '/{queue}' });
  },
  async stale(send) {
    const query = { popreceipt: '{receipt}', visibilitytimeout: '0' };
    await send({ method: 'PUT', path: '/{queue}/messages/{id}', query });
  },
};

const filled = (request: Request, names: Names): Request => {
  const fill = (text: string) => text.replace(/\{(queue|new|id|receipt)\}/g, (_, name: keyof Names) => names[name]);
  return {
    ...request,
    path: fill(request.path),
    query: Object.fromEntries(Object.entries(request.query ?? {}).map(([name, value]) => [name, fill(value)])),
  };
};

async function sendTo(asked: Asked, request: Request, version: string): Promise<Answered> {
  const { method, path, query = {}, body: text, auth, secondary } = request;
  const { connection, now } = asked;
  const body = text === undefined ? undefined : utf8.encode(text);
  const endpoint = (secondary ? connection.secondaryEndpoint : undefined) ?? connection.endpoint;
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (typeof auth === 'object' && 'sas' in auth) {
    pairs.push(await signatureOf(auth, asked, path.split('/')[1] ?? '', request.headers?.['x-ms-version'] ?? version));
  }
  const url = `${endpoint}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
  const headers: Record<string, string> = { ...(body && { 'content-type': 'application/xml' }), ...request.headers };
  if (auth === undefined || typeof auth === 'string' || 'bearer' in auth) {
    headers['x-ms-date'] = new Date(now()).toUTCString();
    headers['x-ms-version'] ??= version;
  }
  if (typeof auth === 'object' && 'bearer' in auth) headers['authorization'] = `Bearer ${auth.bearer}`;
  if (auth === undefined || auth === 'wrongkey') {
    const { account, credential } = connection;
    if (credential.kind !== 'key') throw new Error('Only a key signs');
    const toSign = stringToSign({ method, url, headers: signedOf(headers), bodyLength: body?.length ?? 0, account });
    const signature = await sign(auth === 'wrongkey' ? wrongKey : credential.key, toSign);
    headers['authorization'] = `SharedKey ${account}:${signature}`;
  }
  return read(await asked.fetch(url, { method, headers, ...(body && { body }) }));
}

/** The browser sends the origin itself. */
const signedOf = ({ origin: _origin, ...headers }: Record<string, string>): Record<string, string> => headers;

function signatureOf(terms: FactSas, { connection, now }: Asked, queue: string, version: string): Promise<string> {
  const { sas, ss: services = 'q', srt: types = 'sco', sp: letters, st, se = 3600 } = terms;
  const times = { expiresAt: now() + se * 1000, ...(st !== undefined && { startsAt: now() + st * 1000 }) };
  return sas === 'queue'
    ? queueSas(connection, queue, { letters, version, ...times })
    : accountSas(connection, { services, types, letters, version, ...times });
}

async function read(response: Response): Promise<Answered> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const startsWithBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { status: response.status, headers: response.headers, startsWithBom, text: new TextDecoder().decode(bytes) };
}
