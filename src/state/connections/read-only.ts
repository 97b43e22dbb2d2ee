import { create } from 'zustand';
import { changeConnection, currentConnections, useConnection, whenConnectionsChange } from './connections';

/**
 * Read-only connections on which changes are allowed until the page is reloaded. In memory only.
 */
const store = create<{ allowed: readonly string[] }>(() => ({ allowed: [] }));

let stop: (() => void) | undefined;

/** Drops the exceptions of connections that are not read-only any more, also when another tab changes or forgets them. */
function endWithReadOnly() {
  const { allowed } = store.getState();
  const remaining = allowed.filter((id) => currentConnections().some((one) => one.id === id && one.readOnly === true));
  if (remaining.length < allowed.length) store.setState({ allowed: remaining });
}

/** True when nothing may be changed on the connection; receiving is a change, since it hides messages. */
export const isReadOnly = (connectionId: string): boolean =>
  currentConnections().some(({ id, readOnly }) => id === connectionId && readOnly === true) &&
  !store.getState().allowed.includes(connectionId);

export function useIsReadOnly(connectionId: string | undefined): boolean {
  const isSet = useConnection(connectionId)?.readOnly === true;
  const isAllowed = store(({ allowed }) => connectionId !== undefined && allowed.includes(connectionId));
  return isSet && !isAllowed;
}

/** True for a read-only connection on which changes are allowed until the page is left. */
export function useAreChangesAllowed(connectionId: string): boolean {
  const isSet = useConnection(connectionId)?.readOnly === true;
  return store(({ allowed }) => allowed.includes(connectionId)) && isSet;
}

/** Allows changes until this tab is closed or loaded anew. */
export function allowChangesForNow(connectionId: string) {
  stop ??= whenConnectionsChange(endWithReadOnly);
  store.setState(({ allowed }) => ({ allowed: [...allowed.filter((id) => id !== connectionId), connectionId] }));
}

export const endAllowedChanges = (connectionId: string) =>
  store.setState(({ allowed }) => ({ allowed: allowed.filter((id) => id !== connectionId) }));

/** Makes the connection read-only, or writable, in all tabs. */
export async function setReadOnly(connectionId: string, readOnly: boolean) {
  endAllowedChanges(connectionId);
  await changeConnection(connectionId, { readOnly });
}
