import { describe, expect, test } from 'vitest';
import { around, type BulkScene, bulkScene, failing } from '../bulk.fixture';
import { startMessageJob } from '../jobs/message-job';
import type { QueueTarget } from '../requests/queue-target';
import { NO_ANSWER, NOT_ALLOWED } from './leased.fixture';
import { moveMessage } from './move-message';
import type { TextChange } from './new-text';
import { type MovedMessage, undoMove } from './undo-move';

type Scene = BulkScene & { from: QueueTarget; to: QueueTarget };

/** Two queues, after the messages of the first were moved to the second. */
async function moved(
  texts: readonly string[] = ['a', 'b'],
  change?: TextChange,
): Promise<Scene & { items: MovedMessage[] }> {
  const scene = bulkScene();
  const from = await scene.fill('orders', texts);
  const to = await scene.fill('other', 0);
  const items: MovedMessage[] = [];
  const job = startMessageJob({
    from,
    name: 'Move',
    work: moveMessage(to, change),
    wanted: 'all',
    concurrency: 1,
    onOutcome: ({ item, copied, value }) => copied && value && items.push({ id: item.id, ...copied, copy: value }),
  });
  await job.finished;
  expect(items).toHaveLength(texts.length);
  return { ...scene, from, to, items };
}

const undoAll = async (scene: Scene & { items: MovedMessage[] }, { from, to }: Pick<Scene, 'from' | 'to'> = scene) => {
  const outcomes: Awaited<ReturnType<ReturnType<typeof undoMove>>>[] = [];
  for (const item of scene.items) outcomes.push(await undoMove({ from, to })(item));
  return outcomes;
};
const found = async ({ textsIn }: Scene) => [await textsIn('orders'), await textsIn('other')];

const upperA: TextChange = (text) => ({ text: text === 'a' ? 'A' : text });

describe('the undo of a move', () => {
  test('adds the texts to their queue again and deletes the copies', async () => {
    const scene = await moved();
    expect(await undoAll(scene)).toMatchObject([{ kind: 'done' }, { kind: 'done' }]);
    expect(await found(scene)).toEqual([['a', 'b'], []]);
  });

  test('leaves a copy that a consumer has received, and takes back what it added', async () => {
    const scene = await moved(['a']);
    await scene.account.receiveMessages('other', { visibilityTimeout: 600 });
    expect(await undoAll(scene)).toMatchObject([
      { kind: 'failed', reason: expect.stringContaining('a consumer of other has received the copy') },
    ]);
    expect(await found(scene)).toEqual([[], ['a']]);
  });

  test('deletes a copy that this tab has received by the lease on it', async () => {
    const scene = await moved(['a']);
    await scene.to.account.receiveMessages('other', { count: 1, visibilityTimeout: 60 });
    expect(await undoAll(scene)).toMatchObject([{ kind: 'done' }]);
    expect(await found(scene)).toEqual([['a'], []]);
  });

  test('brings back the old text of a message that was changed on its way, also where the copy is loaded', async () => {
    for (const isLoaded of [false, true]) {
      const scene = await moved(['a', 'b'], upperA);
      expect(await scene.textsIn('other')).toEqual(['A', 'b']);
      if (isLoaded) await scene.to.account.peekMessages('other', { count: 32 });
      expect(await undoAll(scene)).toMatchObject([{ kind: 'done' }, { kind: 'done' }]);
      expect(await found(scene)).toEqual([['a', 'b'], []]);
    }
  });

  test('that is retried moves back what was refused, and adds nothing that may be there again', async () => {
    const scene = await moved(['a']);
    const [item] = scene.items;
    if (!item) throw new Error('nothing moved');
    const refused = await undoMove({ from: failing(scene.from, 'sendMessage', NOT_ALLOWED), to: scene.to })(item);
    expect(await undoMove(scene)(item, refused)).toMatchObject({ kind: 'done' });
    expect(await found(scene)).toEqual([['a'], []]);

    const other = await moved(['a']);
    const [second] = other.items;
    if (!second) throw new Error('nothing moved');
    const lost = await undoMove({ from: other.from, to: failing(other.to, 'deleteMessage', NO_ANSWER) })(second);
    expect(lost).toMatchObject({ kind: 'maybeTwice' });
    expect(await undoMove(other)(second, lost)).toBe(lost);
    expect(await found(other)).toEqual([['a'], ['a']]);
  });

  test('sends nothing for a copy whose text was changed here', async () => {
    const scene = await moved(['a']);
    const [message] = await scene.to.account.receiveMessages('other', { count: 1, visibilityTimeout: 60 });
    if (!message) throw new Error('nothing received');
    await scene.to.account.updateMessage('other', message, { visibilityTimeout: 60, text: 'changed' });
    expect(await undoAll(scene)).toMatchObject([
      { kind: 'failed', reason: expect.stringContaining('was changed since') },
    ]);
    expect(await found(scene)).toEqual([[], ['changed']]);
  });

  test('that may not add, or whose add gets no answer, leaves the copy where it is', async () => {
    for (const [error, kind] of [
      [NOT_ALLOWED, 'failed'],
      [NO_ANSWER, 'maybeTwice'],
    ] as const) {
      const scene = await moved(['a']);
      const from = failing(scene.from, 'sendMessage', error);
      expect(await undoAll(scene, { from, to: scene.to })).toMatchObject([{ kind }]);
      expect((await found(scene))[1]).toEqual(['a']);
    }
  });

  test('whose copy may not be deleted takes back what it added, or says that there are two', async () => {
    const scene = await moved(['a']);
    const to = failing(scene.to, 'deleteMessage', NOT_ALLOWED);
    expect(await undoAll(scene, { from: scene.from, to })).toMatchObject([{ kind: 'failed' }]);
    expect(await found(scene)).toEqual([[], ['a']]);

    const other = await moved(['a']);
    const from = around(other.from, 'sendMessage', {
      after: () => other.account.receiveMessages('orders', { visibilityTimeout: 600 }),
    });
    const denied = failing(other.to, 'deleteMessage', NOT_ALLOWED);
    expect(await undoAll(other, { from, to: denied })).toMatchObject([{ kind: 'inBoth' }]);
    expect(await found(other)).toEqual([['a'], ['a']]);
  });

  test('leaves no message nowhere, whichever request fails and however', async () => {
    for (const end of ['from', 'to'] as const)
      for (const operation of ['sendMessage', 'deleteMessage'] as const)
        for (const error of [NO_ANSWER, NOT_ALLOWED]) {
          const scene = await moved(['a']);
          const ends = { from: scene.from, to: scene.to, [end]: failing(scene[end], operation, error) };
          await undoAll(scene, ends);
          expect((await found(scene)).flat()).toContain('a');
        }
  });
});
