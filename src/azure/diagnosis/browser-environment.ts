import type { Reach } from './reach';

/** Facts and functions of the browser that a diagnosis needs; tests replace them. */
export type DiagnosisEnvironment = {
  /** `location.origin` */
  origin: string;
  canSign: boolean;
  onLine: boolean;
  fetch: typeof globalThis.fetch;
  /** State of a browser permission; undefined when the browser does not know it. */
  permission: (name: string) => Promise<PermissionState | undefined>;
  /** Ms, from `Account.clockSkew`. */
  clockSkew?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Asks the local server of this page what is at an address; undefined where there is none, or when it does not say. */
  reach?: ((endpoint: string, signal?: AbortSignal) => Promise<Reach | undefined>) | undefined;
};

/** The environment of the browser that runs this code. */
export const thisBrowser = (): DiagnosisEnvironment => ({
  origin: location.origin,
  canSign: isSecureContext,
  onLine: navigator.onLine,
  fetch: globalThis.fetch.bind(globalThis),
  permission: async (name) => {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
      return undefined;
    }
  },
});
