import { errorMessage } from '@/azure/protocol/errors';
import { createMessageIndex } from './message-index';
import type { FromWorker, ToWorker } from './protocol';
import { createQueryRunner } from './run-query';
import type { Task } from './task';
import { runTask } from './tasks';

const messageIndex = createMessageIndex();
const runner = createQueryRunner(messageIndex);
let newest = 0;
let dropping = new AbortController();

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'put':
      for (const entry of data.entries) {
        messageIndex.put(entry);
        runner.forget(entry.slot);
      }
      return;
    case 'remove':
      for (const slot of data.slots) {
        messageIndex.remove(slot);
        runner.forget(slot);
      }
      return;
    case 'steps':
      for (const slot of messageIndex.decodeBy(data.reading)) runner.forget(slot);
      return;
    case 'task':
      dropping = new AbortController();
      void doTask(data.task, dropping.signal);
      return;
    case 'drop':
      return dropping.abort();
    case 'run':
      newest = data.run;
      void runQuery(data);
  }
});

async function doTask(task: Task, signal: AbortSignal) {
  post({ kind: 'working' });
  try {
    const result = await runTask(task, signal);
    post({ kind: 'done', result }, result instanceof Uint8Array ? [result.buffer] : []);
  } catch (error) {
    post(signal.aborted ? { kind: 'dropped' } : { kind: 'broken', message: errorMessage(error) });
  }
}

async function runQuery({ run, query, now }: ToWorker & { kind: 'run' }) {
  try {
    const found = await runner.run(
      query,
      now,
      () => run === newest,
      (progress) => post({ kind: 'progress', run, ...progress }),
    );
    if (found) post({ kind: 'found', run, ...found }, [found.slots.buffer]);
  } catch (error) {
    post({ kind: 'failed', run, message: errorMessage(error) });
  }
}
