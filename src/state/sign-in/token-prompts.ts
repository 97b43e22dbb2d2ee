import { create } from 'zustand';
import { TokenNeededError } from '@/azure/protocol/errors';

/**
 * Requests that wait for a person, since their access token was refused or is missing; they continue with the new one.
 */
type TokenPrompt = {
  connectionId: string;
  settle: (token: string | undefined) => void;
  answer: Promise<string | undefined>;
};

type Prompts = {
  prompts: readonly TokenPrompt[];
  /** Connections whose requests have no token that Azure takes. */
  without: ReadonlySet<string>;
};

const store = create<Prompts>(() => ({ prompts: [], without: new Set() }));

/** The token that a person declined to replace, by connection; they are not prompted for it again. */
const declined = new Map<string, string>();

/** The connection that a person is prompted for; undefined without a prompt. */
export const usePendingTokenPrompt = () => store((state) => state.prompts[0]?.connectionId);

/** True from when a request found no token for the connection, or the person signed out, until there is one. */
export const useIsTokenMissing = (connectionId: string): boolean => store(({ without }) => without.has(connectionId));

/** Notes whether the connection has a token. */
export function noteToken(connectionId: string, isThere: boolean) {
  const { without } = store.getState();
  if (without.has(connectionId) !== isThere) return;
  const next = new Set(without);
  if (isThere) next.delete(connectionId);
  else next.add(connectionId);
  store.setState({ without: next });
}

/**
 * Prompts the person for another token in place of `refused` (empty: there was none), and waits.
 * @throws TokenNeededError when they decline, or declined before; the signal's reason when it aborts
 */
export async function askForToken(connectionId: string, refused: string, signal?: AbortSignal): Promise<string> {
  noteToken(connectionId, false);
  if (declined.get(connectionId) === refused) throw tokenNeeded();
  const answer = await orAborted((promptOf(connectionId) ?? openPrompt(connectionId)).answer, signal);
  if (answer !== undefined) return answer;
  declined.set(connectionId, refused);
  throw tokenNeeded();
}

const tokenNeeded = () => new TokenNeededError('Nothing was sent: there is no access token that Azure takes.');

/** Opens a prompt without a waiting request, to replace a token before it expires. */
export function promptForToken(connectionId: string) {
  if (!promptOf(connectionId)) openPrompt(connectionId);
}

/** Continues all requests that wait for this connection's token. */
export function supplyToken(connectionId: string, token: string) {
  declined.delete(connectionId);
  noteToken(connectionId, true);
  settlePrompt(connectionId, token);
}

/** Fails all requests that wait for this connection's token. */
export const declineToken = (connectionId: string) => settlePrompt(connectionId, undefined);

const promptOf = (connectionId: string) => store.getState().prompts.find((one) => one.connectionId === connectionId);

function openPrompt(connectionId: string): TokenPrompt {
  const settled: Partial<Pick<TokenPrompt, 'settle'>> = {};
  const answer = new Promise<string | undefined>((resolve) => (settled.settle = resolve));
  const made: TokenPrompt = { connectionId, answer, settle: (token) => settled.settle?.(token) };
  store.setState(({ prompts }) => ({ prompts: [...prompts, made] }));
  return made;
}

function settlePrompt(connectionId: string, token: string | undefined) {
  const ended = promptOf(connectionId);
  if (!ended) return;
  store.setState(({ prompts }) => ({ prompts: prompts.filter((one) => one !== ended) }));
  ended.settle(token);
}

/** The same promise, which rejects when the signal aborts. */
function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
