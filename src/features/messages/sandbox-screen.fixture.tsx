import '@/styles.css';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { USUAL_TIME_TO_LIVE_SECONDS } from '@/azure/protocol/limits';
import type { Account } from '@/azure/protocol/model';
import { NO_FAULTS } from '@/sandbox/faults';
import type { MessageSnapshot } from '@/sandbox/snapshot';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { persistLeases } from '@/state/leases/lease-persistence';
import { dropConnectionLeases } from '@/state/leases/leases';
import { startEndingByTime } from '@/state/messages/records';
import { currentCommands } from '@/state/navigation/commands';
import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo, useRoute } from '@/state/navigation/route';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { resetPreferences } from '@/state/settings/preferences';
import { useClock } from '@/state/time/connection-clocks';
import { NowProvider } from '@/ui/browser/use-now';
import { LiveRegions } from '@/ui/feedback/live-region';
import { restoreLostFocus } from '@/ui/overlay/focus-home';
import { Toasts } from '@/ui/overlay/toast';
import { Tooltips } from '@/ui/overlay/tooltips';
import { MessagesScreen } from './messages-screen';

/** What tests do on the screen of a queue in the sandbox: its clock is moved, its faults are set, nothing is waited for. */
export type SandboxScreen = {
  readonly session: SandboxSession;
  /** A way in that is not in the log of requests and knows no faults of the page's. */
  readonly account: Account;
  /** New for each test. */
  readonly queue: string;
  show: (route?: Partial<ExplorerRoute>) => Promise<void>;
  /** Adds so many messages, `message 0` first; gives their ids. */
  fill: (count: number) => Promise<string[]>;
  /** As `fill` of an empty queue, in one message to the sandbox's worker in place of one for each: for many, before `show`. */
  fillAtOnce: (count: number, textOf?: (index: number) => string) => Promise<string[]>;
  /** All of the queue as the sandbox has it, hidden ones too. */
  inQueue: () => Promise<readonly MessageSnapshot[]>;
};

/** What the keys mean: does it, or gives why not. */
export function press(key: string): string | undefined {
  const command = currentCommands().findLast(({ keys, enabled }) => enabled !== false && keys?.includes(key));
  if (!command) return `Nothing is bound to ${key}`;
  if (command.reason === undefined) command.run();
  return command.reason;
}

/** Opens the sandbox for the tests of a file, with an empty queue for each. */
export function sandboxScreen(stem: string): SandboxScreen {
  let session: SandboxSession;
  let number = 0;
  let queue: string;

  let endFocus: () => void;

  beforeAll(async () => {
    endFocus = restoreLostFocus();
    startEndingByTime();
    await page.viewport(1280, 800);
    await loadConnections();
    await addSandbox();
    session = await openSandbox();
    persistLeases();
  });
  afterAll(() => {
    endFocus();
    return forgetConnection(SANDBOX_ID);
  });
  beforeEach(async () => {
    resetPreferences();
    closeDialog();
    dropConnectionLeases(SANDBOX_ID);
    session.sandbox.setFaults(NO_FAULTS);
    if (session.clock.paused) session.clock.resume();
    queue = `${stem}-${++number}`;
    await session.account.createQueue(queue);
  });
  // Else the focus of a screen that goes comes to the rows of the next one.
  afterEach(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());

  return {
    get session() {
      return session;
    },
    get account() {
      return session.account;
    },
    get queue() {
      return queue;
    },
    async fill(count) {
      const ids: string[] = [];
      for (let index = 0; index < count; index++)
        ids.push((await session.account.sendMessage(queue, { text: `message ${index}` })).id);
      return ids;
    },
    async fillAtOnce(count, textOf = (index) => `message ${index}`) {
      const { head, queues } = await session.sandbox.snapshot();
      const now = session.clock.now();
      const messages = Array.from({ length: count }, (_, sequence) => ({
        id: crypto.randomUUID(),
        sequence,
        text: textOf(sequence),
        insertedAt: now,
        expiresAt: now + USUAL_TIME_TO_LIVE_SECONDS * 1000,
        visibleAt: now,
        dequeueCount: 0,
        receiptNumber: head.nextReceiptNumber + sequence,
      }));
      Object.assign(queues.find(({ name }) => name === queue) ?? {}, { nextSequence: count, messages });
      await session.sandbox.restore({
        head: { ...head, nextReceiptNumber: head.nextReceiptNumber + count },
        queues,
      });
      return messages.map(({ id }) => id);
    },
    inQueue: async () => (await session.sandbox.snapshot([queue])).queues.flatMap(({ messages }) => messages),
    async show(route = {}) {
      const client: QueryClient = new QueryClient({
        defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
        mutationCache: new MutationCache({
          onSuccess: (_data, _variables, _result, { options }) =>
            options.mutationKey && client.invalidateQueries({ queryKey: options.mutationKey }),
        }),
      });
      goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue, mode: 'peek', filter: '', ...route });
      await render(
        <QueryClientProvider client={client}>
          <OnTime>
            <Here />
          </OnTime>
          <Toasts />
          <Tooltips />
          <LiveRegions />
        </QueryClientProvider>,
      );
    },
  };
}

const OnTime = ({ children }: { children: ReactNode }) => (
  <NowProvider value={useClock(SANDBOX_ID)}>{children}</NowProvider>
);
function Here() {
  const route = useRoute();
  const dialog = useOpenDialog();
  return (
    <>
      <main className="flex h-150 flex-col">{route?.screen === 'explorer' && <MessagesScreen route={route} />}</main>
      <output aria-label="Dialog asked for" className="sr-only">
        {JSON.stringify(dialog)}
      </output>
    </>
  );
}
