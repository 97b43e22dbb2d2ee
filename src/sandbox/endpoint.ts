import type { Address } from './address';
import type { Answer } from './answer';
import type { Random } from './random';
import type { ReceiptRules } from './receipt';
import type { Received } from './received';
import { StorageFault } from './storage-fault';
import type { Store, StoredQueue } from './store';

/** A change of the contents of a sandbox. */
export type SandboxChange =
  | { what: 'sent' | 'received' | 'updated' | 'deleted'; queue: string; ids: readonly string[] }
  | { what: 'cleared' | 'created' | 'removed' | 'metadata' | 'policies'; queue: string }
  | { what: 'properties' | 'reset' | 'restored' };

/** An authorised request and the service that carries it out. */
export type EndpointCall = {
  incoming: Incoming;
  store: Store;
  /** Epoch ms of the operation. */
  now: number;
  random: Random;
  account: { name: string; endpoint: string };
  receipts: ReceiptRules;
  report: (change: SandboxChange) => void;
};

/**
 * Carries out one operation synchronously.
 * @throws StorageFault
 */
export type Endpoint = (call: EndpointCall) => Answer;

/** The queue of a request. @throws StorageFault when it does not exist. */
export function queueAt({ store, incoming: { segments } }: EndpointCall): StoredQueue {
  const queue = store.queue(segments[0] ?? '');
  if (!queue) throw new StorageFault('QueueNotFound');
  return queue;
}

/** A parsed request, before authentication. */
export type Incoming = Address &
  Pick<Received, 'method' | 'headers' | 'sentNames' | 'body' | 'bodyLength'> & {
    /** Service version, `YYYY-MM-DD`. */
    version: string;
  };

type Query = ReadonlyMap<string, string>;

/**
 * Reads a whole number from the query; undefined when absent. Without `least` and `most`, any number of 32 bits.
 * @throws StorageFault
 */
export function wholeNumber(query: Query, name: string, least?: number, most?: number): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^-?\d{1,19}$/.test(text)) throw invalidParameter(name, text, 'Not a whole number.');
  if (least === undefined || most === undefined) {
    if (Math.abs(value) > 2_147_483_647) throw invalidParameter(name, text, 'Not a number of 32 bits.');
  } else if (value < least || value > most) throw outOfRange(name, text, least, most);
  return value;
}

/** @throws StorageFault when it is undefined. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new StorageFault('MissingRequiredQueryParameter', { QueryParameterName: name });
  return value;
}

export const invalidParameter = (name: string, value: string, reason = ''): StorageFault =>
  new StorageFault('InvalidQueryParameterValue', {
    QueryParameterName: name,
    QueryParameterValue: value,
    Reason: reason,
  });

export const outOfRange = (name: string, value: string, least: number, most: number): StorageFault =>
  new StorageFault('OutOfRangeQueryParameterValue', {
    QueryParameterName: name,
    QueryParameterValue: value,
    MinimumAllowed: String(least),
    MaximumAllowed: String(most),
  });
