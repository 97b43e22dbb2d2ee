import { createHmac } from 'node:crypto';
import { Refusal } from './command.mjs';
import { escapeXml, readRules, textOf, writeRules } from './service-xml.mjs';

/** Known to every Azurite. */
const VERSION = '2024-11-04';
/** Milliseconds for one answer. */
const PATIENCE = 30_000;

/** @typedef {import('./connection-string.mjs').ConnectionDetails} ConnectionDetails */
/** @typedef {import('./cors-rules.mjs').CorsRule} CorsRule */
/** @typedef {ReturnType<typeof queueService>} QueueService */

/**
 * A queue service as the commands need it: a few operations, signed with Node alone, so that the package has no
 * dependencies. It has the names of the official client, which stands in for it in tests.
 * @param {ConnectionDetails} details
 */
export function queueService(details) {
  const send = sender(details);
  return {
    /** @returns {Promise<{ cors: CorsRule[] }>} */
    getProperties: async () => ({
      cors: readRules(await send('GET', '/', { restype: 'service', comp: 'properties' })),
    }),
    /** Writes the rules alone: what is left out of the request keeps its value. @param {{ cors: CorsRule[] }} properties */
    setProperties: async ({ cors }) => {
      await send('PUT', '/', { restype: 'service', comp: 'properties' }, { body: writeRules(cors) });
    },
    /** Whether a browser's question before a write is answered with yes. @param {string} origin */
    letsIn: async (origin) => {
      const headers = {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,x-ms-date,x-ms-version',
      };
      return (await ask(`${details.endpoint}/?comp=properties`, { method: 'OPTIONS', headers })).ok;
    },
    hasQueues: async () => /<Queue>/.test(await send('GET', '/', { comp: 'list', maxresults: '1' })),
    /** @param {string} queue @param {Record<string, string>} metadata */
    createQueue: (queue, metadata) =>
      send(
        'PUT',
        `/${queue}`,
        {},
        {
          headers: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-ms-meta-${name}`, value])),
        },
      ),
    /**
     * @param {string} queue
     * @param {{ text: string, lives?: number | undefined, hidden?: number | undefined }} message times in seconds
     */
    sendMessage: (queue, { text, lives, hidden }) =>
      send(
        'POST',
        `/${queue}/messages`,
        {
          ...(lives !== undefined && { messagettl: `${lives}` }),
          ...(hidden !== undefined && { visibilitytimeout: `${hidden}` }),
        },
        { body: `<QueueMessage><MessageText>${escapeXml(text)}</MessageText></QueueMessage>` },
      ),
    /** Up to 32. @param {string} queue */
    receiveMessages: async (queue) => {
      const xml = await send('GET', `/${queue}/messages`, { numofmessages: '32' });
      return [...xml.matchAll(/<QueueMessage>.*?<\/QueueMessage>/gs)].map(([message]) => ({
        id: textOf(message, 'MessageId'),
        receipt: textOf(message, 'PopReceipt'),
      }));
    },
    /** @param {string} queue @param {{ id: string, receipt: string }} message */
    showMessage: (queue, { id, receipt }) =>
      send('PUT', `/${queue}/messages/${id}`, { popreceipt: receipt, visibilitytimeout: '0' }),
  };
}

/** @param {ConnectionDetails} details */
const sender =
  (details) =>
  /**
   * @param {string} method
   * @param {string} path below the endpoint
   * @param {Record<string, string>} query
   * @param {{ headers?: Record<string, string>, body?: string }} [content]
   * @returns {Promise<string>} the body of the answer
   * @throws {Refusal} with the code and the sentence of the service
   */
  async (method, path, query, { headers = {}, body } = {}) => {
    const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const search = [...pairs, ...(details.sas ? [details.sas] : [])].join('&');
    const url = `${details.endpoint}${path}${search && `?${search}`}`;
    /** @type {Record<string, string>} */
    const all = {
      ...headers,
      'x-ms-date': new Date().toUTCString(),
      'x-ms-version': VERSION,
      ...(body !== undefined && { 'content-type': 'application/xml' }),
    };
    if (details.key)
      all['authorization'] = `SharedKey ${details.account}:${signature(details, method, url, all, body)}`;
    const answer = await ask(url, { method, headers: all, ...(body !== undefined && { body }) });
    const text = await answer.text();
    if (!answer.ok) throw refusalOf(answer.status, text);
    return text;
  };

/** @param {string} url @param {RequestInit} init */
async function ask(url, init) {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new Refusal(`${new URL(url).host} does not answer${why}.`);
  }
}

/** Its first line alone: the rest of a refused signature's holds the signature. @param {number} status @param {string} body */
function refusalOf(status, body) {
  const [code, message] = [textOf(body, 'Code'), textOf(body, 'Message').split('\n')[0]];
  const said = message ? `. ${message}` : '';
  const why = code === 'AuthenticationFailed' ? `\n${UNTRUE}` : '';
  return new Refusal(`The service refused: ${status} ${code}${said}${why}`.trim());
}

const UNTRUE =
  "It is another account's or an old key, the signature has run out, or this machine's clock is more than 15 minutes off.";

/**
 * Shared Key: learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 * @param {ConnectionDetails} details
 * @param {string} method
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {string} [body]
 */
function signature({ account, key = '' }, method, url, headers, body = '') {
  const { pathname, searchParams } = new URL(url);
  const length = Buffer.byteLength(body);
  const ours = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .toSorted()
    .map((name) => `${name.toLowerCase()}:${headers[name]}\n`);
  const query = [...searchParams].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `\n${name}:${value}`);
  const lines = [
    method,
    '',
    '',
    length === 0 ? '' : `${length}`,
    '',
    headers['content-type'] ?? '',
    '',
    '',
    '',
    '',
    '',
    '',
  ];
  const text = `${lines.join('\n')}\n${ours.join('')}/${account}${pathname}${query.join('')}`;
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
}
