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

/** The stage at the end of an account name, other than production. */
const STAGE = /.(stag(?:e|ing)|stg|test|tst|dev|development|qa|uat)\d*$/i;
