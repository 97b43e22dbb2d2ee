/// <reference types="vite/client" />
import { QueryClient } from '@tanstack/react-query';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { beginExport, beginImport } from '@/features/jobs/begin/begin-files';
import { beginDelete, beginMove } from '@/features/jobs/begin/begin-message-jobs';
import { beginCopies } from '@/features/jobs/begin/begin-sending';
import { paceOptions, usualPace } from '@/features/jobs/shared/pace-options';
import { jobOptions, scopeOf } from '@/features/jobs/shared/scope';
import { queueTarget } from '@/queries/queue-target';
import { countQueues } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { addConnection, loadConnections } from '@/state/connections/connections';
import { recordsOf } from '@/state/messages/records';

export type NetworkRound = {
  endpoint: string;
  operation: 'add' | 'import' | 'delete' | 'move' | 'export' | 'count';
  /** Through the local server; from the page; and so with `no-store` everywhere, as before preflights were kept. */
  way: 'lane' | 'direct' | 'noStore';
  from: string;
  to: string;
  /** Queues where these are counted. */
  messages: number;
  text: string;
};

const plainFetch = globalThis.fetch.bind(globalThis);
const neverKept: typeof fetch = (input, init) => plainFetch(input, { ...init, cache: 'no-store' });

/** Ms of one job of the page, begun as its dialog begins it with what it proposes, the order not kept; or of the counts that a list is sorted by. */
export async function measureNetwork({
  endpoint,
  operation,
  way,
  from,
  to,
  messages,
  text,
}: NetworkRound): Promise<number> {
  if (way === 'noStore') globalThis.fetch = neverKept;
  await loadConnections();
  const { id } = await addConnection(
    {
      account: EMULATOR.account,
      endpoint,
      credential: { kind: 'key', key: await importKey(EMULATOR.key) },
      ...(way === 'lane' && { relay: true }),
    },
    'tab',
  );
  const account = accountFor(id);
  if (!account) throw new Error('There is no account');
  const client = new QueryClient();
  if (operation === 'count') {
    const names = Array.from({ length: messages }, (_, index) => `${from}-${index}`);
    const start = performance.now();
    await countQueues(client, account, names, new AbortController().signal);
    const taken = performance.now() - start;
    if (client.getQueryCache().getAll().length !== messages) throw new Error('Not all queues were counted');
    return taken;
  }
  const [source, target] = [queueTarget(account, from), queueTarget(account, to)];
  const pace = usualPace(id);
  const { approximateMessageCount: approximate } = await account.getQueueProperties(from);
  const scope = scopeOf(recordsOf(id, from), { queue: from }, { approximate, threshold: 5 });
  const form = jobOptions(scope, pace, 0, 'fast');
  const file = new File(
    Array.from({ length: messages }, (_, order) => `${JSON.stringify({ text: `${order} ${text}` })}\n`),
    'messages.jsonl',
  );

  const start = performance.now();
  const { job } = await begin();
  await job.finished;
  const taken = performance.now() - start;
  if (job.state !== 'done' || job.outcomes.length > 0) throw new Error(JSON.stringify(job.report()));
  return taken;

  function begin() {
    switch (operation as Exclude<typeof operation, 'count'>) {
      case 'add': {
        const copies = {
          text: `{{counter}} ${text}`,
          copies: messages,
          first: 0,
          isBase64: false,
          timeToLive: undefined,
        };
        return beginCopies(client, target, { ...copies, ...paceOptions(pace) });
      }
      case 'import':
        return beginImport(client, target, { file, rules: {}, check: undefined, isThere: true, ...paceOptions(pace) });
      case 'delete':
        return beginDelete(client, source, form);
      case 'move':
        return beginMove(client, { ...form, action: 'move', from: source, to: target, isThere: true });
      case 'export': {
        const destination = { stream: new WritableStream<Uint8Array<ArrayBuffer>>() };
        return beginExport(client, source, { scope, destination, limit: 0, order: 'fast', format: 'jsonl' });
      }
    }
  }
}
