import { lazyPart, quietly } from '@/ui/parts/lazy-part';

/*
 * What a check of a connection is made of. No screen shows one at first: it is loaded in a quiet moment, or with the first check.
 */

/** Loads what checks a connection, and what says what it found. @throws PartError */
export async function loadCheck() {
  const [{ checkConnection }] = await Promise.all([import('./check-connection'), VerdictBox.preload()]);
  return checkConnection;
}

export const VerdictBox = lazyPart(async () => (await import('./verdict-box')).VerdictBox);
quietly(loadCheck);
