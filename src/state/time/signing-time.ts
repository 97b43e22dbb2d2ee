import { create } from 'zustand';
import { nowOf } from './connection-clocks';

/**
 * Connections that sign with the service's time in place of this device's, since their clocks are too far apart. Each
 * with the ms from one to the other when that was chosen. Lasts as long as the page.
 */
const store = create<Readonly<Record<string, number>>>(() => ({}));

/** From now on the connection signs with the service's time, `skew` ms from this device's clock. */
export const signWithAzureTime = (connectionId: string, skew: number) => store.setState({ [connectionId]: skew });

export const signsWithAzureTime = (connectionId: string) => connectionId in store.getState();

export const useSignsWithAzureTime = (connectionId: string) => store((state) => connectionId in state);

/** Back to this device's clock. */
export const signWithDeviceTime = (connectionId: string) =>
  store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);

/** Epoch ms to sign a request of the connection with; `measured` is the skew as known now, in ms. */
export function signingTime(connectionId: string, measured: number | undefined): number {
  const chosen = store.getState()[connectionId];
  return nowOf(connectionId) + (chosen === undefined ? 0 : (measured ?? chosen));
}
