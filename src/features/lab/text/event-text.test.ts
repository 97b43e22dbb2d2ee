import { expect, test } from 'vitest';
import { createEngine } from '@/lab/engine/engine';
import { applyEvent, emptyWorld } from '@/lab/film/world';
import { newRun } from '@/lab/run/run';
import { captionOf } from './event-text';

test('a delete that is refused says whether its receipt is void or the message is gone', async () => {
  const run = newRun({ rate: [0], workers: 0, vis: 10, work: 15 });
  const engine = await createEngine({
    ...run,
    inputs: [
      { at: 0, act: 'send' },
      { at: 1000, act: 'receive' },
      { at: 2000, act: 'extend' },
      { at: 3000, act: 'deleteOld' },
    ],
  });
  const details: string[] = [];
  const world = emptyWorld();
  for (const event of await engine.advance(4000)) {
    applyEvent(world, event);
    const caption = captionOf(event, world, () => '#1001');
    if (event.what === 'answered' && caption) {
      details.push(caption.detail);
      details.push(captionOf(event, emptyWorld(), () => '#1001')?.detail ?? '');
    }
  }
  expect(details).toEqual([
    '404 MessageNotFound. Its receipt is void: the message was received or updated since.',
    '404 MessageNotFound. The message is not there any more: someone deleted it, or it has expired.',
  ]);
});
