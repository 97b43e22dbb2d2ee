import { BRIEF } from '@/azure/bodies/budget';
import { decodeBody } from '@/azure/bodies/decode-body';
import { errorMessage } from '@/azure/protocol/errors';
import { createMessageIndex } from './message-index';
import type { FromWorker, ToWorker } from './protocol';
import { createQueryRunner } from './run-query';

const messageIndex = createMessageIndex();
const runner = createQueryRunner(messageIndex);
let newest = 0;

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
      for (const message of messageIndex.entries) if (message) runner.forget(message.slot);
      return messageIndex.decodeBy(data.steps);
    case 'decode':
      void decode(data);
      return;
    case 'run':
      newest = data.run;
      void runQuery(data);
  }
});

async function decode({ text, steps, limits }: ToWorker & { kind: 'decode' }) {
  post({ kind: 'decoding' });
  const body = await decodeBody(text, { steps, limits });
  // A row shows the last stage alone.
  const stages = limits.bytes > BRIEF.bytes ? body.stages : body.stages.slice(-1);
  post({ kind: 'decoded', body: { ...body, stages } });
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
