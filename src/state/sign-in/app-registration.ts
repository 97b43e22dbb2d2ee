import { CLOUDS, isCloudName } from '@/azure/protocol/clouds';
import { urlOf } from '@/azure/protocol/decode-uri';
import { findOwnSettings } from '../tab/own-settings';

/** The app registration for sign-in. Nothing of it is secret. */
export type SignInApp = {
  /** Application (client) id. */
  clientId: string;
  /** Directory id or domain; `organizations` for work accounts of any directory. */
  tenant: string;
  /** Sign-in authority, an https origin: `https://login.microsoftonline.com`. */
  authority: string;
};

/** A sign-in: ids only, no token. */
export type SignIn = SignInApp & {
  /** Microsoft's id of this person in this directory. */
  homeAccountId: string;
  /** Sign-in name. */
  username: string;
};

/** Default tenant: work and school accounts of any directory. */
export const ANY_DIRECTORY = 'organizations';

let app: Promise<SignInApp | undefined> | undefined;

/**
 * Reads the app registration of this deployment from `queuescope.json` beside the page:
 * `{ "signIn": { "clientId": "…", "tenant": "…", "cloud": "public" } }`, with `tenant` and `cloud` optional and
 * `authority` (an https origin) in place of `cloud` for others. Undefined without one. Read once.
 */
export const findSignInApp = () => (app ??= findOwnSettings().then(signInAppIn));

/** Parses `queuescope.json`; undefined when it has no valid app registration. */
export function signInAppIn(settings: unknown): SignInApp | undefined {
  const { signIn } = (settings ?? {}) as { signIn?: unknown };
  const { clientId, tenant, cloud, authority } = (signIn ?? {}) as Record<string, unknown>;
  if (!isName(clientId)) return undefined;
  const custom = typeof authority === 'string' ? httpsOrigin(authority) : undefined;
  return {
    clientId,
    tenant: isName(tenant) ? tenant : ANY_DIRECTORY,
    authority: custom ?? CLOUDS[isCloudName(cloud) ? cloud : 'public'].authority,
  };
}

/** True for ids and domains, which need no escape in a URL. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]+$/.test(value);

/** True for a client id or a directory as a person can type it. */
export const isDirectoryName = isName;

const httpsOrigin = (address: string): string | undefined => {
  const url = urlOf(address);
  return url?.protocol === 'https:' ? url.origin : undefined;
};
