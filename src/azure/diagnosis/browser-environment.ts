/** What a diagnosis needs to know of the browser; tests bring their own. */
export type DiagnosisEnvironment = {
  /** `location.origin` */
  origin: string;
  canSign: boolean;
  onLine: boolean;
  fetch: typeof globalThis.fetch;
  /** State of a browser permission, undefined when the browser does not know it. */
  permission: (name: string) => Promise<PermissionState | undefined>;
  /** Ms, from `Account.clockSkew`. */
  clockSkew?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** What the browser that this runs in says of itself. */
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
