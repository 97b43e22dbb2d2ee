import { create } from 'zustand';

/** `reads`: read requests go to the secondary endpoint, others are refused. */
type Secondary = {
  reads: boolean;
  /** The endpoint, for a connection without one of its own. */
  endpoint?: string | undefined;
};

/** By connection id; lasts until a reload. */
const store = create<Readonly<Record<string, Secondary>>>(() => ({}));

const PRIMARY: Secondary = { reads: false };

/** For `Wire.secondary`. */
export const secondaryFor = (connectionId: string): Secondary => store.getState()[connectionId] ?? PRIMARY;
export const useReadsSecondary = (connectionId: string | undefined) =>
  store((state) => (connectionId === undefined ? undefined : state[connectionId])?.reads ?? false);
export const useTriedSecondary = (connectionId: string) => store((state) => state[connectionId]?.endpoint);

/** Sets the secondary endpoint of a connection without one. */
export const trySecondary = (connectionId: string, endpoint: string) =>
  store.setState((state) => ({ [connectionId]: { ...(state[connectionId] ?? PRIMARY), endpoint } }));

/** Sends all reads of the connection to its secondary endpoint. */
export const readFromSecondary = (connectionId: string) =>
  store.setState((state) => ({ [connectionId]: { ...state[connectionId], reads: true } }));

/** Sends all requests to the primary again. */
export const readFromPrimary = (connectionId: string) =>
  store.setState((state) => ({ [connectionId]: { ...state[connectionId], reads: false } }));
