import { CLOUDS, isCloudName } from '@/azure/protocol/clouds';

/** The app registration that people sign in through. Nothing of it is secret. */
export type SignInApp = {
  /** Application (client) id. */
  clientId: string;
  /** Directory id or domain; `organizations` for work accounts of any directory. */
  tenant: string;
  /** Where people sign in, an https origin: `https://login.microsoftonline.com`. */
  authority: string;
};

/** Who signed in through what: ids alone, no token. */
export type SignIn = SignInApp & {
  /** Microsoft's id of this person in this directory. */
  homeAccountId: string;
  /** Sign-in name. */
  username: string;
};

/** Work and school accounts of any directory: what is asked when nobody says which. */
export const ANY_DIRECTORY = 'organizations';

let given: Promise<SignInApp | undefined> | undefined;

/**
 * The app registration that whoever deployed this page gives with it, in `queuescope.json` beside the page:
 * `{ "signIn": { "clientId": "…", "tenant": "…", "cloud": "public" } }`, with `tenant` and `cloud` optional and
 * `authority` (an https origin) in place of `cloud` for others. Undefined when there is none. Asked once.
 */
export const findSignInApp = () => (given ??= readSignInApp());

async function readSignInApp(): Promise<SignInApp | undefined> {
  try {
    const answer = await fetch(new URL('queuescope.json', document.baseURI), { cache: 'no-store' });
    // A static host may answer every unknown address with the page itself.
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return undefined;
    return signInAppIn(await answer.json());
  } catch {
    return undefined;
  }
}

/** The app registration in what `queuescope.json` says; undefined when it is none that can be used. */
export function signInAppIn(settings: unknown): SignInApp | undefined {
  const { signIn } = (settings ?? {}) as { signIn?: unknown };
  const { clientId, tenant, cloud, authority } = (signIn ?? {}) as Record<string, unknown>;
  if (!isName(clientId)) return undefined;
  const asked = typeof authority === 'string' ? httpsOrigin(authority) : undefined;
  return {
    clientId,
    tenant: isName(tenant) ? tenant : ANY_DIRECTORY,
    authority: asked ?? CLOUDS[isCloudName(cloud) ? cloud : 'public'].authority,
  };
}

/** Ids and domains: what cannot lead out of its place in an address. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]+$/.test(value);

/** True for a client id or a directory as a person can type it. */
export const isDirectoryName = isName;

const httpsOrigin = (address: string): string | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' ? url.origin : undefined;
};
