import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { NO_FAULTS } from '@/sandbox/faults';
import { AZURE_RECEIPTS } from '@/sandbox/receipt';
import { around, type BulkScene, bulkScene } from '../bulk.fixture';
import { LostAnswer } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { extend, receive, saveText, secondsToKeep, Taken } from '../work/lease-actions';
import { OtherText } from './lease-handle';

/** A message that a person has leased for 30 s. */
async function leased(scene: BulkScene = bulkScene()) {
  const target = await scene.fill('orders', ['one']);
  const [message] = await receive(target, { count: 1, visibilityTimeout: 30 });
  if (!message) throw new Error('Nothing was received');
  return { ...scene, target, id: message.id, receipt: message.receipt };
}

/** Another consumer receives the message, whose lease has run out, and gives it another text. */
async function changedByAnother({ account }: Pick<BulkScene, 'account'>, { queue }: QueueTarget) {
  const [message] = await account.receiveMessages(queue, { visibilityTimeout: 5 });
  if (!message) throw new Error('Nothing was received');
  await account.updateMessage(queue, message, { visibilityTimeout: 0, text: 'theirs' });
}

describe('saving a text', () => {
  test('saving does not move the end of the lease, and asks for the announced seconds', async () => {
    const { target, id, clock } = await leased();
    clock.advance(12_000);
    expect(secondsToKeep(target, id)).toBe(18);
    const endsAt = target.records.get(id)?.lease?.endsAt;
    await saveText(target, { id, text: 'two', replaces: 'one' });
    expect(target.records.get(id)?.lease?.endsAt).toBe(endsAt);
    expect(target.records.get(id)?.message?.text).toBe('two');
  });

  test('uses the receipt that an extension gave since then', async () => {
    const { target, id, textsIn } = await leased();
    await extend(target, [id], 60);
    await saveText(target, { id, text: 'two', replaces: 'one' });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('saving waits for a pending extension and uses its receipt', async () => {
    const { target, id, textsIn } = await leased();
    await Promise.all([extend(target, [id], 60), saveText(target, { id, text: 'two', replaces: 'one' })]);
    expect(await textsIn('orders')).toEqual(['two']);
    expect(target.records.get(id)?.lease?.state).toBe('held');
  });

  test('saving sends nothing while a job has the message', async () => {
    const { target, id, textsIn } = await leased();
    const claim: Claim = { kind: 'job', name: 'Move' };
    target.records.claim([id], claim);
    const saving = saveText(target, { id, text: 'two', replaces: 'one' });
    await expect(saving).rejects.toThrow(Taken);
    await expect(saving).rejects.toThrow('Move has this message.');
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('saving sends nothing when a job claims the message while it waits', async () => {
    const { target, id, textsIn } = await leased();
    let open: (() => void) | undefined;
    void target.records.inTurn(id, () => new Promise<void>((resolve) => (open = resolve)));
    const saving = saveText(target, { id, text: 'two', replaces: 'one' });
    target.records.claim([id], { kind: 'job', name: 'Move' });
    open?.();
    await expect(saving).rejects.toThrow(Taken);
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('saving never replaces a text that was not seen, although the message is leased here again', async () => {
    const scene = await leased();
    const { target, id, clock, textsIn } = scene;
    clock.advance(31_000);
    await changedByAnother(scene, target);
    await receive(target, { count: 1, visibilityTimeout: 30 });
    await expect(saveText(target, { id, text: 'two', replaces: 'one' })).rejects.toThrow(OtherText);
    expect(await textsIn('orders')).toEqual(['theirs']);
    await saveText(target, { id, text: 'two', replaces: 'theirs' });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('saving never replaces an unseen text when the message is received again while the first receipt is refused', async () => {
    const scene = await leased();
    const { target, id, clock, textsIn } = scene;
    clock.advance(31_000);
    await changedByAnother(scene, target);
    // The request to save has the receipt that this receive voids.
    let requests = 0;
    const late = around(target, 'updateMessage', {
      before: () => ++requests === 1 && receive(target, { count: 1, visibilityTimeout: 30 }),
    });
    await expect(saveText(late, { id, text: 'two', replaces: 'one' })).rejects.toThrow(OtherText);
    expect(requests).toBe(1);
    expect(await textsIn('orders')).toEqual(['theirs']);
  });

  test.each([
    ['Azure', AZURE_RECEIPTS],
    ['the emulator', { ...AZURE_RECEIPTS, void: 'PopReceiptMismatch' as const }],
  ])('whose answer is lost is most likely done, by the answers of %s', async (_, receipts) => {
    const { sandbox, target, id, textsIn } = await leased(bulkScene(1, receipts));
    let lost = 0;
    const { account } = target;
    const losing: QueueTarget = {
      ...target,
      account: {
        ...account,
        async updateMessage(...call) {
          sandbox.setFaults(lost++ === 0 ? { ...NO_FAULTS, lostAfter: 1 } : NO_FAULTS);
          return account.updateMessage(...call);
        },
      },
    };
    await expect(saveText(losing, { id, text: 'two', replaces: 'one' })).rejects.toThrow(LostAnswer);
    expect(target.records.get(id)).toMatchObject({
      maybeText: 'two',
      lease: { state: 'unknown', because: 'lostAnswer' },
    });
    expect(await textsIn('orders')).toEqual(['two']);
  });
});
