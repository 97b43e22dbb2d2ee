import { type Incoming, invalidParameter } from './endpoint';
import { StorageFault } from './storage-fault';

/** Permissions that an operation needs, and whether it writes. */
type Needs = {
  /** Resource type (`srt`) and permissions (`sp`) of an account SAS, any of which suffices; undefined: no SAS allows it. */
  account?: readonly [type: 's' | 'c' | 'o', letters: string];
  /** Permission of a queue SAS; undefined: no queue SAS allows it. */
  queue?: string;
  /** True when it changes something, so that the secondary endpoint refuses it. */
  writes?: true;
};

/** By the documentation's names: learn.microsoft.com/rest/api/storageservices/create-account-sas, create-service-sas */
export const OPERATIONS = {
  'List Queues': { account: ['s', 'l'] },
  'Get Queue Service Properties': { account: ['s', 'r'] },
  'Set Queue Service Properties': { account: ['s', 'w'], writes: true },
  'Get Queue Service Stats': { account: ['s', 'r'] },
  'Get User Delegation Key': {},
  'Create Queue': { account: ['c', 'cw'], writes: true },
  'Delete Queue': { account: ['c', 'd'], writes: true },
  'Get Queue Metadata': { account: ['c', 'r'], queue: 'r' },
  'Set Queue Metadata': { account: ['c', 'w'], writes: true },
  'Get Queue ACL': {},
  'Set Queue ACL': { writes: true },
  'Put Message': { account: ['o', 'a'], queue: 'a', writes: true },
  'Get Messages': { account: ['o', 'p'], queue: 'p', writes: true },
  'Peek Messages': { account: ['o', 'r'], queue: 'r' },
  'Update Message': { account: ['o', 'u'], queue: 'u', writes: true },
  'Delete Message': { account: ['o', 'p'], queue: 'p', writes: true },
  'Clear Messages': { account: ['o', 'd'], writes: true },
} as const satisfies Record<string, Needs>;

export type Operation = keyof typeof OPERATIONS;

export const needsOf = (operation: Operation): Needs => OPERATIONS[operation];

type ByMethod = Partial<Record<string, Operation>>;

const SERVICE: Partial<Record<string, ByMethod>> = {
  list: { GET: 'List Queues' },
  properties: { GET: 'Get Queue Service Properties', PUT: 'Set Queue Service Properties' },
  stats: { GET: 'Get Queue Service Stats' },
  userdelegationkey: { POST: 'Get User Delegation Key' },
};
const QUEUE: Partial<Record<string, ByMethod>> = {
  '': { PUT: 'Create Queue', DELETE: 'Delete Queue' },
  metadata: { GET: 'Get Queue Metadata', HEAD: 'Get Queue Metadata', PUT: 'Set Queue Metadata' },
  acl: { GET: 'Get Queue ACL', HEAD: 'Get Queue ACL', PUT: 'Set Queue ACL' },
};
const MESSAGES: ByMethod = { GET: 'Get Messages', POST: 'Put Message', DELETE: 'Clear Messages' };
const MESSAGE: ByMethod = { PUT: 'Update Message', DELETE: 'Delete Message' };

/**
 * The operation of a request.
 * @throws StorageFault for an unknown operation or an invalid queue name.
 */
export function operationOf(incoming: Incoming): Operation {
  const { method, segments, query } = incoming;
  const [queue, messages, id] = segments;
  if (queue === undefined) return serviceOperation(incoming);
  checkQueueName(queue);
  if (messages === undefined) return byComp(QUEUE, query.get('comp') ?? '', method);
  if (messages !== 'messages' || segments.length > 3) throw new StorageFault('InvalidUri');
  const operation = byMethod(id === undefined ? MESSAGES : MESSAGE, method);
  return operation === 'Get Messages' && isPeek(query.get('peekonly')) ? 'Peek Messages' : operation;
}

function serviceOperation({ method, query }: Incoming): Operation {
  const comp = query.get('comp') ?? '';
  const restype = query.get('restype');
  if (comp !== 'list' && restype !== 'service' && Object.hasOwn(SERVICE, comp))
    throw invalidParameter('restype', restype ?? '');
  return byComp(SERVICE, comp, method);
}

function byComp(table: Partial<Record<string, ByMethod>>, comp: string, method: string): Operation {
  const methods = Object.hasOwn(table, comp) ? table[comp] : undefined;
  if (!methods) throw invalidParameter('comp', comp);
  // `GET /queue` is refused for its missing `comp`, not for its method.
  if (comp === '' && method === 'GET') throw invalidParameter('comp', comp);
  return byMethod(methods, method);
}

function byMethod(methods: ByMethod, method: string): Operation {
  const operation = methods[method];
  if (!operation) throw new StorageFault('UnsupportedHttpVerb');
  return operation;
}

/** True for `true` only. @throws StorageFault for other values than `true` and `false`, which must not dequeue. */
function isPeek(value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalidParameter('peekonly', value);
}

/** learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata#queue-names */
function checkQueueName(name: string): void {
  if (name.length < 3 || name.length > 63) {
    throw new StorageFault(
      'OutOfRangeInput',
      {},
      { message: 'The specified resource name length is not within the permissible limits.' },
    );
  }
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) throw new StorageFault('InvalidResourceName');
}
