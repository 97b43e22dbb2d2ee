import { postOwnJson } from './own-question';
import { findOwnSettings } from './own-settings';

/** True when the server of this page keeps a list of hosts that a person adds. */
export const canAddHosts = async (): Promise<boolean> => (await findOwnSettings())?.['addsHosts'] === true;

/**
 * Adds an origin to what this page may reach, for good; it applies once the page is loaded again.
 * @throws Error with a readable message
 */
export async function addHost(origin: string): Promise<void> {
  try {
    await postOwnJson('/allowed-hosts', { origin });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Error('The local server of this page does not answer. Start it again, then try again.', { cause });
  }
}
