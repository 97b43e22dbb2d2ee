import { escapeXml } from '../azure/wire/xml';
import { XML_START } from './answer';
import { type Endpoint, invalidParameter, queueAt, wholeNumber } from './endpoint';
import { isSameMetadata, metadataHeaders, readMetadata } from './metadata';
import { StorageFault } from './storage-fault';
import type { StoredQueue } from './store';

const MOST_QUEUES = 5_000;

export const listQueues: Endpoint = ({ incoming: { query }, store, account }) => {
  const prefix = query.get('prefix') ?? '';
  const marker = query.get('marker') ?? '';
  const include = query.get('include') ?? '';
  const most = wholeNumber(query, 'maxresults', 1, MOST_QUEUES);
  if (include !== '' && include !== 'metadata') throw invalidParameter('include', include);
  const { queues, next } = store.page(prefix, fromMarker(marker, account.name), most ?? MOST_QUEUES);
  let xml = `${XML_START}<EnumerationResults ServiceEndpoint="${escapeXml(account.endpoint)}/">`;
  if (prefix !== '') xml += `<Prefix>${escapeXml(prefix)}</Prefix>`;
  if (marker !== '') xml += `<Marker>${escapeXml(marker)}</Marker>`;
  if (most !== undefined) xml += `<MaxResults>${most}</MaxResults>`;
  xml += '<Queues>';
  for (const queue of queues) xml += queueXml(queue, include === 'metadata');
  xml += '</Queues>';
  xml += next === undefined ? '<NextMarker />' : `<NextMarker>/${account.name}/${next}</NextMarker>`;
  return { status: 200, body: `${xml}</EnumerationResults>` };
};

/** The first name of a page. Its queue may have been deleted since. */
function fromMarker(marker: string, account: string): string {
  if (marker === '') return '';
  const start = `/${account}/`;
  const name = marker.slice(start.length);
  if (!marker.startsWith(start) || !/^[a-z0-9-]{3,63}$/.test(name)) throw new StorageFault('OutOfRangeInput');
  return name;
}

function queueXml({ name, metadata }: StoredQueue, withMetadata: boolean): string {
  if (!withMetadata) return `<Queue><Name>${name}</Name></Queue>`;
  let xml = '';
  for (const [key, value] of metadata) xml += `<${key}>${escapeXml(value)}</${key}>`;
  return `<Queue><Name>${name}</Name>${xml === '' ? '<Metadata />' : `<Metadata>${xml}</Metadata>`}</Queue>`;
}

export const createQueue: Endpoint = ({ incoming, store, now, report }) => {
  const name = incoming.segments[0] ?? '';
  const metadata = readMetadata(incoming);
  const existing = store.queue(name);
  if (existing && isSameMetadata(existing.metadata, metadata)) return { status: 204 };
  if (existing) throw new StorageFault('QueueAlreadyExists');
  if (store.isBeingDeleted(name, now)) throw new StorageFault('QueueBeingDeleted');
  store.create(name, metadata);
  report({ what: 'created', queue: name });
  return { status: 201 };
};

export const deleteQueue: Endpoint = (call) => {
  const { name } = queueAt(call);
  call.store.remove(name, call.now);
  call.report({ what: 'removed', queue: name });
  return { status: 204 };
};

export const getQueueMetadata: Endpoint = (call) => {
  const { metadata, messages } = queueAt(call);
  const count = String(messages.count(call.now));
  return { status: 200, headers: { 'x-ms-approximate-messages-count': count, ...metadataHeaders(metadata) } };
};

export const setQueueMetadata: Endpoint = (call) => {
  const metadata = readMetadata(call.incoming);
  const queue = queueAt(call);
  queue.metadata = metadata;
  call.report({ what: 'metadata', queue: queue.name });
  return { status: 204 };
};
