import type { FromWorker, ToWorker } from './protocol';
import { createAsker } from './run-query';
import { createShelf } from './shelf';

const shelf = createShelf();
const asker = createAsker(shelf);
let newest = 0;

const tell = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'put':
      for (const entry of data.entries) {
        shelf.put(entry);
        asker.forget(entry.slot);
      }
      return;
    case 'remove':
      for (const slot of data.slots) {
        shelf.remove(slot);
        asker.forget(slot);
      }
      return;
    case 'steps':
      for (const message of shelf.kept) if (message) asker.forget(message.slot);
      return shelf.decodeBy(data.steps);
    case 'run':
      newest = data.run;
      void answer(data);
  }
});

async function answer({ run, query, now }: ToWorker & { kind: 'run' }) {
  try {
    const found = await asker.run(
      query,
      now,
      () => run === newest,
      (progress) => tell({ kind: 'progress', run, ...progress }),
    );
    if (found) tell({ kind: 'found', run, ...found }, [found.slots.buffer]);
  } catch (error) {
    tell({ kind: 'failed', run, message: error instanceof Error ? error.message : String(error) });
  }
}
