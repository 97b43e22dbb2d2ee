import { create } from 'zustand';
import { postOwnJson } from './own-question';
import { findOwnSettings } from './own-settings';

/** True when the server of this page keeps a list of hosts that a person adds. */
export const canAddHosts = async (): Promise<boolean> => (await findOwnSettings())?.['addsHosts'] === true;

/** Origins beside the known hosts. `given`: those of this run of the local server, which cannot be removed. */
export type AllowedHosts = { hosts: readonly string[]; given: readonly string[] };

/** @throws Error with a readable message */
async function ask(path: string, value: object): Promise<AllowedHosts> {
  try {
    const { hosts, given } = await postOwnJson(path, value);
    return { hosts: origins(hosts), given: origins(given) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Error('The local server of this page does not answer. Start it again, then try again.', { cause });
  }
}

const origins = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Lists what the server of this page keeps. @throws Error with a readable message */
export const allowedHosts = (): Promise<AllowedHosts> => ask('/allowed-hosts/list', {});

/**
 * Adds an origin to what this page may reach, for good; it applies once the page is loaded again.
 * @throws Error with a readable message
 */
export async function addHost(origin: string): Promise<void> {
  await ask('/allowed-hosts', { origin });
  removedStore.setState(({ removed }) => ({ removed: removed.filter((one) => one !== origin) }));
}

/**
 * Removes an origin that was added from what this page may reach; it applies once the page is loaded again.
 * @throws Error with a readable message
 */
export async function removeHost(origin: string): Promise<void> {
  await ask('/allowed-hosts/remove', { origin });
  removedStore.setState(({ removed }) => ({ removed: [...removed, origin] }));
}

const removedStore = create<{ removed: readonly string[] }>(() => ({ removed: [] }));

/** Origins that were removed since the page was loaded, whose policy still has them. */
export const useRemovedHosts = () => removedStore(({ removed }) => removed);
