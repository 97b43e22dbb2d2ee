import { describe, expect, test } from 'vitest';
import type { Fact, News } from './fact';
import {
  answer,
  asked,
  cleared,
  DELETE,
  deleted,
  ID,
  JOB,
  leaseOf,
  peeked,
  REF,
  received,
  refused,
  told,
  unanswered,
  update,
  updated,
} from './facts.fixture';
import type { QueueRecords } from './queue-records';
import { createRecords, type Records } from './records';
import { hearNews, type TabNews, tabNews } from './tab-news';

const leased = received('a', 'r1', answer(1, 2));

/** What is told of the last of these facts. */
function newsOf(...facts: Fact[]): readonly News[] {
  const records = createRecords();
  const queue = records.of(REF);
  let last: TabNews | undefined;
  queue.subscribe((changes) => (last = tabNews(queue, changes)));
  for (const fact of facts) {
    last = undefined;
    queue.applyTo(ID, fact);
  }
  return last?.news.map(([, news]) => news) ?? [];
}

describe('a tab tells the others', () => {
  test.each<[string, Fact[], News[]]>([
    ['what it leased', [leased], [{ what: 'leased', endsAt: 32_000, total: 30, dequeueCount: 1 }]],
    [
      'what a job of it leased',
      [received('a', 'r1', answer(1, 2), { claim: JOB })],
      [{ what: 'leased', endsAt: 32_000, total: 30, dequeueCount: 1 }],
    ],
    [
      'how long it extended a lease',
      [leased, updated(update(600), 'r1', 'r2', answer(3, 4))],
      [{ what: 'leased', endsAt: 604_000, total: 600, dequeueCount: 1 }],
    ],
    [
      'a text that it changed',
      [leased, updated(update(60, 'b'), 'r1', 'r2', answer(3, 4))],
      [{ what: 'updated', endsAt: 64_000, total: 60, text: 'b', dequeueCount: 1 }],
    ],
    [
      'what it released',
      [leased, updated(update(0), 'r1', 'r2', answer(3, 4))],
      [{ what: 'released', text: undefined, dequeueCount: 1 }],
    ],
    [
      'what it released with another text',
      [leased, updated(update(0, 'b'), 'r1', 'r2', answer(3, 4))],
      [{ what: 'released', text: 'b', dequeueCount: 1 }],
    ],
    [
      'what it hid',
      [leased, { kind: 'givenUp', until: 90_000, evidence: answer(3) }],
      [{ what: 'hidden', until: 90_000, dequeueCount: 1 }],
    ],
    [
      'a text that it changed with the receipt of a lease that had run out',
      [leased, { kind: 'time', now: 32_000 }, updated(update(60, 'b'), 'r1', 'r2', answer(3, 4))],
      [{ what: 'updated', endsAt: 64_000, total: 60, text: 'b', dequeueCount: 1 }],
    ],
    [
      'a text that it released so',
      [leased, { kind: 'time', now: 32_000 }, updated(update(0, 'b'), 'r1', 'r2', answer(3, 4))],
      [{ what: 'released', text: 'b', dequeueCount: 1 }],
    ],
    [
      'a text that another receive showed, where it knew another',
      [leased, received('b', 'r2', answer(40, 41), { dequeueCount: 2 })],
      [{ what: 'leased', endsAt: 71_000, total: 30, dequeueCount: 2, text: 'b' }],
    ],
    ['what it deleted', [leased, deleted(answer(3, 4))], [{ what: 'deleted' }]],
    ['what it cleared', [peeked('a', answer(1, 2)), cleared(answer(3, 4))], [{ what: 'deleted' }]],
    ['nothing of what it peeked at', [peeked('a', answer(1, 2))], []],
    ['nothing of what it asks for', [leased, asked(update(60, 'b'), 3)], []],
    ['nothing of a claim', [leased, { kind: 'claimed', claim: JOB }], []],
    ['nothing of a lease that ran out', [leased, { kind: 'time', now: 32_000 }], []],
    [
      'that its lease is over when the receipt was refused',
      [leased, refused(update(9), 'r1', answer(3, 4))],
      [{ what: 'released', text: undefined, dequeueCount: 1 }],
    ],
    ['nothing of what is most likely deleted', [leased, refused(DELETE, 'r1', answer(3, 4), true)], []],
    ['nothing of a delete without an answer', [leased, unanswered(DELETE, 'r1', answer(3, 4))], []],
    ['nothing that was told before', [leased, deleted(answer(3)), { kind: 'claimed', claim: JOB }], []],
  ])('%s', (_, facts, news) => {
    expect(newsOf(...facts)).toEqual(news);
  });

  test('in one message of all that one answer changed, with the queue and without any receipt', () => {
    const records = createRecords();
    const queue = records.of(REF);
    let last: TabNews | undefined;
    queue.subscribe((changes) => (last = tabNews(queue, changes)));
    queue.apply([
      ['m0', leased],
      ['m1', leased],
    ]);
    expect(last).toMatchObject({
      ...REF,
      news: [
        ['m0', { what: 'leased' }],
        ['m1', { what: 'leased' }],
      ],
    });
    expect(JSON.stringify(last)).not.toContain('r1');
    queue.clear();
    expect(last).toBeUndefined();
  });
});

const known = (records: Records): QueueRecords => {
  const queue = records.of(REF);
  queue.applyTo(ID, peeked('a', queue.answeredNow(queue.tick(), 0, undefined)));
  return queue;
};
const hear = (records: Records, ...news: News[]) =>
  hearNews(records, { ...REF, news: news.map((one) => [ID, one] as const) }, () => 7000);

describe('a tab that hears', () => {
  test('applies the news to its own records, and forwards nothing', () => {
    const records = createRecords();
    const queue = known(records);
    const passed: unknown[] = [];
    queue.subscribe((changes, origin) => origin === 'own' && passed.push(changes));
    hear(records, { what: 'leased', endsAt: 60_000, total: 60, dequeueCount: 1 });
    expect(queue.get(ID)?.lease).toMatchObject({ holder: 'elsewhere', endsAt: 60_000 });
    expect(queue.get(ID)?.source).toMatchObject({ at: 7000 });
    expect(passed).toEqual([]);
  });

  test('takes the text that a receive showed for certain, however often others received it in between', () => {
    const records = createRecords();
    const queue = known(records);
    hear(records, { what: 'leased', endsAt: 60_000, total: 60, dequeueCount: 5 });
    expect(queue.get(ID)?.undecided).toBe(true);
    hear(records, { what: 'leased', endsAt: 90_000, total: 60, dequeueCount: 9, text: 'b' });
    expect(queue.get(ID)).toMatchObject({ undecided: false, message: { text: 'b', dequeueCount: 9 } });
  });

  test('has no record of what it has not seen, nor of a connection that is closed', () => {
    const records = createRecords();
    hear(records, { what: 'released', text: 'b' });
    expect(records.of(REF).size).toBe(0);
    const queue = known(records);
    records.close(REF.connectionId);
    hear(records, { what: 'deleted' });
    expect(queue.size).toBe(0);
  });

  test('dates the news after the answers to its own earlier requests', () => {
    const records = createRecords();
    const queue = known(records);
    const tick = queue.tick();
    hear(records, { what: 'deleted' });
    queue.applyTo(ID, peeked('a', queue.answeredNow(tick, 0, undefined)));
    expect(queue.get(ID)?.standing).toMatchObject({ is: 'deleted', how: 'elsewhere' });
  });

  test('has the same records as the tab that sent the news, whatever that did', () => {
    const [one, other] = [createRecords(), createRecords()];
    const [told1, heard] = [known(one), known(other)];
    told1.subscribe((changes, origin) => {
      const news = origin === 'own' ? tabNews(told1, changes) : undefined;
      if (news) hearNews(other, structuredClone(news), () => 0);
    });
    const tick = () => told1.answeredNow(told1.tick(), 3000, undefined);
    told1.applyTo(ID, received('a', 'r1', tick()));
    told1.applyTo(ID, updated(update(60, 'b'), 'r1', 'r2', tick()));
    expect(heard.get(ID)).toMatchObject({ message: { text: 'b', dequeueCount: 1 }, lease: { holder: 'elsewhere' } });
    told1.applyTo(ID, updated(update(0), 'r2', 'r3', tick()));
    expect(heard.get(ID)).toMatchObject({ message: { text: 'b' }, lease: undefined });
    told1.applyTo(ID, received('b', 'r4', tick(), { dequeueCount: 2 }));
    told1.applyTo(ID, deleted(tick()));
    expect(heard.get(ID)?.standing).toMatchObject({ is: 'deleted', how: 'elsewhere' });
  });

  test('has its own lease ended by another tab that leases the message', () => {
    const records = createRecords();
    const queue = records.of(REF);
    queue.applyTo(ID, { kind: 'restored', lease: leaseOf('r1', answer(1)) });
    queue.applyTo(ID, told({ what: 'leased', endsAt: 90_000, total: 9, dequeueCount: 2 }, answer(3)));
    expect(queue.get(ID)?.lease).toMatchObject({ state: 'ended', ending: 'elsewhere' });
  });
});
