import {
  type AccountInfo,
  type AuthenticationResult,
  BrowserAuthError,
  CacheLookupPolicy,
  type Configuration,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-browser';
import { CLOUDS, STORAGE_RESOURCE } from '@/azure/protocol/clouds';
import { TokenNeededError } from '@/azure/protocol/errors';
import type { SignIn, SignInApp } from './app-registration';

/**
 * Signing in with Microsoft Entra ID: authorisation code with PKCE, by MSAL.
 *
 * Tokens are in memory alone (`memoryStorage`). MSAL's other caches are `sessionStorage`, in the clear, and
 * `localStorage`, which it encrypts, but in the clear for whoever chose "Stay signed in". So a reload forgets the
 * tokens, and the next request asks to sign in again, which Microsoft mostly answers without a question. Silent renewal
 * is by refresh token, never by a hidden frame, so that the page's policy needs none.
 */

/** The one scope of storage: to act as the person who signed in. */
const SCOPES = [`${STORAGE_RESOURCE}/user_impersonation`];

/** For signing in; a closed popup cannot be detected where its site isolates itself. */
const POPUP_TIMEOUT_MS = 10 * 60_000;

/** A new sign-in with its token. */
export type SignedIn = { signIn: SignIn; token: string };

/** The browser blocked the sign-in popup. */
export class PopupBlockedError extends Error {
  override readonly name = 'PopupBlockedError';
}

/** Redirect URI, a static file of the build, to be registered with the app. */
export const redirectUri = () => new URL('signed-in.html', document.baseURI).href;

const clients = new Map<string, Promise<PublicClientApplication>>();

function clientOf(app: SignInApp): Promise<PublicClientApplication> {
  const name = [app.authority, app.tenant, app.clientId].join(' ');
  const client = clients.get(name) ?? open(configurationOf(app, 'memoryStorage'));
  clients.set(name, client);
  return client;
}

async function open(configuration: Configuration) {
  const client = new PublicClientApplication(configuration);
  await client.initialize();
  return client;
}

function configurationOf({ clientId, tenant, authority }: SignInApp, cacheLocation: string): Configuration {
  const isMicrosoft = Object.values(CLOUDS).some((cloud) => cloud.authority === authority);
  return {
    auth: {
      clientId,
      authority: `${authority}/${tenant}`,
      redirectUri: redirectUri(),
      postLogoutRedirectUri: redirectUri(),
      // MSAL asks Microsoft about unknown hosts, unless they are listed here.
      ...(!isMicrosoft && { knownAuthorities: [new URL(authority).host] }),
    },
    cache: { cacheLocation },
    system: {
      popupBridgeTimeout: POPUP_TIMEOUT_MS,
      loggerOptions: { piiLoggingEnabled: false, loggerCallback: () => {} },
    },
  };
}

/**
 * Signs in by a popup, which only a user gesture may open. `hint` is a sign-in name to start with; without one Microsoft asks for
 * the account.
 * @throws PopupBlockedError when the browser opens none, Error with a readable message when it was cancelled or refused
 */
export async function signInByPopup(app: SignInApp, hint?: string): Promise<SignedIn> {
  const client = await clientOf(app);
  try {
    const result = await client.acquireTokenPopup({ ...request(hint), overrideInteractionInProgress: true });
    return signedIn(app, result);
  } catch (error) {
    throw readableError(error);
  }
}

/** Leaves the page to sign in; `returnedSignIn` continues when it returns. */
export async function signInByRedirect(app: SignInApp, hint?: string): Promise<void> {
  // MSAL refuses to leave with its cache in memory. What it needs on return is in sessionStorage in any case; the
  // tokens come only then, to a client that has its cache in memory.
  const client = await open(configurationOf(app, 'sessionStorage'));
  await client.acquireTokenRedirect({ ...request(hint), redirectStartPage: location.href });
}

/** The sign-in that the page has returned from; undefined without one. @throws Error with a readable message */
export async function returnedSignIn(app: SignInApp): Promise<SignedIn | undefined> {
  const client = await clientOf(app);
  try {
    const result = await client.handleRedirectPromise({ navigateToLoginRequestUrl: false });
    return result ? signedIn(app, result) : undefined;
  } catch (error) {
    throw readableError(error);
  }
}

/**
 * Returns a token without a prompt: the cached one, or a new one when that is about to expire or is the `refused` one.
 * @throws TokenNeededError when a person has to sign in (again), Error with a readable message when the authority cannot be reached
 */
export async function silentToken(signIn: SignIn, refused: string): Promise<string> {
  const client = await clientOf(signIn);
  const account = accountOf(client, signIn);
  if (!account) throw new TokenNeededError('Sign in first.');
  const ask = (cacheLookupPolicy: CacheLookupPolicy) =>
    client.acquireTokenSilent({ scopes: SCOPES, account, cacheLookupPolicy });
  try {
    const { accessToken } = await ask(CacheLookupPolicy.AccessTokenAndRefreshToken);
    if (accessToken !== refused) return accessToken;
    return (await ask(CacheLookupPolicy.RefreshToken)).accessToken;
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError) throw new TokenNeededError('Sign in again.');
    throw readableError(error);
  }
}

/** Forgets the tokens and opens Microsoft's page to sign out; forgets them even when that is blocked. */
export async function signOut(signIn: SignIn): Promise<void> {
  const client = await clientOf(signIn);
  const account = accountOf(client, signIn);
  if (!account) return;
  try {
    await client.logoutPopup({ account, logoutHint: signIn.username });
  } catch {
    await client.clearCache({ account });
  }
}

/** Forgets the tokens without signing out. */
export async function forgetTokens(signIn: SignIn): Promise<void> {
  const client = await clientOf(signIn);
  const account = accountOf(client, signIn);
  if (account) await client.clearCache({ account });
}

const accountOf = (client: PublicClientApplication, { homeAccountId }: SignIn): AccountInfo | undefined =>
  client.getAllAccounts().find((one) => one.homeAccountId === homeAccountId);

const request = (hint: string | undefined) => ({
  scopes: SCOPES,
  ...(hint ? { loginHint: hint } : { prompt: 'select_account' }),
});

function signedIn(app: SignInApp, { account, accessToken }: AuthenticationResult): SignedIn {
  const { homeAccountId, username } = account;
  return { signIn: { ...app, homeAccountId, username }, token: accessToken };
}

const BLOCKED = new Set(['popup_window_error', 'empty_window_error']);
const TEXTS: Record<string, string> = {
  user_cancelled: 'Signing in was called off.',
  timed_out: 'Nobody signed in within 10 minutes.',
  interaction_in_progress_cancelled: 'Signing in was started anew.',
  no_network_connectivity: 'This device is offline.',
  access_denied: 'Signing in was refused: consent was not given.',
};

/** Makes an error of MSAL readable: its own messages end with ids and addresses. */
function readableError(error: unknown): Error {
  if (error instanceof BrowserAuthError && BLOCKED.has(error.errorCode)) {
    return new PopupBlockedError('The browser did not open the window to sign in.');
  }
  const { errorCode = '', errorMessage = '', message = String(error) } = error as Partial<BrowserAuthError>;
  const detail = (errorMessage || message).split(/\r?\n|Trace ID:| - Correlation/)[0]?.trim() ?? '';
  return new Error(TEXTS[errorCode] ?? `Signing in did not work: ${detail || errorCode}`, { cause: error });
}
