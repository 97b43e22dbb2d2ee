import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { importKey } from '@/azure/credentials/shared-key';
import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { relayOffer } from '@/queries/relay-offer';
import { accountFor } from '@/queries/use-account';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { createSandbox } from '@/sandbox/service';
import { clearExchanges, loggedExchanges, recordExchange } from '@/state/activity/request-log';
import { addConnection, forgetConnection, loadConnections } from '@/state/connections/connections';
import { dropConnectionLeases } from '@/state/leases/leases';
import type { JobDialog } from '@/state/navigation/open-dialog';
import JobDialogs from './job-dialogs';

const ENDPOINT = 'https://distant.queue.invalid';
const QUEUE = 'orders-poison';
/** A queue of which nothing is leased. */
const WHOLE = 'parcels';
/** More requests than are over soon, at a round trip that makes six at a time slow. */
const MESSAGES = 320;
const ROUND_TRIP_MS = 200;
/** More than the requests of a dialog, so that they are the usual ones. */
const MEASURED = 60;

let connectionId: string;
const ids: string[] = [];
/** What the server of the page says of a relay. */
let allowed = true;

beforeAll(async () => {
  await page.viewport(1280, 900);
  const sandbox = createSandbox({ account: { ...SANDBOX, name: SANDBOX.account, endpoint: ENDPOINT } });
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const { pathname } = new URL(new Request(input, init).url);
    return pathname === '/relay.json' ? Promise.resolve(Response.json({ allowed })) : sandbox.fetch(input, init);
  });
  await loadConnections();
  const credential = { kind: 'key' as const, key: await importKey(SANDBOX.key) };
  const { id } = await addConnection({ account: SANDBOX.account, endpoint: ENDPOINT, credential }, 'tab');
  connectionId = id;
  const account = accountFor(connectionId);
  await account?.createQueue('orders');
  for (const queue of [QUEUE, WHOLE]) {
    await account?.createQueue(queue);
    for (let n = 0; n < MESSAGES; n++) await account?.sendMessage(queue, { text: `${n}` });
  }
  while (ids.length < MESSAGES) {
    const leased = await account?.receiveMessages(QUEUE, { count: 32, visibilityTimeout: 3000 });
    ids.push(...(leased ?? []).map((message) => message.id));
  }
  const answered = loggedExchanges().find(({ response }) => response);
  clearExchanges();
  if (answered)
    for (let n = 0; n < MEASURED; n++)
      recordExchange(connectionId)({ ...answered, id: `measured-${n}`, duration: ROUND_TRIP_MS });
});
afterAll(async () => {
  dropConnectionLeases(connectionId);
  await forgetConnection(connectionId);
  clearExchanges();
  vi.restoreAllMocks();
});

let client: QueryClient;
function show(open: JobDialog) {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <JobDialogs open={open} onClose={() => {}} />
    </QueryClientProvider>,
  );
}

const file = () => new File([Array.from({ length: MESSAGES }, (_, n) => `{"text":"${n}"}\n`).join('')], 'all.jsonl');
const of = () => ({ connectionId, queue: QUEUE, ids });
const offer = () => page.getByRole('region', { name: 'Local server' });

/** What goes one by one as long as its order is kept gains nothing. */
const withoutOrder = () => page.getByRole('switch', { name: 'Keep the order' }).click();
const severalAtATime = () => page.getByRole('spinbutton', { name: 'Parallel requests' }).fill('8');

type Shown = { open: () => JobDialog; first?: () => Promise<void> };
const DIALOGS: Record<string, Shown> = {
  move: { open: () => ({ kind: 'moveMessages', action: 'move', ...of() }), first: withoutOrder },
  copy: { open: () => ({ kind: 'moveMessages', action: 'copy', ...of() }), first: withoutOrder },
  redrive: { open: () => ({ kind: 'moveMessages', action: 'redrive', ...of() }), first: withoutOrder },
  requeue: { open: () => ({ kind: 'moveMessages', action: 'requeue', ...of() }), first: withoutOrder },
  steps: { open: () => ({ kind: 'workOnMessages', ...of() }), first: withoutOrder },
  delete: { open: () => ({ kind: 'deleteMessages', ...of() }) },
  export: { open: () => ({ kind: 'exportMessages', connectionId, queue: WHOLE }), first: withoutOrder },
  'change text': { open: () => ({ kind: 'changeText', ...of() }) },
  visibility: { open: () => ({ kind: 'setVisibility', ...of() }) },
  'send copies of many': { open: () => ({ kind: 'sendCopies', ...of() }) },
  import: { open: () => ({ kind: 'importMessages', connectionId, queue: QUEUE, file: file() }), first: severalAtATime },
};

test.each(Object.entries(DIALOGS))(
  '%s offers the way through the local server, with how much it gains',
  async (_, { open, first }) => {
    allowed = true;
    await show(open());
    await first?.();
    await expect
      .element(offer())
      .toHaveTextContent(new RegExp(`about \\d+ times as fast, since requests go ${LANE_REQUESTS} at a time`));
  },
);

test('copies of one text offer it once there are many', async () => {
  await show({ kind: 'sendCopies', connectionId, queue: QUEUE, text: 'one' });
  await expect.element(page.getByRole('spinbutton', { name: 'Copies' })).toBeVisible();
  await expect.element(offer()).not.toBeInTheDocument();
  await page.getByRole('spinbutton', { name: 'Copies' }).fill(`${MESSAGES}`);
  await expect.element(offer()).toBeVisible();
});

test('a server without a relay, as one that is started with --no-relay, makes no offer', async () => {
  allowed = false;
  await show({ kind: 'deleteMessages', ...of() });
  await expect.poll(() => client.getQueryData(relayOffer(ENDPOINT).queryKey)).toEqual({ allowed: false });
  await expect.element(page.getByRole('button', { name: /^Delete/ })).toBeVisible();
  expect(offer().query()).toBeNull();
});
