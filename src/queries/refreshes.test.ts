import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { clearExchanges, loggedExchanges, recordExchange } from '@/state/activity/request-log';
import { peekedMessages } from './messages';
import { queueList, queueProperties, refreshQueues } from './queues';

const ANSWERS: Record<string, string> = {
  list: '<EnumerationResults><Queues><Queue><Name>orders</Name></Queue></Queues><NextMarker/></EnumerationResults>',
};
const account = connect(
  {
    endpoint: 'https://harborlane.queue.core.windows.net',
    account: 'harborlane',
    credential: { kind: 'key', key: await importKey('a2V5') },
  },
  {
    observe: recordExchange('harborlane'),
    fetch: async (input) =>
      new Response(ANSWERS[new URL(new Request(input).url).searchParams.get('comp') ?? ''] ?? '<QueueMessagesList/>'),
  },
);
const sent = () =>
  loggedExchanges().map(({ operation, isRefresh = false, response }) => [operation, isRefresh, response?.status]);

afterEach(clearExchanges);

test('what is read again by itself is a refresh; the first read, and one after Refresh, is none', async () => {
  const client = new QueryClient();
  for (const options of [queueList(account), peekedMessages(account, 'orders', 32)] as ReturnType<typeof queueList>[]) {
    clearExchanges();
    await client.fetchQuery({ ...options, staleTime: 0 });
    await client.fetchQuery({ ...options, staleTime: 0 });
    await client.invalidateQueries({ queryKey: options.queryKey });
    await client.fetchQuery({ ...options, staleTime: 0 });
    expect(sent().map(([, isRefresh, status]) => [isRefresh, status])).toEqual([
      [false, 200],
      [true, 200],
      [false, 200],
    ]);
  }
});

test('a count is a refresh from the first one on, until somebody presses Refresh', async () => {
  const client = new QueryClient();
  const options = { ...queueProperties(account, 'orders'), staleTime: 0 };
  await client.fetchQuery(options);
  await refreshQueues(client, account);
  await client.fetchQuery(options);
  expect(sent()).toEqual([
    ['Get Queue Metadata', false, 200],
    ['Get Queue Metadata', true, 200],
  ]);
});
