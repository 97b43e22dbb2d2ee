import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { StorageError } from '@/azure/protocol/errors';
import type { Exchange } from '@/azure/protocol/exchange';
import type { Account } from '@/azure/protocol/model';
import type { Call } from '@/azure/wire/signed-request';
import { createTransport, type Send } from '@/azure/wire/transport';
import { createClock } from '../clock';
import { SANDBOX } from '../sandbox-account';
import { createSandbox, type Sandbox } from '../service';

/** One thing of either service. */
export type Both<T> = { sandbox: T; azurite: T };

/** One service behind the whole client, and what its last step put on the wire. */
export type Party = {
  account: Account;
  /** For a call that the client's own rules would not let through. */
  send: Send;
  /** For a request that the client would not make. */
  connection: Connection;
  fetch: typeof globalThis.fetch;
  answers: Exchange[];
};

/** What came of a step: its value or its refusal, and what can be seen of both on the wire. */
export type Outcome = { value?: unknown; refusal?: Refusal; answers: unknown[] };
export type Refusal = { status: number; code: string | undefined; details: Record<string, string> };

/** The two services, which stand at the same instant and are only moved together. */
export type Pair = Both<Party> & {
  /** The sandbox itself. */
  service: Sandbox;
  /** Epoch ms. */
  now: () => number;
  advance: (milliseconds: number) => Promise<void>;
};

/** @param steady an Azurite whose clock is held: its queue endpoint, and where its clock is moved */
export async function createPair(steady: { url: string; clock: string }): Promise<Pair> {
  const startsAt = Number(await (await fetch(steady.clock)).text());
  const clock = createClock({ startsAt, paused: true });
  const sandbox = createSandbox({ clock });
  const now = () => clock.now();
  const connections: Both<Connection> = {
    sandbox: {
      account: SANDBOX.account,
      endpoint: SANDBOX.endpoint,
      secondaryEndpoint: SANDBOX.secondaryEndpoint,
      credential: { kind: 'key', key: await importKey(SANDBOX.key) },
    },
    azurite: {
      account: EMULATOR.account,
      endpoint: steady.url,
      secondaryEndpoint: `${steady.url}-secondary`,
      credential: { kind: 'key', key: await importKey(EMULATOR.key) },
    },
  };
  return {
    sandbox: toParty(connections.sandbox, now, sandbox.fetch),
    azurite: toParty(connections.azurite, now, globalThis.fetch.bind(globalThis)),
    service: sandbox,
    now,
    async advance(milliseconds) {
      clock.advance(milliseconds);
      const { ok } = await fetch(`${steady.clock}/advance?ms=${milliseconds}`, { method: 'POST' });
      if (!ok) throw new Error(`Azurite's clock was not moved by ${milliseconds} ms`);
    },
  };
}

function toParty(connection: Connection, signingTime: () => number, fetch: typeof globalThis.fetch): Party {
  const answers: Exchange[] = [];
  const observe = (exchange: Exchange) => {
    if (exchange.response) answers.push(exchange);
  };
  const wire = { observe, signingTime, fetch };
  return {
    account: connect(connection, wire),
    send: createTransport(connection, wire).send,
    connection,
    fetch,
    answers,
  };
}

/** Does the same at both. Only the service's own refusals are outcomes; all else is thrown. */
export async function atBoth(pair: Pair, step: (party: Party, side: keyof Both<Party>) => Promise<unknown>) {
  const [sandbox, azurite] = await Promise.all([
    outcomeOf(pair.sandbox, (party) => step(party, 'sandbox')),
    outcomeOf(pair.azurite, (party) => step(party, 'azurite')),
  ]);
  return { sandbox, azurite };
}

/** Does it at one of them. */
export async function outcomeOf(party: Party, step: (party: Party) => Promise<unknown>): Promise<Outcome> {
  party.answers.length = 0;
  try {
    const value = await step(party);
    return { value, answers: party.answers.map(seen) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const { status, code, details } = error;
    return { refusal: { status, code, details: comparable(details) }, answers: party.answers.map(seen) };
  }
}

/** Details that name the input at fault and its bounds. A `Reason` is worded anew by every service. */
const COMPARABLE = new Set([
  'QueryParameterName',
  'QueryParameterValue',
  'MinimumAllowed',
  'MaximumAllowed',
  'MaxLimit',
]);

const comparable = (details: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(details).filter(([name]) => COMPARABLE.has(name)));

const DOCUMENTED = [
  'x-ms-request-id',
  'x-ms-version',
  'x-ms-error-code',
  'x-ms-popreceipt',
  'x-ms-time-next-visible',
  'x-ms-approximate-messages-count',
];

/** What an answer shows besides its value: which documented headers it has, its date, its elements. */
function seen({ operation, request, response }: Exchange) {
  const headers = new Headers(response?.headers);
  const status = response?.status ?? 0;
  const isRefusal = status >= 400;
  const sentId = new Map(request.headers).get('x-ms-client-request-id');
  return {
    operation,
    status,
    headers: DOCUMENTED.filter((name) => headers.has(name)),
    metadata: [...headers].filter(([name]) => name.startsWith('x-ms-meta-')),
    date: headers.get('date'),
    // Azurite does not echo it in a refusal.
    ...(!isRefusal && { echoesId: headers.get('x-ms-client-request-id') === sentId }),
    type: headers.get('content-type')?.split(';')[0] ?? null,
    ...(!isRefusal && response?.body.includes('<QueueMessagesList') && { elements: elementsOf(response.body) }),
  };
}

const elementsOf = (xml: string): string[] =>
  [...new Set([...xml.matchAll(/<([A-Z]\w*)/g)].map((match) => match[1] ?? ''))].toSorted();

/** @throws Error that says where the two are not the same. */
export function expectSame(what: string, { sandbox, azurite }: Both<unknown>): void {
  const found = differences(sandbox, azurite, '');
  if (found.length > 0) throw new Error(`${what} is not the same\n${found.join('\n')}`);
}

/** One line for each place; names in objects have no order. */
function differences(ours: unknown, theirs: unknown, path: string): string[] {
  if (isTree(ours) && isTree(theirs)) {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...names].flatMap((name) => differences(ours[name], theirs[name], `${path}.${name}`));
  }
  const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return left === right ? [] : [`  ${path}: sandbox ${left}, Azurite ${right}`];
}

/** An object or a list; a date is a value. */
const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

/** A call as the client makes it, without the client's rules for what may be in it; never repeated. */
export const raw = (
  { send }: Party,
  method: Call['method'],
  path: string,
  rest: Pick<Call, 'query' | 'headers' | 'body'> = {}, // A name of its own in the report, which the client does not look at.
) => send({ operation: `${method} ${path}` as Call['operation'], method, path, repeatable: false, ...rest });
