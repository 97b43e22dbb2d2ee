/** True for an address of this machine, which browsers trust and emulators use. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** Host names that containers and clusters use among themselves, which other machines do not know. */
export const OF_CONTAINERS =
  /^(?!localhost$)[^.:[\]]+$|^(?:host|gateway)\.docker\.internal$|\.(?:svc|svc\.cluster\.local)$/;
