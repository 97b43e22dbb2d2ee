import type { Credential } from '@/azure/protocol/connection';
import { TokenNeededError } from '@/azure/protocol/errors';
import type { SignIn } from './app-registration';
import { askForToken, declineToken } from './token-prompts';

/** What a connection by access token holds: a token that was pasted, or who signed in. */
export type TokenSource = { token: string } | { signIn: SignIn };

// Not in a store: a token has no business in anything that renders.
const sources = new Map<string, TokenSource>();

/** From now on the connection's requests carry this token, or tokens of this sign-in. */
export const setTokenSource = (connectionId: string, source: TokenSource) => sources.set(connectionId, source);

/** Whatever waits for this connection's token fails. */
export function clearTokenSource(connectionId: string) {
  const source = sources.get(connectionId);
  sources.delete(connectionId);
  if (source && 'signIn' in source && !isInUse(source.signIn)) {
    void signingIn().then(({ forgetTokens }) => forgetTokens(source.signIn));
  }
  declineToken(connectionId);
}

/** One person can have signed in for several accounts. */
const isInUse = ({ homeAccountId }: SignIn): boolean =>
  [...sources.values()].some((one) => 'signIn' in one && one.signIn.homeAccountId === homeAccountId);

/** MSAL and all around it: only who signs in loads it. */
const signingIn = () => import('./msal');

/**
 * A credential whose token can be replaced while it is in use: the account made of it stays the same one, and what
 * waits for an answer gets it.
 */
export const tokenCredential = (connectionId: string): Extract<Credential, { kind: 'token' }> => ({
  kind: 'token',
  async getToken(signal) {
    const source = sources.get(connectionId);
    // Also when it has expired: the service's clock decides, and its refusal is in the wire log.
    if (source && 'token' in source) return source.token;
    return source ? orAsk(connectionId, '', source.signIn, signal) : askForToken(connectionId, '', signal);
  },
  async renewToken(refused, signal) {
    const source = sources.get(connectionId);
    if (source && 'token' in source) {
      return source.token === refused ? askForToken(connectionId, refused, signal) : source.token;
    }
    return source ? orAsk(connectionId, refused, source.signIn, signal) : askForToken(connectionId, refused, signal);
  },
});

/** A token without a word when that can be, else by asking the person to sign in. */
async function orAsk(connectionId: string, refused: string, signIn: SignIn, signal?: AbortSignal): Promise<string> {
  const { silentToken } = await signingIn();
  try {
    return await silentToken(signIn, refused);
  } catch (error) {
    if (!(error instanceof TokenNeededError)) throw error;
    return askForToken(connectionId, refused, signal);
  }
}
