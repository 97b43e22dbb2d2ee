import { describe, expect, test } from 'vitest';
import { bulkScene, numbered } from '../bulk.fixture';
import type { Judge } from '../leasing/leasing';
import { deleteMessage } from '../work/delete-message';
import { receive } from '../work/lease-actions';
import { moveMessage } from '../work/move-message';
import { startMessageJob } from './message-job';
import type { FirstFile } from './write-first';

type Line = { id: string; text: string };

/** A file in memory, with what is in it once it is closed; `refusesAt`: the chunk from which on the disk is full. */
function fileInMemory({ refusesAt = Infinity, onClosed }: { refusesAt?: number; onClosed?: () => void } = {}) {
  const chunks: string[] = [];
  const state: { lines: Line[] | undefined } = { lines: undefined };
  const decoder = new TextDecoder();
  const file: FirstFile = {
    format: 'jsonl',
    stream: new WritableStream({
      write(chunk) {
        if (chunks.length >= refusesAt) throw new Error('The disk is full.');
        chunks.push(decoder.decode(chunk));
      },
      close() {
        state.lines = chunks
          .join('')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Line);
      },
    }),
    ...(onClosed && { onClosed }),
  };
  return { file, state };
}

const judge: Judge = async (candidates) => ({
  wanted: new Set(candidates.filter(({ message }) => message.text === 'good').map(({ message }) => message.id)),
  untested: new Map(
    candidates.filter(({ message }) => message.text === 'bad').map(({ message }) => [message.id, 'it failed.']),
  ),
});

describe('export, then delete', () => {
  test('the file is finished and handed over before the first delete, and has all that is deleted', async () => {
    const { fill, textsIn, sandbox } = bulkScene();
    const from = await fill('orders', 70);
    await receive(from, { count: 10, visibilityTimeout: 600 });
    const deletedBefore: number[] = [];
    let deleted = 0;
    sandbox.subscribe(({ what }) => void (what === 'deleted' && deleted++));
    const { file, state } = fileInMemory({ onClosed: () => void deletedBefore.push(deleted) });
    const job = startMessageJob({ name: 'Delete', from, wanted: 'all', work: deleteMessage, file });
    await job.finished;
    expect(job.state).toBe('done');
    expect(deletedBefore).toEqual([0]);
    expect(deleted).toBe(70);
    expect(state.lines?.map(({ text }) => text).toSorted()).toEqual(numbered(70));
    expect(await textsIn('orders')).toEqual([]);
  });

  test('a file that cannot be written deletes nothing, and everything goes back', async () => {
    const { fill, sandbox, clock } = bulkScene();
    const from = await fill('orders', 40);
    const { file } = fileInMemory({ refusesAt: 0 });
    const job = startMessageJob({ name: 'Delete', from, wanted: 'all', work: deleteMessage, file });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The disk is full.' } });
    const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
    expect(messages).toHaveLength(40);
    expect(messages.filter(({ visibleAt }) => visibleAt > clock.now())).toEqual([]);
  });

  test('what was cancelled before the file was finished deletes nothing and hands nothing over', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', 40);
    let isHandedOver = false;
    const { file } = fileInMemory({ onClosed: () => void (isHandedOver = true) });
    const job = startMessageJob({ name: 'Delete', from, wanted: 'all', work: deleteMessage, file });
    job.cancel();
    await job.finished;
    expect(job.state).toBe('cancelled');
    expect(isHandedOver).toBe(false);
    expect(await textsIn('orders')).toHaveLength(40);
  });

  test('a message that is not in the file is kept and named', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', ['good', 'bad', 'other']);
    const { file, state } = fileInMemory();
    const job = startMessageJob({ name: 'Delete', from, wanted: judge, work: deleteMessage, file });
    await job.finished;
    expect(state.lines?.map(({ text }) => text)).toEqual(['good']);
    expect(job.counts).toMatchObject({ done: 1, failed: 1 });
    expect(await textsIn('orders')).toEqual(['bad', 'other']);
  });

  test('a second try of what failed deletes what is in the file, and writes none again', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', 5);
    let isRefused = true;
    const { file, state } = fileInMemory();
    const job = startMessageJob({
      name: 'Delete',
      from,
      wanted: 'all',
      work: async (handle) =>
        isRefused ? { item: handle, kind: 'failed', reason: 'Refused.' } : deleteMessage(handle),
      file,
    });
    await job.finished;
    expect(job.counts.failed).toBe(5);
    isRefused = false;
    await job.retryFailed()?.finished;
    expect(state.lines).toHaveLength(5);
    expect(await textsIn('orders')).toEqual([]);
  });
});

test('export, then move: the file has the texts as they were, and the copies are exact', async () => {
  const { fill, textsIn } = bulkScene();
  const texts = ['<a>&amp;</a>', ' \r\n', 'é😀'];
  const [from, to] = [await fill('orders-poison', texts), await fill('orders', 0)];
  const { file, state } = fileInMemory();
  await startMessageJob({
    name: 'Move',
    from,
    wanted: 'all',
    work: moveMessage(to, (text) => ({ text: `${text}!` })),
    file,
  }).finished;
  expect(state.lines?.map(({ text }) => text)).toEqual(texts);
  expect(await textsIn('orders')).toEqual(texts.map((text) => `${text}!`).toSorted());
});
