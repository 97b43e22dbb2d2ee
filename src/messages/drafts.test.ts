import { describe, expect, test } from 'vitest';
import { NO_FAULTS } from '@/sandbox/faults';
import { openSandbox } from '@/sandbox/open-sandbox.fixture';
import { createDrafts, type EditDraft } from './drafts';
import type { Claim } from './record';
import { recordedAccount } from './recorded-account';
import { createRecords } from './records';

const QUEUE = 'orders';

/** A message that this tab has leased, and the draft of an edit of it. */
async function drafted() {
  const { account: consumer, clock, sandbox } = openSandbox({ delay: async () => {} });
  const records = createRecords();
  const tab = recordedAccount(consumer, records, clock.now);
  const ref = { connectionId: consumer.id, queue: QUEUE };
  let told = 0;
  const drafts = createDrafts(records, () => told++);
  await consumer.createQueue(QUEUE);
  await consumer.sendMessage(QUEUE, { text: 'one' });
  const receive = async (account: typeof consumer, visibilityTimeout = 30) => {
    const [message] = await account.receiveMessages(QUEUE, { visibilityTimeout });
    if (!message) throw new Error('Nothing was received');
    return message;
  };
  const leased = await receive(tab);
  const messageRef = { ...ref, id: leased.id };
  const draft: EditDraft = { base: 'one', text: 'mine', layers: [] };
  drafts.keep(messageRef, draft);
  return {
    sandbox,
    consumer,
    tab,
    records,
    drafts,
    leased,
    messageRef,
    draft,
    receive,
    queue: records.of(ref),
    told: () => told,
    pass: (seconds: number) => clock.advance(seconds * 1000),
  };
}

describe('who changed the text under a draft', () => {
  test('is nobody while only the lease changes', async () => {
    const { drafts, messageRef, tab, leased } = await drafted();
    await tab.updateMessage(QUEUE, leased, { visibilityTimeout: 60 });
    expect(drafts.find(messageRef)?.by).toBeUndefined();
  });

  test('is another consumer, when a later receive shows it', async () => {
    const { drafts, messageRef, consumer, tab, receive, pass } = await drafted();
    pass(31);
    await consumer.updateMessage(QUEUE, await receive(consumer), { visibilityTimeout: 0, text: 'theirs' });
    await receive(tab);
    expect(drafts.find(messageRef)).toMatchObject({ base: 'one', text: 'mine', by: { who: 'consumer' } });
  });

  test('is a job of this tab, by its name', async () => {
    const { drafts, messageRef, queue, tab, leased } = await drafted();
    const claim: Claim = { kind: 'job', name: 'Change text' };
    queue.claim([leased.id], claim);
    await tab.updateMessage(QUEUE, leased, { visibilityTimeout: 30, text: 'changed' });
    queue.unclaim([leased.id], claim);
    expect(drafts.find(messageRef)?.by).toEqual({ who: 'us', work: 'Change text' });
  });

  test('is another tab of this browser, when that tab reported it', async () => {
    const { drafts, messageRef, queue, leased } = await drafted();
    const evidence = queue.answeredNow(queue.tick(), 0, undefined);
    const news = { what: 'released', text: 'from the other tab' } as const;
    queue.applyTo(leased.id, { kind: 'elsewhere', news, evidence }, 'elsewhere');
    expect(drafts.find(messageRef)?.by).toEqual({ who: 'otherTab' });
  });

  test('is this tab, when a later answer shows what a change without an answer did', async () => {
    const { sandbox, drafts, messageRef, tab, leased, receive, pass } = await drafted();
    sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    await expect(tab.updateMessage(QUEUE, leased, { visibilityTimeout: 30, text: 'ours' })).rejects.toThrow();
    sandbox.setFaults(NO_FAULTS);
    pass(31);
    await receive(tab);
    expect(drafts.find(messageRef)?.by).toMatchObject({ who: 'us' });
  });
});

describe('a draft', () => {
  test('keeps the record of its message from being swept, deleted or not', async () => {
    const { queue, tab, leased, drafts, messageRef } = await drafted();
    await tab.deleteMessage(QUEUE, leased);
    const evidence = queue.answeredNow(queue.tick(), 0, undefined);
    const seen = Array.from({ length: 2000 }, (_, index) => ({ ...leased, id: `other ${index}` }));
    queue.apply(seen.map((message) => [message.id, { kind: 'peeked', message, evidence }] as const));
    expect(queue.get('other 0')).toBeUndefined();
    expect(queue.get(leased.id)?.standing.is).toBe('deleted');
    expect(drafts.of(messageRef)).toHaveLength(1);
  });

  test('outlives the loss of its lease, its release and another lease', async () => {
    const { tab, consumer, leased, drafts, messageRef, receive, pass } = await drafted();
    await tab.updateMessage(QUEUE, leased, { visibilityTimeout: 0 });
    expect(drafts.find(messageRef)?.text).toBe('mine');
    await receive(tab, 5);
    pass(6);
    await receive(consumer, 5);
    pass(6);
    await receive(tab);
    expect(drafts.find(messageRef)).toMatchObject({ base: 'one', text: 'mine', by: undefined });
  });

  test('ends when it is dropped, and notifies its listeners', async () => {
    const { drafts, messageRef, told } = await drafted();
    const before = told();
    drafts.drop(messageRef);
    drafts.drop(messageRef);
    expect(told()).toBe(before + 1);
    expect(drafts.hasAny()).toBe(false);
    expect(drafts.of(messageRef)).toEqual([]);
  });

  test('ends with everything of its connection', async () => {
    const { drafts, messageRef, records } = await drafted();
    records.close(messageRef.connectionId);
    expect(drafts.hasAny()).toBe(false);
  });

  test('is kept for its own queue alone', async () => {
    const { drafts, messageRef, draft } = await drafted();
    drafts.keep({ ...messageRef, queue: 'other' }, { ...draft, text: 'another' });
    expect(drafts.of(messageRef).map(({ text }) => text)).toEqual(['mine']);
    drafts.drop(messageRef);
    expect(drafts.find({ ...messageRef, queue: 'other' })?.text).toBe('another');
  });

  test('drops the user’s choice only on request, and never who changed the text', async () => {
    const { drafts, messageRef, draft, queue, leased } = await drafted();
    const evidence = queue.answeredNow(queue.tick(), 0, undefined);
    queue.applyTo(leased.id, { kind: 'elsewhere', news: { what: 'released', text: 'b' }, evidence }, 'elsewhere');
    drafts.keep(messageRef, { ...draft, over: 'b', text: 'mine, again' });
    expect(drafts.find(messageRef)).toMatchObject({ over: 'b', by: { who: 'otherTab' } });
    drafts.keep(messageRef, { ...draft, text: 'mine, again' });
    expect(drafts.find(messageRef)?.over).toBeUndefined();
  });
});
