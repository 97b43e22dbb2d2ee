import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { NO_FAULTS } from '@/sandbox/faults';
import { AZURE_RECEIPTS } from '@/sandbox/receipt';
import { around, type BulkScene, bulkScene } from '../bulk.fixture';
import { LostAnswer } from '../requests/certainty';
import type { Place } from '../requests/place';
import { extend, receive, saveText, secondsToKeep, Taken } from '../work/lease-actions';
import { OtherText } from './lease-handle';

/** A message that a person has leased for 30 s. */
async function leased(scene: BulkScene = bulkScene()) {
  const place = await scene.fill('orders', ['one']);
  const [message] = await receive(place, { count: 1, visibilityTimeout: 30 });
  if (!message) throw new Error('Nothing was received');
  return { ...scene, place, id: message.id, receipt: message.receipt };
}

/** Another consumer receives the message, whose lease has run out, and gives it another text. */
async function changedByAnother({ account }: Pick<BulkScene, 'account'>, { queue }: Place) {
  const [message] = await account.receiveMessages(queue, { visibilityTimeout: 5 });
  if (!message) throw new Error('Nothing was received');
  await account.updateMessage(queue, message, { visibilityTimeout: 0, text: 'theirs' });
}

describe('saving a text', () => {
  test('keeps the end of the lease, and asks for the seconds that it said', async () => {
    const { place, id, clock } = await leased();
    clock.advance(12_000);
    expect(secondsToKeep(place, id)).toBe(18);
    const endsAt = place.records.get(id)?.lease?.endsAt;
    await saveText(place, { id, text: 'two', replaces: 'one' });
    expect(place.records.get(id)?.lease?.endsAt).toBe(endsAt);
    expect(place.records.get(id)?.message?.text).toBe('two');
  });

  test('uses the receipt that an extension gave since then', async () => {
    const { place, id, textsIn } = await leased();
    await extend(place, [id], 60);
    await saveText(place, { id, text: 'two', replaces: 'one' });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('waits for an extension that is under way, and uses the receipt that it gives', async () => {
    const { place, id, textsIn } = await leased();
    await Promise.all([extend(place, [id], 60), saveText(place, { id, text: 'two', replaces: 'one' })]);
    expect(await textsIn('orders')).toEqual(['two']);
    expect(place.records.get(id)?.lease?.state).toBe('held');
  });

  test('sends nothing while a job has the message', async () => {
    const { place, id, textsIn } = await leased();
    const claim: Claim = { kind: 'job', name: 'Move' };
    place.records.claim([id], claim);
    const saving = saveText(place, { id, text: 'two', replaces: 'one' });
    await expect(saving).rejects.toThrow(Taken);
    await expect(saving).rejects.toThrow('Move has this message.');
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('sends nothing when a job takes the message while it waits for its turn', async () => {
    const { place, id, textsIn } = await leased();
    let open: (() => void) | undefined;
    void place.records.inTurn(id, () => new Promise<void>((resolve) => (open = resolve)));
    const saving = saveText(place, { id, text: 'two', replaces: 'one' });
    place.records.claim([id], { kind: 'job', name: 'Move' });
    open?.();
    await expect(saving).rejects.toThrow(Taken);
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('never replaces a text that nobody has seen, although the message is ours again', async () => {
    const scene = await leased();
    const { place, id, clock, textsIn } = scene;
    clock.advance(31_000);
    await changedByAnother(scene, place);
    await receive(place, { count: 1, visibilityTimeout: 30 });
    await expect(saveText(place, { id, text: 'two', replaces: 'one' })).rejects.toThrow(OtherText);
    expect(await textsIn('orders')).toEqual(['theirs']);
    await saveText(place, { id, text: 'two', replaces: 'theirs' });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('never replaces it either when the message is received again while the first receipt is refused', async () => {
    const scene = await leased();
    const { place, id, clock, textsIn } = scene;
    clock.advance(31_000);
    await changedByAnother(scene, place);
    // The request to save has the receipt that this receive voids.
    let requests = 0;
    const late = around(place, 'updateMessage', {
      before: () => ++requests === 1 && receive(place, { count: 1, visibilityTimeout: 30 }),
    });
    await expect(saveText(late, { id, text: 'two', replaces: 'one' })).rejects.toThrow(OtherText);
    expect(requests).toBe(1);
    expect(await textsIn('orders')).toEqual(['theirs']);
  });

  test.each([
    ['Azure', AZURE_RECEIPTS],
    ['the emulator', { ...AZURE_RECEIPTS, void: 'PopReceiptMismatch' as const }],
  ])('whose answer is lost is most likely done, by the answers of %s', async (_, receipts) => {
    const { sandbox, place, id, textsIn } = await leased(bulkScene(1, receipts));
    let lost = 0;
    const { account } = place;
    const losing: Place = {
      ...place,
      account: {
        ...account,
        async updateMessage(...call) {
          sandbox.setFaults(lost++ === 0 ? { ...NO_FAULTS, lostAfter: 1 } : NO_FAULTS);
          return account.updateMessage(...call);
        },
      },
    };
    await expect(saveText(losing, { id, text: 'two', replaces: 'one' })).rejects.toThrow(LostAnswer);
    expect(place.records.get(id)).toMatchObject({
      maybeText: 'two',
      lease: { state: 'unknown', because: 'lostAnswer' },
    });
    expect(await textsIn('orders')).toEqual(['two']);
  });
});
