import { connect } from '@/azure/account';
import { accountId, type Connection } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { createRemoteSandbox, type RemoteSandbox } from '@/sandbox/apart/remote-sandbox';
import { type Clock, createClock } from '@/sandbox/clock';
import { deleteSnapshot, snapshotNames } from '@/sandbox/snapshot-persistence';
import { currentConnections, type Keep, whenConnectionsChange } from '../connections/connections';
import { holdLock, openTabs, tabName } from '../tab/tab-identity';
import { setClock } from '../time/connection-clocks';
import type { Host } from './start-host';

/** The sandbox of this tab while it runs. */
export type SandboxSession = {
  sandbox: RemoteSandbox;
  clock: Clock;
  /** An account client whose requests are not logged. */
  account: Account;
  /** True when another tab persists its sandbox, so that this one lasts as long as its tab. */
  readonly isPersistedElsewhere: boolean;
};

/** Lock of the tab that persists its sandbox between visits. */
const LOCK = 'queuescope-sandbox';

/**
 * Starts the sandbox in its worker and persists it while its connection exists: for this tab, so that a reload restores it, or
 * between visits. When the connection is forgotten, deletes the snapshot; calls `onEnd` then, with when that is done, and when the
 * worker fails.
 * @throws PartError when the worker's file does not arrive
 */
export async function startSession(
  host: Host,
  connection: Connection,
  onEnd: (done: Promise<unknown>) => void,
): Promise<SandboxSession> {
  const id = accountId(connection);
  const keepOf = () => currentConnections().find((one) => one.id === id)?.keep;
  const clock = createClock();
  const stops: (() => void)[] = [];
  function end(done: Promise<unknown>) {
    for (const stop of stops.splice(0)) stop();
    onEnd(done);
    void done.finally(host.end);
  }
  const remote = createRemoteSandbox(clock, host.post);
  host.listen({
    message: remote.message,
    failure(cause) {
      remote.failure(cause);
      end(Promise.resolve());
    },
  });
  const { sandbox } = remote;
  const account = connect(connection, { fetch: sandbox.fetch, now: () => clock.now(), signingTime: () => clock.now() });

  const persister = createPersister(sandbox);
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
  await remote.open({ seed, names: namesToLoad(keepOf()), withDemo: true });
  await persister.keep(keepOf());
  setTimeout(() => void forgetClosedTabs(), RELOAD_GRACE_MS);

  let currentKeep = keepOf();
  stops.push(
    setClock(id, clock),
    flushWhenLeft(sandbox),
    whenConnectionsChange(() => {
      const keep = keepOf();
      if (keep === currentKeep) return;
      currentKeep = keep;
      const kept = persister.keep(keep);
      if (keep === undefined) end(kept);
    }),
  );

  return {
    sandbox,
    clock,
    account,
    get isPersistedElsewhere() {
      return currentKeep === 'device' && persister.name() !== 'device';
    },
  };
}

/** Has what changed last written when the page is left or hidden, which may be its end. */
function flushWhenLeft(sandbox: RemoteSandbox): () => void {
  const flush = () => sandbox.flush();
  const onHide = () => document.visibilityState === 'hidden' && flush();
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', onHide);
  return () => {
    removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', onHide);
  };
}

/** Long enough for a slow page to reload, during which its tab seems closed. */
const RELOAD_GRACE_MS = 10_000;
const TAB = 'tab/';

/** Deletes the snapshots of closed tabs. */
export async function forgetClosedTabs() {
  const open = await openTabs();
  const closed = (await snapshotNames()).filter((name) => name.startsWith(TAB) && !open.has(name.slice(TAB.length)));
  await Promise.all(closed.map(deleteSnapshot));
}

/** The snapshots that a sandbox may begin with; a second tab starts with that of the first. */
function namesToLoad(keep: Keep | undefined): string[] {
  const tab = tabName();
  return [...(keep === 'device' ? ['device'] : []), ...(tab ? [`${TAB}${tab}`] : [])];
}

/** Persists a sandbox: under `device` in the one tab with the lock, else under the name of the tab. */
function createPersister(sandbox: RemoteSandbox) {
  let name: string | undefined;
  let release: (() => void) | undefined;

  async function nameFor(keep: Keep | undefined): Promise<string | undefined> {
    if (keep === undefined) return undefined;
    if (keep === 'device' && (name === 'device' || (await takeLock()))) return 'device';
    const tab = tabName();
    return tab && `${TAB}${tab}`;
  }

  const takeLock = () => holdLock(LOCK, new Promise<void>((resolve) => (release = resolve)));

  return {
    name: () => name,
    /** Changes where the sandbox is persisted; undefined deletes the snapshot. */
    async keep(keep: Keep | undefined) {
      const next = await nameFor(keep);
      if (next === name) return;
      await sandbox.persist(undefined);
      if (name !== undefined) await deleteSnapshot(name);
      if (name === 'device') release?.();
      name = next;
      if (name !== undefined) await sandbox.persist(name);
    },
  };
}
