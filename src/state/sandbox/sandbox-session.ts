import { connect } from '@/azure/account';
import { accountId, type Connection } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { type Clock, createClock } from '@/sandbox/clock';
import { seedDemoStory } from '@/sandbox/demo-story';
import { createSandbox, type Sandbox } from '@/sandbox/service';
import { deleteSnapshot, loadSnapshot, persistSandbox, snapshotNames } from '@/sandbox/snapshot-persistence';
import { currentConnections, type Keep, whenConnectionsChange } from '../connections/connections';
import { openTabs, tabName } from '../tab/tab-identity';
import { setClock } from '../time/connection-clocks';

/** The sandbox of this tab while it runs. */
export type SandboxSession = {
  sandbox: Sandbox;
  clock: Clock;
  /** A way in that is not in the log of requests. */
  account: Account;
  /** Throws away all queues and makes the demo queues anew, or none. */
  startOver(withDemo: boolean): Promise<void>;
  /** True when another tab keeps its sandbox between visits: this one then lasts as long as its tab. */
  readonly keptElsewhere: boolean;
};

/** Whoever holds the lock of this name writes what is kept between visits; others would undo its work. */
const LOCK = 'queuescope-sandbox';

/**
 * Starts the sandbox and, for as long as its connection is there, keeps it: for this tab, so that a reload has it, or
 * between visits. When the connection is forgotten, so is what was kept, and `onEnd` is called.
 */
export async function startSession(connection: Connection, onEnd: () => void): Promise<SandboxSession> {
  const id = accountId(connection);
  const keepOf = () => currentConnections().find((one) => one.id === id)?.keep;
  const clock = createClock();
  const sandbox = createSandbox({ clock, seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 1 });
  const account = connect(connection, { fetch: sandbox.fetch, now: () => clock.now(), signingTime: () => clock.now() });

  const persister = createPersister(sandbox);
  const kept = await persister.load(keepOf());
  if (kept) sandbox.restore(kept);
  else await seedDemoStory(account);
  await persister.keep(keepOf());
  setTimeout(() => void forgetClosedTabs(), RELOAD_GRACE_MS);

  const giveClockBack = setClock(id, clock);
  let keptAs = keepOf();
  const stop = whenConnectionsChange(() => {
    const keep = keepOf();
    if (keep === keptAs) return;
    keptAs = keep;
    void persister.keep(keep);
    if (keep !== undefined) return;
    stop();
    giveClockBack();
    onEnd();
  });

  return {
    sandbox,
    clock,
    account,
    async startOver(withDemo) {
      sandbox.reset();
      if (withDemo) await seedDemoStory(account);
    },
    get keptElsewhere() {
      return keptAs === 'device' && persister.name() !== 'device';
    },
  };
}

/** Ms: long enough for a slow page to reload; in between, its tab looks closed. */
const RELOAD_GRACE_MS = 10_000;
const TAB = 'tab/';

/** A page cannot act once its tab is closed, so the next one removes what was kept for it. */
export async function forgetClosedTabs() {
  const open = await openTabs();
  const gone = (await snapshotNames()).filter((name) => name.startsWith(TAB) && !open.has(name.slice(TAB.length)));
  await Promise.all(gone.map(deleteSnapshot));
}

/** Where a sandbox is kept: under `device` by the one tab that has the lock, else under the name of the tab. */
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

  async function takeLock(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(LOCK, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock ? new Promise<void>((let_go) => (release = let_go)) : undefined;
        })
        .catch(reject);
    });
  }

  return {
    name: () => name,
    /** What was kept before; a second tab begins with what the first has kept. */
    async load(keep: Keep | undefined) {
      const tab = tabName();
      return (
        (keep === 'device' ? await loadSnapshot('device') : undefined) ??
        (tab ? await loadSnapshot(`${TAB}${tab}`) : undefined)
      );
    },
    /** From now on kept so, and nowhere else; undefined forgets it. */
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
