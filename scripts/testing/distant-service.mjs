// A queue service that answers at once but for a delay, which stands for the way to a real account: so that what is measured is the
// page, the local server and the limits of the network, and no emulator. `start-distant-service.mjs` starts it, and tells it what to do.
import { createServer } from 'node:http';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,HEAD,PUT,POST,DELETE',
  'access-control-allow-headers': 'authorization,content-type,x-ms-client-request-id,x-ms-date,x-ms-version',
  'access-control-expose-headers': '*',
  'access-control-max-age': '7200',
};
const WEEK_MS = 604_800_000;

/** @typedef {{ id: string, text: string, inserted: number, expires: number, visible: number, dequeued: number, receipt: string }} Stored */
/** Messages in their order, and by id; `from` is the first that is not deleted. @typedef {{ order: (Stored | undefined)[], byId: Map<string, number>, from: number }} Queue */
/** @type {Map<string, Queue>} */
const queues = new Map();
let delay = 0;
/** What is read may be kept, as by a proxy in front of an account. */
let isKept = false;
let last = 0;
const counts = { requests: 0, preflights: 0, now: 0, most: 0 };

const server = createServer((request, response) => {
  if (request.method === 'OPTIONS') {
    counts.preflights++;
    setTimeout(() => response.writeHead(200, CORS).end(), delay);
    return;
  }
  counts.requests++;
  counts.most = Math.max(counts.most, ++counts.now);
  /** @type {Buffer[]} */
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const { status, body = '', headers = {} } = answer(request.method ?? '', request.url ?? '', Buffer.concat(pieces));
    const head = {
      ...CORS,
      ...headers,
      'x-ms-request-id': String(++last),
      'x-ms-version': '2024-11-04',
      ...(body && { 'content-type': 'application/xml' }),
      ...(isKept && request.method === 'GET' && { 'cache-control': 'max-age=3600' }),
      'content-length': String(Buffer.byteLength(body)),
    };
    const tell = () => {
      counts.now--;
      response.writeHead(status, head).end(body);
    };
    if (delay === 0) tell();
    else setTimeout(tell, delay);
  });
});
server.keepAliveTimeout = 120_000;

/** @typedef {{ status: number, body?: string, headers?: Record<string, string> }} Answer */

/** @param {string} method @param {string} address @param {Buffer} sent @returns {Answer} */
function answer(method, address, sent) {
  const url = new URL(address, 'http://stand-in');
  const [, , name = '', messages, id] = url.pathname.split('/');
  const query = url.searchParams;
  if (!name) return { status: 200, body: listed() };
  if (!messages) return ofQueue(method, name, query);
  const queue = queues.get(name);
  if (!queue) return { status: 404, body: fault('QueueNotFound') };
  if (id) return ofMessage(method, queue, decodeURIComponent(id), query, sent);
  if (method === 'DELETE') queues.set(name, emptyQueue());
  if (method === 'DELETE') return { status: 204 };
  if (method === 'POST') return put(queue, query, sent);
  return { status: 200, body: read(queue, query) };
}

const listed = () =>
  `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Queues>${[...queues.keys()].map((name) => `<Queue><Name>${name}</Name></Queue>`).join('')}</Queues><NextMarker/></EnumerationResults>`;

/** @param {string} code */
const fault = (code) =>
  `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;

/** @returns {Queue} */
const emptyQueue = () => ({ order: [], byId: new Map(), from: 0 });

/** @param {string} method @param {string} name @param {URLSearchParams} query @returns {Answer} */
function ofQueue(method, name, query) {
  if (method === 'PUT' && !query.has('comp')) {
    const isThere = queues.has(name);
    if (!isThere) queues.set(name, emptyQueue());
    return { status: isThere ? 204 : 201 };
  }
  if (method === 'DELETE') return { status: queues.delete(name) ? 204 : 404 };
  const queue = queues.get(name);
  if (!queue) return { status: 404, body: fault('QueueNotFound') };
  return { status: 200, headers: { 'x-ms-approximate-messages-count': String(queue.byId.size) } };
}

/** @param {Queue} queue @param {URLSearchParams} query @param {Buffer} sent @returns {Answer} */
function put(queue, query, sent) {
  const text = /<MessageText>(.*)<\/MessageText>/s.exec(sent.toString())?.[1] ?? '';
  const seconds = Number(query.get('messagettl') ?? 604_800);
  const message = added(queue, text, seconds > 0 ? seconds * 1000 : WEEK_MS * 5000);
  return {
    status: 201,
    body: xml([message], ['MessageId', 'InsertionTime', 'ExpirationTime', 'PopReceipt', 'TimeNextVisible']),
  };
}

/** @param {Queue} queue @param {string} text @param {number} lives ms */
function added(queue, text, lives = WEEK_MS) {
  const now = Date.now();
  const id = `00000000-0000-4000-8000-${(++last).toString(16).padStart(12, '0')}`;
  const message = { id, text, inserted: now, expires: now + lives, visible: now, dequeued: 0, receipt: `r${last}` };
  queue.byId.set(id, queue.order.push(message) - 1);
  return message;
}

/** @param {Queue} queue @param {string} id @param {URLSearchParams} query @param {Buffer} sent @param {string} method @returns {Answer} */
function ofMessage(method, queue, id, query, sent) {
  const at = queue.byId.get(id);
  const message = at === undefined ? undefined : queue.order[at];
  if (at === undefined || !message) return { status: 404, body: fault('MessageNotFound') };
  if (message.receipt !== query.get('popreceipt')) return { status: 400, body: fault('PopReceiptMismatch') };
  if (method === 'DELETE') {
    queue.byId.delete(id);
    queue.order[at] = undefined;
    return { status: 204 };
  }
  const text = /<MessageText>(.*)<\/MessageText>/s.exec(sent.toString())?.[1];
  if (text !== undefined) message.text = text;
  message.visible = Date.now() + Number(query.get('visibilitytimeout')) * 1000;
  message.receipt = `r${++last}`;
  // What is visible earlier than what the walk has passed is found again.
  queue.from = Math.min(queue.from, at);
  return {
    status: 204,
    headers: { 'x-ms-popreceipt': message.receipt, 'x-ms-time-next-visible': new Date(message.visible).toUTCString() },
  };
}

/** Peeks or receives from the front. @param {Queue} queue @param {URLSearchParams} query */
function read(queue, query) {
  const isPeek = query.get('peekonly') === 'true';
  const most = Number(query.get('numofmessages') ?? 1);
  const now = Date.now();
  /** @type {Stored[]} */
  const found = [];
  let at = queue.from;
  for (; at < queue.order.length && found.length < most; at++) {
    const message = queue.order[at];
    if (message && message.visible <= now && message.expires > now) found.push(message);
  }
  if (isPeek) return xml(found, ['MessageId', 'InsertionTime', 'ExpirationTime', 'DequeueCount', 'MessageText']);
  for (const message of found) {
    message.visible = now + Number(query.get('visibilitytimeout') ?? 30) * 1000;
    message.dequeued++;
    message.receipt = `r${++last}`;
  }
  queue.from = at;
  return xml(found, [
    'MessageId',
    'InsertionTime',
    'ExpirationTime',
    'PopReceipt',
    'TimeNextVisible',
    'DequeueCount',
    'MessageText',
  ]);
}

/** @param {Stored} message @returns {Record<string, string>} */
const valuesOf = (message) => ({
  MessageId: message.id,
  InsertionTime: new Date(message.inserted).toUTCString(),
  ExpirationTime: new Date(message.expires).toUTCString(),
  PopReceipt: message.receipt,
  TimeNextVisible: new Date(message.visible).toUTCString(),
  DequeueCount: String(message.dequeued),
  MessageText: message.text,
});

/** @param {readonly Stored[]} messages @param {readonly string[]} fields */
function xml(messages, fields) {
  const elements = messages.map((message) => {
    const values = valuesOf(message);
    return `<QueueMessage>${fields.map((field) => `<${field}>${values[field]}</${field}>`).join('')}</QueueMessage>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${elements.join('')}</QueueMessagesList>`;
}

process.on('message', (/** @type {any} */ said) => {
  if (said.delay !== undefined) delay = said.delay;
  if (said.isKept !== undefined) isKept = said.isKept;
  if (said.fill) {
    const queue = emptyQueue();
    queues.set(said.fill.queue, queue);
    for (let index = 0; index < said.fill.messages; index++) added(queue, said.fill.text);
  }
  for (let index = 0; index < (said.make?.queues ?? 0); index++)
    queues.set(`${said.make.named}-${index}`, emptyQueue());
  const queue = queues.get(said.look);
  const now = Date.now();
  const all = queue?.order.filter((message) => message !== undefined) ?? [];
  process.send?.({
    ...counts,
    messages: all.length,
    different: new Set(all.map(({ text }) => text)).size,
    hidden: all.filter(({ visible }) => visible > now).length,
  });
  Object.assign(counts, { requests: 0, preflights: 0, most: 0 });
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
