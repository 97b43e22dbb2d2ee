import type { Credential } from '@/azure/protocol/connection';
import { TokenNeededError } from '@/azure/protocol/errors';
import type { SignIn } from './app-registration';
import { askForToken, declineToken, noteToken } from './token-prompts';

/** Source of a connection's tokens: a pasted token, or a sign-in. */
export type TokenSource = { token: string } | { signIn: SignIn };

// Not in a store, since no component needs a token.
const sources = new Map<string, TokenSource>();

/** Sets the source of the connection's tokens. */
export const setTokenSource = (connectionId: string, source: TokenSource) => sources.set(connectionId, source);

/** Removes the source; requests that wait for this connection's token fail. */
export function clearTokenSource(connectionId: string) {
  const source = sources.get(connectionId);
  sources.delete(connectionId);
  if (source && 'signIn' in source && !isInUse(source.signIn)) {
    void signingIn().then(({ forgetTokens }) => forgetTokens(source.signIn));
  }
  declineToken(connectionId);
  noteToken(connectionId, true);
}

/** True when another connection uses the same sign-in. */
const isInUse = ({ homeAccountId }: SignIn): boolean =>
  [...sources.values()].some((one) => 'signIn' in one && one.signIn.homeAccountId === homeAccountId);

/** Loads MSAL, for sign-ins only. */
const signingIn = () => import('./msal');

/**
 * A credential whose token can be replaced while in use, so that the account made of it stays the same.
 */
export const tokenCredential = (connectionId: string): Extract<Credential, { kind: 'token' }> => ({
  kind: 'token',
  getToken: (signal) => tokenOf(connectionId, '', signal),
  renewToken: (refused, signal) => tokenOf(connectionId, refused, signal),
});

/** Returns a token other than `refused` (empty: none was), without a prompt where possible. */
async function tokenOf(connectionId: string, refused: string, signal: AbortSignal | undefined): Promise<string> {
  const source = sources.get(connectionId);
  if (source && 'signIn' in source) {
    const { silentToken } = await signingIn();
    try {
      const token = await silentToken(source.signIn, refused);
      noteToken(connectionId, true);
      return token;
    } catch (error) {
      if (!(error instanceof TokenNeededError)) throw error;
    }
  } else if (source && source.token !== refused) {
    // Also an expired one: the service's clock decides, and its refusal is in the wire log.
    return source.token;
  }
  return askForToken(connectionId, refused, signal);
}
