import { accountId, type Connection } from '@/azure/protocol/connection';
import { currentConnections, type StoredConnection } from './connections';

type Place = Pick<Connection, 'account' | 'endpoint' | 'queue' | 'beside'>;

const storedAt = (place: Place): StoredConnection | undefined =>
  currentConnections().find(({ id }) => id === accountId(place));

/** The first number, from 2, under which no connection to the same account or queue is stored. */
export function firstFreeBeside(place: Place): number {
  let beside = 2;
  while (storedAt({ ...place, beside })) beside++;
  return beside;
}

/**
 * Where a signed-in connection is stored: in place of one by an access token, since a sign-in renews that, and beside one by a key or
 * a signature, which it must not replace.
 */
export function besideOther(place: Place): { beside?: number } {
  const first = storedAt(place);
  if (!first || first.kind === 'token') return {};
  let beside = 2;
  for (let taken = storedAt({ ...place, beside }); taken && taken.kind !== 'token'; ) {
    beside++;
    taken = storedAt({ ...place, beside });
  }
  return { beside };
}
