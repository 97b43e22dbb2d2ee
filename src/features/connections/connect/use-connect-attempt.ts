import { useState } from 'react';
import { toConnection } from '@/azure/connection-input/build-connection';
import { mendKey } from '@/azure/connection-input/mend-secrets';
import type { ConnectionInput } from '@/azure/connection-input/parsed-connection';
import { accountId, type Connection, type Credential } from '@/azure/protocol/connection';
import { InvalidInputError } from '@/azure/protocol/errors';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import { firstFreeBeside } from '@/state/connections/beside';
import {
  addConnection,
  connectionOf,
  currentConnections,
  type StoredConnection,
} from '@/state/connections/connections';
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
  /** A connection that works, to what another connection of this page is for already. */
  const [known, setKnown] = useState<{ connection: Connection; options: SaveOptions; before: StoredConnection }>();

  function reset() {
    setProblem(undefined);
    setKnown(undefined);
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

  /** Stores a connection; asks first where it would replace the credential of another. */
  async function save(connection: Connection, options: SaveOptions = {}) {
    const before = currentConnections().find(({ id }) => id === accountId(connection));
    const isOther =
      before && !before.locked && !(await isSameCredential(connection.credential, connectionOf(before.id)?.credential));
    if (isOther) setKnown({ connection, options, before });
    else await store(connection, options);
  }

  /** Stores the connection that was asked about: in place of the one before it, or beside it. */
  async function answer(how: 'replace' | 'beside') {
    if (!known) return;
    const { connection, options } = known;
    setKnown(undefined);
    await store(how === 'replace' ? connection : { ...connection, beside: firstFreeBeside(connection) }, options);
  }

  async function store(
    connection: Connection,
    {
      // One that is not there is none to remember.
      readInstead = verdict?.kind === 'queueMissing' ? undefined : named,
      isChosen = readInstead !== undefined,
    }: SaveOptions,
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

  return {
    known: known?.before,
    answer,
    choice,
    choose,
    problem,
    check,
    verdict,
    isChecking,
    reset,
    connect,
    attempt,
    openNamed,
    save,
  };
}

type SaveOptions = { readInstead?: string | undefined; isChosen?: boolean };

/** Whether two credentials are one: keys sign alike. Access tokens are renewed all the time, and one of the same kind counts. */
async function isSameCredential(one: Credential, other: Credential | undefined): Promise<boolean> {
  if (one.kind === 'sas' && other?.kind === 'sas') return one.token === other.token;
  if (one.kind !== 'key' || other?.kind !== 'key') return one.kind === 'token' && other?.kind === 'token';
  return (await signed(one.key)) === (await signed(other.key));
}

const signed = async (key: CryptoKey) =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(1))).join();

const filledIn = (typed: ConnectDraft['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));

/** The connection as it is stored: a pasted token as it was pasted, with its owner. */
function toStorable({ credential, ...where }: Connection, input: ConnectionInput) {
  if (credential.kind !== 'token') return { ...where, credential };
  if (input.kind !== 'token') return undefined;
  const { token, claims } = input;
  return { ...where, credential: { kind: 'token', token } as const, holder: tokenOwnerOf(claims) };
}
