import { describe, expect, test } from 'vitest';
import { OtherText } from '../leasing/lease-handle';
import { LostAnswer } from '../requests/outcome';
import { extend, release, saveText, Taken } from '../work/lease-actions';
import { actionNamed, type Choice } from './actions.fixture';
import {
  doAddAgain,
  doBrowse,
  doClear,
  doDelete,
  doEdit,
  doExport,
  doJob,
  doLeaseOne,
  doReceive,
  doRelease,
  doRetry,
  type JobWish,
  leasedRows,
} from './hands.fixture';
import { RECEIPTS, replay } from './replay.fixture';
import { ARCHIVE, PARENT, QUEUE, World } from './world.fixture';

/*
 * Sequences that went wrong once: each in the fewest steps, and what is right. The oracle of the random sequences looks on.
 */

const AZURE = { void: 'MessageNotFound', shared: true } as const;

/** A queue with so many messages m0, m1 …, a page on it, and words for what is done there. */
async function scene(messages: number, receipts = RECEIPTS[0] ?? AZURE) {
  const world = new World(receipts);
  const page = await world.open(messages);
  const look = () => world.look();
  const idOf = (text: string): string => {
    const truth = [...world.ledger.in(QUEUE).values()].find((one) => one.text === text);
    return truth?.id ?? [...page.recordsHere.all()].find((one) => one.message?.text === text)?.id ?? '';
  };
  const ids = (...texts: string[]) => new Set(texts.map(idOf));
  const work = (name: string, ...texts: string[]) => world.work(page, name, 'anything', ids(...texts));
  return {
    world,
    page,
    look,
    idOf,
    ids,
    targetWith: (...texts: string[]) => page.target(work('A person', ...texts)),
    /** Texts in a queue, hidden ones too. */
    texts: (queue: string) => [...world.ledger.in(queue).values()].map(({ text }) => text).toSorted(),
    shown: () => page.rows().peek.map(({ message }) => message.text),
    browsed: () => page.rows().browse.map(({ message }) => message.text),
    receive: async (count: number, seconds: number) => {
      doReceive(world, page, count, seconds);
      await look();
    },
    job: async (wish: Pick<JobWish, 'does'> & Partial<JobWish>) => {
      const listing = doJob(world, page, { words: wish.does, wanted: 'all', to: ARCHIVE, stop: undefined, ...wish });
      await look();
      return listing;
    },
    delete: async (...texts: string[]) => {
      const how = doDelete(world, page, texts.map(idOf));
      await look();
      return how;
    },
    pass: async (seconds: number) => {
      await world.time.pass(seconds * 1000);
      await look();
    },
    addAgain: async () => {
      doAddAgain(world, page, undefined);
      await look();
    },
    /** Another consumer receives the first message that is visible and changes its text. */
    other: async (change: (text: string) => string) => {
      const [message] = await world.other.receiveMessages(QUEUE, { count: 1, visibilityTimeout: 5 });
      if (!message) throw new Error('Nothing is visible.');
      await world.other.updateMessage(QUEUE, message, { visibilityTimeout: 0, text: change(message.text) });
    },
    /** Everything comes to its end, and nothing was ever wrong. */
    end: async () => {
      await world.end();
      expect(world.ledger.violations).toEqual([]);
    },
  };
}

const kindsOf = (outcomes: readonly { kind: string }[]) => outcomes.map(({ kind }) => kind);
const reasonsOf = (outcomes: readonly { reason?: string }[]) => outcomes.map(({ reason = '' }) => reason);
const WAITS = 'Left out: a delete that waits for Undo has this message.';

describe.each(RECEIPTS)('with receipts void by $void, shared: $shared', (receipts) => {
  describe('S1: a delete that waits for Undo is known to what acts on the whole queue', () => {
    test.each(['move', 'copy', 'change', 'hide'] as const)('%s leaves the message out, and says why', async (does) => {
      const { job, receive, delete: remove, texts, pass, end } = await scene(3, receipts);
      await receive(16, 300);
      expect(await remove('m0')).toBe('waits');
      const listing = await job({ does });
      expect(reasonsOf(listing.job.outcomes)).toEqual([WAITS]);
      expect(listing.job.counts).toMatchObject({ done: 2, skipped: 1, failed: 0 });
      expect(texts(ARCHIVE)).toEqual(does === 'move' || does === 'copy' ? ['m1', 'm2'] : []);
      await pass(6);
      expect(texts(QUEUE)).not.toContain('m0');
      await end();
      expect(texts(QUEUE)).not.toContain('m0');
    });

    test('Redrive and Export leave it out', async () => {
      const { world, page, job, receive, delete: remove, texts, look, end } = await scene(3, receipts);
      await receive(16, 300);
      await remove('m0');
      const file = doExport(world, page, 'all', undefined);
      await look();
      expect(reasonsOf(file.job.outcomes)).toEqual([WAITS]);
      expect(file.job.counts.done).toBe(2);
      await job({ does: 'move', to: PARENT });
      expect(texts(PARENT)).toEqual(['m1', 'm2']);
      await end();
      expect(texts(QUEUE)).toEqual([]);
    });

    test('Release of what was received leaves it hidden', async () => {
      const { receive, delete: remove, targetWith, idOf, texts, end } = await scene(3, receipts);
      await receive(16, 300);
      await remove('m0');
      const outcomes = await release(targetWith('m0', 'm1', 'm2'), [idOf('m0'), idOf('m1'), idOf('m2')]);
      expect(kindsOf(outcomes)).toEqual(['skipped', 'done', 'done']);
      expect(outcomes[0]?.reason).toBe(WAITS);
      await end();
      expect(texts(QUEUE)).toEqual(['m1', 'm2']);
    });

    test('Clear sends it first, and brings back the others alone', async () => {
      const { world, page, receive, delete: remove, look, texts, end } = await scene(3, receipts);
      await receive(16, 300);
      await remove('m0');
      doClear(world, page);
      await look();
      expect(page.deletions.all().map(({ what, ids }) => [what, ids.length])).toEqual([
        ['cleared', 2],
        ['deleted', 1],
      ]);
      doAddAgain(world, page, undefined);
      await look();
      expect(texts(QUEUE)).toEqual(['m1', 'm2']);
      await end();
    });

    test('a Delete does not start while a Move has the message', async () => {
      const { job, receive, delete: remove, page, texts, end } = await scene(3, receipts);
      await receive(16, 300);
      await job({ does: 'move', stop: { after: 1, side: 'sent' } });
      expect(await remove('m0')).toBe('sent');
      expect(page.toCome.waiting()).toEqual([]);
      await end();
      expect(texts(ARCHIVE)).toEqual(['m0', 'm1', 'm2']);
    });
  });

  test('S2: "Add again" after Clear brings back what was there, as it was at last', async () => {
    const { world, page, receive, delete: remove, pass, look, texts, addAgain, end } = await scene(4, receipts);
    await receive(16, 300);
    await remove('m0');
    await pass(6);
    const row = leasedRows(page).find(({ message }) => message.text === 'm1');
    if (row) doEdit(world, page, row, false);
    await look();
    doClear(world, page);
    await look();
    await addAgain();
    expect(texts(QUEUE)).toEqual(['m1e', 'm2', 'm3']);
    await end();
  });

  test('S3: "Change text" of leased messages leaves their leases as long as they were', async () => {
    const { world, page, receive, pass, job, end } = await scene(2, receipts);
    await receive(2, 20);
    await pass(9);
    await job({ does: 'change' });
    const ends = leasedRows(page).map(({ lease }) => (lease?.endsAt.getTime() ?? 0) - world.time.now());
    // By whole seconds, as the service tells them.
    expect(ends.map((left) => Math.round(left / 1000))).toEqual([11, 11]);
    await end();
  });

  test('S4: "Change text" of leased messages, Delete, "Add again": the new texts', async () => {
    const { receive, job, delete: remove, pass, addAgain, texts, end } = await scene(3, receipts);
    await receive(16, 300);
    await job({ does: 'change' });
    await remove('m0+', 'm1+', 'm2+');
    await pass(6);
    expect(texts(QUEUE)).toEqual([]);
    await addAgain();
    expect(texts(QUEUE)).toEqual(['m0+', 'm1+', 'm2+']);
    await end();
  });

  test('S6: the retry of a move that ended in both queues deletes no text but the one that was copied', async () => {
    const { world, page, receive, job, pass, other, look, texts, end } = await scene(1, receipts);
    await receive(16, 60);
    const { gate, job: move } = await job({ does: 'move', stop: { after: 1, side: 'sent' } });
    expect(texts(ARCHIVE)).toEqual(['m0']);
    await pass(61);
    await other((text) => `${text}o`);
    // The copy cannot be taken back.
    await world.other.receiveMessages(ARCHIVE, { visibilityTimeout: 5 });
    gate.open();
    await look();
    expect(kindsOf(move.outcomes)).toEqual(['inBoth']);
    doRetry(page, false);
    await look();
    expect(kindsOf(page.listings.at(-1)?.job.outcomes ?? [])).toEqual(['inBoth']);
    expect(texts(QUEUE)).toEqual(['m0o']);
    expect(texts(ARCHIVE)).toEqual(['m0']);
    await end();
  });

  test('S7: what "Set visibility" hid is not counted as returned', async () => {
    const { job, ids, end } = await scene(4, receipts);
    const { job: hide } = await job({ does: 'hide', wanted: ids('m0', 'm1'), seconds: 90 });
    expect(hide.leasing).toMatchObject({ hidden: 2, returned: 2, passed: 2, lost: [] });
    await end();
  });

  test('S10: after "Lease it" the page has the text of whoever changed the message', async () => {
    const { world, page, receive, pass, other, targetWith, idOf, look, end } = await scene(1, receipts);
    await receive(1, 20);
    const id = idOf('m0');
    await pass(21);
    await other((text) => `${text}o`);
    await expect(saveText(targetWith('m0o'), { id, text: 'mine', replaces: 'm0' })).rejects.toThrow();
    expect(page.recordsHere.get(id)?.lease?.ending).toBe('refused');
    doLeaseOne(world, page, id, 60);
    await look();
    expect(page.recordsHere.get(id)?.message?.text).toBe('m0o');
    await end();
  });

  test('S12: the rows of a browse follow what is done', async () => {
    const { world, page, look, idOf, browsed, delete: remove, pass, end } = await scene(4, receipts);
    doBrowse(world, page, false, undefined);
    await look();
    doLeaseOne(world, page, idOf('m1'), 60);
    await look();
    const row = leasedRows(page).find(({ message }) => message.text === 'm1');
    if (row) doEdit(world, page, row, false);
    await look();
    doRelease(world, page, [idOf('m1e')]);
    await look();
    expect(browsed()).toEqual(['m0', 'm1e', 'm2', 'm3']);
    doLeaseOne(world, page, idOf('m2'), 60);
    await look();
    await remove('m2');
    expect(browsed()).toEqual(['m0', 'm1e', 'm3']);
    await pass(7);
    expect(browsed()).toEqual(['m0', 'm1e', 'm3']);
    doClear(world, page);
    await look();
    expect(browsed()).toEqual([]);
    expect(page.deletions.all()[0]?.ids).toHaveLength(3);
    await end();
  });

  test('S13: what was cleared says between when it was seen', async () => {
    const { world, page, look, pass, end } = await scene(3, receipts);
    const seen = world.time.now();
    const [message] = await world.other.receiveMessages(QUEUE, { visibilityTimeout: 5 });
    if (message) await world.other.deleteMessage(QUEUE, message);
    await pass(60);
    doClear(world, page);
    await look();
    expect(page.deletions.all()[0]?.seen).toEqual({ from: seen, to: seen });
    await end();
  });

  test('S16: after "Retry failed" the first job offers it no more', async () => {
    const { world, page, job, look, texts, end } = await scene(2, receipts);
    world.troubles.push({ kind: 'refused', left: 2, meant: ({ what, queue }) => what === 'put' && queue === ARCHIVE });
    const { job: copy } = await job({ does: 'copy' });
    expect(copy.counts).toMatchObject({ done: 0, failed: 2 });
    doRetry(page, false);
    await look();
    expect(copy.isRetried).toBe(true);
    expect(copy.retryFailed()).toBeUndefined();
    expect(copy.retryFailed({ uncertain: true })).toBeUndefined();
    expect(texts(ARCHIVE)).toEqual(['m0', 'm1']);
    await end();
  });

  describe('S17: after a lost answer nobody else is blamed', () => {
    test('Extend, whose answer is lost, then Release', async () => {
      const { world, page, receive, targetWith, idOf, look, end } = await scene(1, receipts);
      await receive(1, 60);
      const id = idOf('m0');
      world.troubles.push({ kind: 'lostAfter', left: 1, meant: ({ what }) => what === 'update' });
      expect(kindsOf(await extend(targetWith('m0'), [id], 300))).toEqual(['maybeDone']);
      await look();
      const [row] = page.rows().peek;
      expect(row?.lease?.state).toBe('unknown');
      expect((row?.lease?.endsAt.getTime() ?? 0) - world.time.now()).toBeGreaterThan(290_000);
      const [outcome] = await release(targetWith('m0'), [id]);
      expect(outcome).toMatchObject({
        kind: 'failed',
        reason: 'Nothing was done with it. The answer with its receipt was lost.',
      });
      await end();
    });

    test('Save, whose answer is lost, then Save again', async () => {
      const { world, page, receive, targetWith, idOf, texts, end } = await scene(1, receipts);
      await receive(1, 60);
      const id = idOf('m0');
      world.troubles.push({ kind: 'lostAfter', left: 1, meant: ({ what }) => what === 'update' });
      await expect(saveText(targetWith('m0'), { id, text: 'mine' })).rejects.toBeInstanceOf(LostAnswer);
      await expect(
        saveText(page.target(world.work(page, 'Again', 'anything', [id])), { id, text: 'mine' }),
      ).rejects.toBeInstanceOf(LostAnswer);
      expect(page.recordsHere.get(id)?.maybeText).toBe('mine');
      expect(texts(QUEUE)).toEqual(['mine']);
      world.ledger.violations.length = 0;
      await end();
    });
  });

  describe('S18: what is done to a lease while a job has it', () => {
    const ALL = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'];

    test('Extend, Release and Edit are refused with the job’s name, and the move is whole', async () => {
      const { receive, job, targetWith, idOf, texts, end } = await scene(9, receipts);
      await receive(16, 300);
      const { work } = await job({ does: 'move', stop: { after: 3, side: 'sent' } });
      const reason = `Left out: ${work.name.charAt(0).toLowerCase()}${work.name.slice(1)} has this message.`;
      expect(await extend(targetWith('m8'), [idOf('m8')], 300)).toMatchObject([{ kind: 'skipped', reason }]);
      expect(await release(targetWith('m8'), [idOf('m8')])).toMatchObject([{ kind: 'skipped', reason }]);
      await expect(saveText(targetWith('m8'), { id: idOf('m8'), text: 'mine' })).rejects.toBeInstanceOf(Taken);
      await end();
      expect(texts(ARCHIVE)).toEqual(ALL);
      expect(texts(QUEUE)).toEqual([]);
    });

    test('after "Change text" and an edit meanwhile the page has its leases', async () => {
      const { page, receive, job, targetWith, idOf, look, end } = await scene(3, receipts);
      await receive(16, 300);
      const { gate } = await job({ does: 'change', stop: { after: 1, side: 'acted' } });
      await expect(saveText(targetWith('m2'), { id: idOf('m2'), text: 'mine' })).rejects.toBeInstanceOf(Taken);
      gate.open();
      await look();
      expect(leasedRows(page).map(({ message }) => message.text)).toEqual(['m0+', 'm1+', 'm2+']);
      await end();
    });
  });

  test('W1: "Change text" of leased messages, then Export and Move, works with the new text', async () => {
    const { world, page, receive, job, look, texts, shown, end } = await scene(3, receipts);
    await receive(16, 300);
    await job({ does: 'change' });
    expect(shown()).toEqual(['m0+', 'm1+', 'm2+']);
    doExport(world, page, new Set(shown().map((_, index) => page.rows().peek[index]?.id ?? '')), undefined);
    await look();
    await job({ does: 'move' });
    expect(texts(ARCHIVE)).toEqual(['m0+', 'm1+', 'm2+']);
    expect(texts(QUEUE)).toEqual([]);
    await end();
  });

  test('W2: rows of "Browse all" that a job changed or moved follow, and so does a file of what is loaded', async () => {
    const { world, page, look, ids, job, browsed, end } = await scene(4, receipts);
    doBrowse(world, page, true, undefined);
    await look();
    await job({ does: 'change', wanted: ids('m0', 'm1') });
    expect(browsed()).toEqual(['m0+', 'm1+', 'm2', 'm3']);
    const file = doExport(world, page, new Set(page.rows().browse.map(({ id }) => id)), undefined);
    await look();
    expect(file.job.counts.done).toBe(4);
    await job({ does: 'move', wanted: ids('m0+', 'm2') });
    expect(browsed()).toEqual(['m1+', 'm3']);
    await end();
  });

  test('W4: an edit of an old text does not overwrite what another consumer wrote', async () => {
    const { world, page, receive, pass, other, targetWith, idOf, look, texts, end } = await scene(1, receipts);
    await receive(1, 20);
    const id = idOf('m0');
    const opened = page.recordsHere.get(id)?.message?.text ?? '';
    await pass(21);
    await other((text) => `${text}o`);
    doLeaseOne(world, page, id, 60);
    await look();
    const save = saveText(targetWith('m0o'), { id, text: `${opened}e`, replaces: opened });
    await expect(save).rejects.toBeInstanceOf(OtherText);
    expect(texts(QUEUE)).toEqual(['m0o']);
    await end();
  });
});

type Named = [action: string, choice?: Partial<Choice>];

/** What the random sequences found, shrunk. Numbers are as in `Choice`: odd stops are before a request, even ones before its answer. */
const FOUND: readonly [words: string, messages: number, steps: readonly Named[]][] = [
  [
    'a change that is answered after a clear revives nothing',
    3,
    [['Receive', { which: 2 }], ['Change text', { stop: 4 }], ['Clear']],
  ],
  [
    'another tab hears of a text that was changed within the second of its receive',
    5,
    [['Receive', { which: 2 }], ['Change text', { stop: 3 }], ['Second tab']],
  ],
  [
    'a message that was lent, lapsed and came again is copied once',
    5,
    [['Receive', { which: 2 }], ['Copy', { stop: 6 }], ['Another consumer meets a late start']],
  ],
  [
    'and is in the file once',
    5,
    [['Receive', { which: 2 }], ['Export', { stop: 2 }], ['Another consumer meets a late start']],
  ],
  [
    'a change that is cut off may be done',
    3,
    [
      ['Change text', { stop: 4 }],
      ['Cancel', { how: 7 }],
    ],
  ],
  [
    'a job that lets go while it receives comes to its end',
    3,
    [
      ['Change text', { stop: 1 }],
      ['Cancel', { how: 5 }],
    ],
  ],
  [
    'another tab hears of a clear by a tab that does not know the messages',
    3,
    [['Receive'], ['Second tab'], ['Clear', { tab: 1 }]],
  ],
  [
    'a lease whose answer came late is no news to the tab that has the message',
    3,
    [
      ['Second tab'],
      ['Browse all', { stop: 2 }],
      ['Change text', { stop: 1, tab: 1 }],
      ['Another consumer meets a late start'],
    ],
  ],
  [
    'a text that nobody looked at is not replaced, when the message comes again while it is changed',
    3,
    [['Change text', { stop: 2 }], ['Another consumer meets a late start']],
  ],
  [
    'a job leaves no lease of another tab behind as its own',
    3,
    [
      ['Second tab'],
      ['Change text', { stop: 3 }],
      ['Another consumer meets a late start'],
      ['Refresh'],
      ['Receive', { tab: 1 }],
    ],
  ],
  [
    'a text that is being changed while the queue is cleared is not added again as it was before',
    3,
    [['Change text', { stop: 4 }], ['Clear'], ['Add again']],
  ],
  [
    'another tab hears of a text whose answer came when the lease was over',
    3,
    [['Second tab'], ['Change text', { stop: 4 }], ['Time', { how: 3 }]],
  ],
  [
    'a delete whose answer was lost stays in doubt when the answer to its return is lost too',
    3,
    [
      ['Delete messages', { stop: 1 }],
      ['Lost answer', { which: 1 }],
      ['Lost answer', { which: 5 }],
      ['Go on'],
      ['Retry failed', { how: 1 }],
    ],
  ],
  [
    'a change that is answered late does not hide what was seen since',
    3,
    [['Change text', { stop: 6 }], ['Another consumer meets a late start'], ['Refresh']],
  ],
  [
    'a renewal that is answered when it is over is no news',
    3,
    [
      ['Second tab'],
      ['Browse all', { stop: 4, tab: 1 }],
      ['Another consumer meets a late start'],
      ['Change text', { stop: 7 }],
    ],
  ],
  ['a copy leaves the text of what a person has leased', 3, [['Receive'], ['Refresh'], ['Copy'], ['Move']]],
  [
    'another tab hears that a lease turned out to be over',
    3,
    [['Second tab'], ['Browse all', { stop: 6 }], ['Refresh']],
  ],
  [
    'a delete that is tried again after a lost answer was most likely done',
    3,
    [
      ['Receive'],
      ['Delete messages', { stop: 1 }],
      ['Lost answer', { which: 13 }],
      ['Go on'],
      ['Retry failed', { how: 3 }],
    ],
  ],
  [
    'and so was that of a move',
    3,
    [['Receive'], ['Redrive', { stop: 2 }], ['Lost answer', { which: 1 }], ['Go on'], ['Retry failed', { how: 7 }]],
  ],
];

/** A job that finds all first is stopped before, or before the answer of, its second receive. */
const finding = (stop: 3 | 4, then: readonly Named[]): readonly Named[] => [
  ['Change text', { stop }],
  ...then,
  ['Refresh', {}],
];
const MEANWHILE: readonly (readonly [string, readonly Named[]])[] = [
  [
    'a reload, and what was left is released',
    [
      ['Reload', {}],
      ['Refresh', {}],
      ['Release what was left', {}],
    ],
  ],
  [
    'a cancel that waits for its answer',
    [
      ['Cancel', {}],
      ['Go on', {}],
    ],
  ],
  [
    'a cancel that lets go',
    [
      ['Cancel', { how: 1 }],
      ['Release what was left', {}],
    ],
  ],
  [
    'a pause in which leases end and another consumer changes one',
    [
      ['Pause or resume', {}],
      ['Another consumer meets a late start', {}],
      ['Pause or resume', {}],
      ['Go on', {}],
    ],
  ],
];

/** A step with all of its choices. */
const inFull = ([action, choice]: Named) =>
  Object.assign({ action: actionNamed(action), which: 0, how: 0, stop: 0, tab: 0 }, choice);

describe('found by random sequences', () => {
  test('what a receive brings that was asked for before a clear is doubted', async () => {
    const { world, page, look, end } = await scene(3);
    await world.other.sendMessage(QUEUE, { text: 'unseen' });
    const { gate } = doBrowse(world, page, false, { after: 0, side: 'acted' });
    await look();
    doClear(world, page);
    await look();
    gate.open(0);
    await look();
    const unseen = [...page.recordsHere.all()].find(({ message }) => message?.text === 'unseen');
    expect(unseen?.standing).toMatchObject({ is: 'unknown', since: 'clear' });
    await end();
  });

  test.each(MEANWHILE)('while a job of a whole queue finds: %s', async (_words, then) => {
    for (const receipts of RECEIPTS) {
      for (const stop of [3, 4] as const) {
        const steps = finding(stop, then).map(inFull);
        const told = await replay({ messages: 32, steps }, receipts);
        expect(told).toMatchObject({ violations: [] });
        // Each of the steps was possible.
        expect(told.words.length).toBeGreaterThan(steps.length);
      }
    }
  });

  test.each(FOUND)('%s', async (_words, messages, steps) => {
    for (const receipts of RECEIPTS) {
      expect(await replay({ messages, steps: steps.map(inFull) }, receipts)).toMatchObject({ violations: [] });
    }
  });
});
