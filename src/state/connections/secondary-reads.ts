import { create } from 'zustand';

/** `reads`: requests that change nothing go to the secondary endpoint, all others are refused. */
type Secondary = {
  reads: boolean;
  /** Where it is, for a connection that does not say. */
  endpoint?: string | undefined;
};

/** Connections whose secondary endpoint is read, or was looked for where it usually is. Lasts as long as the page. */
const store = create<Readonly<Record<string, Secondary>>>(() => ({}));

const PRIMARY: Secondary = { reads: false };

/** What the transport of a connection asks before each attempt. */
export const secondaryFor = (connectionId: string): Secondary => store.getState()[connectionId] ?? PRIMARY;
export const useReadsSecondary = (connectionId: string | undefined) =>
  store((state) => (connectionId === undefined ? undefined : state[connectionId])?.reads ?? false);
export const useTriedSecondary = (connectionId: string) => store((state) => state[connectionId]?.endpoint);

/** A connection without a secondary endpoint has it there from now on. */
export const trySecondary = (connectionId: string, endpoint: string) =>
  store.setState((state) => ({ [connectionId]: { ...(state[connectionId] ?? PRIMARY), endpoint } }));

/** From now on all reads of the connection go to its secondary endpoint. */
export const readFromSecondary = (connectionId: string) =>
  store.setState((state) => ({ [connectionId]: { ...state[connectionId], reads: true } }));

/** Back to the primary, where changes are possible. */
export const readFromPrimary = (connectionId: string) =>
  store.setState((state) => ({ [connectionId]: { ...state[connectionId], reads: false } }));
