import { readAccessPolicies } from '@/azure/operations/access-policies';
import { readServiceProperties } from '@/azure/operations/service-properties-xml';
import { decodedOrSame, urlOf } from '@/azure/protocol/decode-uri';
import type { Exchange } from '@/azure/protocol/exchange';
import { readPlainXml, textOf } from '@/azure/wire/xml';
import { hasSample, type Operation, type SampleBody } from './operation';
import type { Where } from './where';

/** What a recorded exchange asked for, and of whom. */
export type Asked = { operation: Operation; where: Where };

/** Reads an exchange of the log as an operation; undefined for one that has no sample, or that is not as this page sends it. */
export function askedIn(exchange: Pick<Exchange, 'operation' | 'url' | 'request'>): Asked | undefined {
  if (!hasSample(exchange.operation) || !urlOf(exchange.url)) return undefined;
  const [address = '', query = ''] = exchange.url.split(/\?(.*)/s);
  const at = PATHS.find(({ names }) => names.has(exchange.operation))?.pattern.exec(address)?.groups;
  if (!at) return undefined;
  const { endpoint = '', queue = '', id = '' } = at;
  const values = new Map(
    query.split('&').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name, decodedOrSame(value)];
    }),
  );
  const { request } = exchange;
  const operation = read(exchange.operation, {
    queue: decodedOrSame(queue),
    id: decodedOrSame(id),
    values,
    request,
  });
  return operation && { operation, where: whereAt(endpoint, operation) };
}

/** How the address of each operation goes on behind the endpoint. */
const PATHS: { pattern: RegExp; names: ReadonlySet<string> }[] = [
  {
    pattern: /^(?<endpoint>.+)\/(?<queue>[^/]+)\/messages\/(?<id>[^/]+)$/,
    names: new Set(['Update Message', 'Delete Message']),
  },
  {
    pattern: /^(?<endpoint>.+)\/(?<queue>[^/]+)\/messages$/,
    names: new Set(['Put Message', 'Get Messages', 'Peek Messages', 'Clear Messages']),
  },
  {
    pattern: /^(?<endpoint>.+)\/$/,
    names: new Set([
      'List Queues',
      'Get Queue Service Properties',
      'Set Queue Service Properties',
      'Get Queue Service Stats',
    ]),
  },
  {
    pattern: /^(?<endpoint>.+)\/(?<queue>[^/]+)$/,
    names: new Set([
      'Create Queue',
      'Delete Queue',
      'Get Queue Metadata',
      'Set Queue Metadata',
      'Get Queue ACL',
      'Set Queue ACL',
    ]),
  },
];

type Parts = Pick<Exchange, 'request'> & { queue: string; id: string; values: ReadonlyMap<string, string> };

function read(name: Operation['name'], { queue, id, values, request }: Parts): Operation | undefined {
  const number = (key: string, otherwise: number) => {
    const value = Number(values.get(key) ?? otherwise);
    return Number.isInteger(value) ? value : otherwise;
  };
  const message = { id, receipt: values.get('popreceipt') };
  switch (name) {
    case 'List Queues':
      return { name, prefix: values.get('prefix') };
    case 'Create Queue':
    case 'Set Queue Metadata':
      return { name, queue, metadata: metadataIn(request.headers) };
    case 'Delete Queue':
    case 'Get Queue Metadata':
    case 'Get Queue ACL':
    case 'Clear Messages':
      return { name, queue };
    case 'Set Queue ACL': {
      const root = readPlainXml(request.body ?? '');
      return root && { name, queue, policies: readAccessPolicies(root) };
    }
    case 'Put Message': {
      const body = bodyIn(request.body);
      const lives = values.get('messagettl');
      return (
        body && {
          name,
          queue,
          body,
          timeToLive: lives === undefined ? undefined : lives === '-1' ? 'never' : number('messagettl', 0),
          visibilityDelay: number('visibilitytimeout', 0),
        }
      );
    }
    case 'Get Messages':
      return { name, queue, count: number('numofmessages', 1), visibilityTimeout: number('visibilitytimeout', 30) };
    case 'Peek Messages':
      return { name, queue, count: number('numofmessages', 1) };
    case 'Update Message': {
      const body = bodyIn(request.body);
      if (request.body !== undefined && body === undefined) return undefined;
      return { name, queue, message, visibilityTimeout: number('visibilitytimeout', 0), body };
    }
    case 'Delete Message':
      return { name, queue, message };
    case 'Get Queue Service Properties':
    case 'Get Queue Service Stats':
      return { name };
    case 'Set Queue Service Properties': {
      const root = readPlainXml(request.body ?? '');
      return root && { name, properties: readServiceProperties(root) };
    }
  }
}

/** The text of a request body, as it was on the wire. */
function bodyIn(xml: string | undefined): SampleBody | undefined {
  const text = textOf(readPlainXml(xml ?? ''), 'MessageText');
  return text === undefined ? undefined : { kind: 'text', text, encoding: 'text' };
}

const PREFIX = /^x-ms-meta-/i;

const metadataIn = (headers: Exchange['request']['headers']) =>
  Object.fromEntries(
    headers.filter(([name]) => PREFIX.test(name)).map(([name, value]) => [name.replace(PREFIX, ''), value]),
  );

/** The account of an endpoint: its first host label, or the last part of its path. The stats are read from the secondary. */
function whereAt(endpoint: string, { name }: Operation): Where {
  const [, host = '', path = ''] = /^https?:\/\/([^/]+)(?:\/(.*))?$/.exec(endpoint) ?? [];
  const account = path === '' ? (host.split(/[.:]/)[0] ?? '') : (path.split('/').at(-1) ?? '');
  const accountName = account.replace(/-secondary$/, '');
  if (name !== 'Get Queue Service Stats') return { endpoint, accountName };
  return { endpoint: endpoint.replace(account, accountName), accountName, secondaryEndpoint: endpoint };
}
