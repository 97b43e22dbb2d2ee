import { EMULATOR } from '@/azure/protocol/emulator';
import type { StoredConnection } from '@/state/connections/connections';
import { productionIn } from '@/state/connections/environments';

/**
 * The two letters of a tile: "HP" for harborlaneprod and "HS" for harborlanestaging, which would both be "HA" otherwise;
 * "Az" for the emulator, whose name all share.
 */
export function initialsOf({ account, local }: Pick<StoredConnection, 'account' | 'local'>): string {
  if (local && account === EMULATOR.account) return 'Az';
  const stage = productionIn(account) > 0 ? 'p' : STAGE.exec(account)?.[1];
  return (stage ? account.charAt(0) + stage.charAt(0) : account.slice(0, 2)).toUpperCase();
}

/**
 * The letters of a tile among others: where an earlier connection has the same, its place among those stands for the second letter:
 * "H2". So two of one account, or of one queue beside its account, are told apart.
 */
export function tileLetters<Tile extends Pick<StoredConnection, 'id' | 'account' | 'local'>>(
  connection: Tile,
  connections: readonly Tile[],
): string {
  const own = initialsOf(connection);
  const same = connections.filter((one) => initialsOf(one) === own);
  const place = same.findIndex(({ id }) => id === connection.id) + 1;
  return place < 2 ? own : `${own.charAt(0)}${place}`;
}

/** The stage at the end of an account name, other than production. */
const STAGE = /.(stag(?:e|ing)|stg|test|tst|dev|development|qa|uat)\d*$/i;
