import { useState } from 'react';
import { toConnection } from '@/azure/connection-input/build-connection';
import { mendKey } from '@/azure/connection-input/mend-secrets';
import type { ConnectionInput } from '@/azure/connection-input/parsed-connection';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { InvalidInputError } from '@/azure/protocol/errors';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import { addConnection, currentConnections, type StoredConnection } from '@/state/connections/connections';
import { rememberQueue } from '@/state/connections/opened-queues';
import { tokenOwnerOf } from '@/state/connections/token-owner';
import { useCheck } from '../check/use-check';
import { useKeepChoice } from '../input/use-keep-choice';
import type { ConnectDraft } from './use-connect-draft';

/** The queue to open on a new connection; `isChosen` when the person named it in the form. */
export type QueueToOpen = { queue: string | undefined; isChosen: boolean };

type Attempt = {
  /** The queue that the address of the page names for a connection. */
  linkedQueue: (connectionId: string) => string | undefined;
  onConnected: (connection: StoredConnection, open: QueueToOpen) => void;
};

/** Tries the connection of a draft and stores it once it works, or when the person saves it anyway. */
export function useConnectAttempt(draft: ConnectDraft, { linkedQueue, onConnected }: Attempt) {
  const { input, typed, chosenSafety, safety } = draft;
  const { choice, choose, keep, isProtected } = useKeepChoice();
  const [problem, setProblem] = useState<string>();
  const { check, verdict, named, run, clear } = useCheck();
  const isChecking = check?.isRunning ?? false;

  function reset() {
    setProblem(undefined);
    clear();
  }

  /** Resolves to false when the input is not a connection yet; `problem` says why. */
  async function connect(): Promise<boolean> {
    reset();
    try {
      await attempt(await toConnection(input, input.kind === 'token' ? {} : filledIn(typed)));
      return true;
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      setProblem(error.message);
      return false;
    }
  }

  /** The queue that the text names. */
  const inText = 'queue' in input && queueNameProblem(input.queue) === undefined ? input.queue : undefined;

  async function attempt(connection: Connection, queue = linkedQueue(accountId(connection)) ?? inText) {
    const { works, readInstead } = await run(connection, { queue });
    if (works) await save(connection, { readInstead });
  }

  /** Tries a queue that the person names, where the list is refused. */
  async function openNamed(connection: Connection, queue: string) {
    const { works } = await run(connection, { queue, isNamed: true });
    if (works) await save(connection, { readInstead: queue, isChosen: true });
  }

  async function save(
    connection: Connection,
    {
      // One that is not there is none to remember.
      readInstead = verdict?.kind === 'queueMissing' ? undefined : named,
      isChosen = readInstead !== undefined,
    }: { readInstead?: string | undefined; isChosen?: boolean } = {},
  ) {
    const storable = toStorable(connection, input);
    if (!storable) return;
    const isKnown = currentConnections().some(({ id }) => id === accountId(connection));
    const added = await addConnection(storable, keep, {
      isProtected,
      // A new key for a known account changes its safety settings only when the person chose some.
      ...(chosenSafety ?? (isKnown ? {} : safety)),
      // A passphrase needs the key itself: a `CryptoKey` cannot be encrypted under it.
      key: input.kind === 'key' ? input.key : mendKey(typed.key).value || undefined,
    });
    if (readInstead !== undefined) await rememberQueue(added.id, readInstead);
    onConnected(added, { queue: isChosen ? readInstead : inText, isChosen });
  }

  return { choice, choose, problem, check, verdict, isChecking, reset, connect, attempt, openNamed, save };
}

const filledIn = (typed: ConnectDraft['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));

/** The connection as it is stored: a pasted token as it was pasted, with its owner. */
function toStorable({ credential, ...where }: Connection, input: ConnectionInput) {
  if (credential.kind !== 'token') return { ...where, credential };
  if (input.kind !== 'token') return undefined;
  const { token, claims } = input;
  return { ...where, credential: { kind: 'token', token } as const, holder: tokenOwnerOf(claims) };
}
