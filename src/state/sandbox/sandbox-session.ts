import { connect } from '@/azure/account';
import { accountId, type Connection } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { type Clock, createClock } from '@/sandbox/clock';
import { seedDemoStory } from '@/sandbox/demo-story';
import { createSandbox, type Sandbox } from '@/sandbox/service';
import { deleteSnapshot, loadSnapshot, persistSandbox, snapshotNames } from '@/sandbox/snapshot-persistence';
import { currentConnections, type Keep, whenConnectionsChange } from '../connections/connections';
import { holdLock, openTabs, tabName } from '../tab/tab-identity';
import { setClock } from '../time/connection-clocks';

/** The sandbox of this tab while it runs. */
export type SandboxSession = {
  sandbox: Sandbox;
  clock: Clock;
  /** An account client whose requests are not logged. */
  account: Account;
  /** Deletes all queues and creates the demo queues, or none. */
  startOver(withDemo: boolean): Promise<void>;
  /** True when another tab persists its sandbox, so that this one lasts as long as its tab. */
  readonly isPersistedElsewhere: boolean;
};

/** Lock of the tab that persists its sandbox between visits. */
const LOCK = 'queuescope-sandbox';

/**
 * Starts the sandbox and persists it while its connection exists: for this tab, so that a reload restores it, or between visits.
 * When the connection is forgotten, deletes the snapshot and calls `onEnd`.
 */
export async function startSession(connection: Connection, onEnd: () => void): Promise<SandboxSession> {
  const id = accountId(connection);
  const keepOf = () => currentConnections().find((one) => one.id === id)?.keep;
  const clock = createClock();
  const sandbox = createSandbox({ clock, seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 1 });
  const account = connect(connection, { fetch: sandbox.fetch, now: () => clock.now(), signingTime: () => clock.now() });

  const persister = createPersister(sandbox);
  const snapshot = await persister.load(keepOf());
  if (snapshot) sandbox.restore(snapshot);
  else await seedDemoStory(account, clock.now());
  await persister.keep(keepOf());
  setTimeout(() => void forgetClosedTabs(), RELOAD_GRACE_MS);

  const resetClock = setClock(id, clock);
  let currentKeep = keepOf();
  const stop = whenConnectionsChange(() => {
    const keep = keepOf();
    if (keep === currentKeep) return;
    currentKeep = keep;
    void persister.keep(keep);
    if (keep !== undefined) return;
    stop();
    resetClock();
    onEnd();
  });

  return {
    sandbox,
    clock,
    account,
    async startOver(withDemo) {
      sandbox.reset();
      if (withDemo) await seedDemoStory(account, clock.now());
    },
    get isPersistedElsewhere() {
      return currentKeep === 'device' && persister.name() !== 'device';
    },
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

/** Persists a sandbox: under `device` in the one tab with the lock, else under the name of the tab. */
function createPersister(sandbox: Sandbox) {
  let name: string | undefined;
  let stop: (() => void) | undefined;
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
    /** Loads the last snapshot; a second tab starts with that of the first. */
    async load(keep: Keep | undefined) {
      const tab = tabName();
      return (
        (keep === 'device' ? await loadSnapshot('device') : undefined) ??
        (tab ? await loadSnapshot(`${TAB}${tab}`) : undefined)
      );
    },
    /** Changes where the sandbox is persisted; undefined deletes the snapshot. */
    async keep(keep: Keep | undefined) {
      const next = await nameFor(keep);
      if (next === name) return;
      stop?.();
      stop = undefined;
      if (name !== undefined) await deleteSnapshot(name);
      if (name === 'device') release?.();
      name = next;
      if (name !== undefined) stop = await persistSandbox(sandbox, name);
    },
  };
}
