import { create } from 'zustand';
import { nowOf } from './connection-clocks';

/**
 * Connections that sign with the service's time, since this device's clock is too far off, with the skew in ms at that choice.
 * Lasts until a reload.
 */
const store = create<Readonly<Record<string, number>>>(() => ({}));

/** Signs the connection's requests with the service's time, `skew` ms from this device's clock. */
export const signWithAzureTime = (connectionId: string, skew: number) => store.setState({ [connectionId]: skew });

export const signsWithAzureTime = (connectionId: string) => connectionId in store.getState();

export const useSignsWithAzureTime = (connectionId: string) => store((state) => connectionId in state);

/** Signs the connection's requests with this device's clock again. */
export const signWithDeviceTime = (connectionId: string) =>
  store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);

/** Epoch ms to sign a request of the connection with; `measured` is the current skew in ms. */
export function signingTime(connectionId: string, measured: number | undefined): number {
  const chosen = store.getState()[connectionId];
  return nowOf(connectionId) + (chosen === undefined ? 0 : (measured ?? chosen));
}
