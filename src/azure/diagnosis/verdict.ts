/** Why a connection does not work. */
export type VerdictKind =
  | 'insecurePage'
  | 'mixedContent'
  | 'offline'
  | 'localNetworkDenied'
  | 'unreachable'
  | 'corsNoRule'
  | 'corsMethodOrHeaders'
  | 'corsHidesHeaders'
  | 'versionRefused'
  | 'notAzure'
  | 'wrongKey'
  | 'wrongAccount'
  | 'clockSkew'
  | 'tokenRefused'
  | 'tokenNeeded'
  | 'keyDisabled'
  | 'permission'
  | 'relayGone'
  | 'relayRefused'
  | 'unknown';

/** The likeliest cause in words: what happened, why, and the next step. */
export type Verdict = {
  kind: VerdictKind;
  title: string;
  explanation: string;
  /** True when one CORS rule on the account repairs it: show `corsCommand`. */
  needsCorsRule: boolean;
};

/** True for an address of this machine, which browsers trust and emulators use. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
