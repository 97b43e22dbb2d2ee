import { create } from 'zustand';
import { TokenNeededError } from '@/azure/protocol/errors';

/**
 * Requests that wait for a person: their access token was refused or is missing, and they go on with the next one.
 * Nothing is lost meanwhile, since whoever made the request still waits for its answer.
 */
type Wish = { connection: string; settle: (token: string | undefined) => void; answer: Promise<string | undefined> };

const store = create<{ wishes: readonly Wish[] }>(() => ({ wishes: [] }));

/** The token that a person would not replace, by connection: it is not asked for again until they say so. */
const declined = new Map<string, string>();

/** The connection that a token is asked for; undefined when none is. */
export const useWantedToken = () => store((state) => state.wishes[0]?.connection);

/**
 * Asks the person for another token in place of `refused` (empty: there was none), and waits.
 * @throws TokenNeededError when they decline, or declined before; the signal's reason when the wait is called off
 */
export async function askForToken(connection: string, refused: string, signal?: AbortSignal): Promise<string> {
  if (declined.get(connection) === refused) throw tokenNeeded();
  const answer = await orAborted((wishFor(connection) ?? wish(connection)).answer, signal);
  if (answer !== undefined) return answer;
  declined.set(connection, refused);
  throw tokenNeeded();
}

const tokenNeeded = () => new TokenNeededError('Nothing was sent: there is no access token that Azure takes.');

/** Asks although nothing waits, as when a person wants to replace a token before it expires. */
export function openTokenWish(connection: string) {
  if (!wishFor(connection)) wish(connection);
}

/** All that wait for this connection's token go on with it. */
export function grantToken(connection: string, token: string) {
  declined.delete(connection);
  end(connection, token);
}

/** All that wait for this connection's token fail. */
export const declineToken = (connection: string) => end(connection, undefined);

const wishFor = (connection: string) => store.getState().wishes.find((one) => one.connection === connection);

function wish(connection: string): Wish {
  const settled: Partial<Pick<Wish, 'settle'>> = {};
  const answer = new Promise<string | undefined>((resolve) => {
    settled.settle = resolve;
  });
  const made: Wish = { connection, answer, settle: (token) => settled.settle?.(token) };
  store.setState(({ wishes }) => ({ wishes: [...wishes, made] }));
  return made;
}

function end(connection: string, token: string | undefined) {
  const ended = wishFor(connection);
  if (!ended) return;
  store.setState(({ wishes }) => ({ wishes: wishes.filter((one) => one !== ended) }));
  ended.settle(token);
}

/** The same promise, given up when the signal aborts. */
function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
