import {
  doAdd,
  doAddAgain,
  doBrowse,
  doClear,
  doDelete,
  doEdit,
  doExport,
  doExtend,
  doImport,
  doJob,
  doLeaseOne,
  doPeek,
  doReceive,
  doRelease,
  doRetry,
  doUndo,
  doUndoChange,
  doUndoMove,
  isEnded,
  type JobWish,
  leasedRows,
  type Stop,
  shownIds,
} from './hands.fixture';
import type { Page } from './page.fixture';
import { ARCHIVE, PARENT, QUEUE, type World } from './world.fixture';

/** What an action is about, as small numbers that shrink: which message, how, and where a job stops. */
export type Choice = {
  /** 0 to 15. */
  which: number;
  /** 0 to 7. */
  how: number;
  /** 0: to the end; else after so many requests, half of them on either side of the next one. 0 to 12. */
  stop: number;
  /** Where there are two. */
  tab: number;
};

export type Action = {
  name: string;
  /** Does it; gives what was done in words, and undefined when it is not possible now. */
  act: (world: World, page: Page, choice: Choice) => Promise<string | undefined> | string | undefined;
};

const pick = <Item>(items: readonly Item[], which: number): Item | undefined => items[which % (items.length || 1)];

/** One or two neighbours. */
function some<Item>(items: readonly Item[], { which, how }: Choice): Item[] {
  if (items.length === 0) return [];
  const first = which % items.length;
  return items.slice(first, first + 1 + (how % 2));
}

const stopOf = ({ stop }: Choice): Stop =>
  stop === 0 ? undefined : { after: Math.floor((stop - 1) / 2), side: stop % 2 === 1 ? 'sent' : 'acted' };

const stopWords = (stop: Stop): string =>
  stop === undefined
    ? ''
    : `, stopped ${stop.side === 'sent' ? 'before the request' : 'before the answer'} after ${stop.after} others`;

const textsOf = (page: Page, ids: Iterable<string>): string =>
  [...ids].map((id) => page.recordsHere.get(id)?.message?.text ?? page.ledger.in(QUEUE).get(id)?.text ?? id).join(', ');

/** A job on all, or on one or two that the page shows. */
function job(
  name: string,
  wish: (choice: Choice) => Pick<JobWish, 'does' | 'to' | 'seconds' | 'isChanged' | 'hasFile'>,
): Action {
  return {
    name,
    act(world, page, choice) {
      const stop = stopOf(choice);
      const ids = some(shownIds(page), choice);
      const isAll = choice.how < 4;
      if (!isAll && ids.length === 0) return undefined;
      const what = isAll ? 'all' : textsOf(page, ids);
      doJob(world, page, { ...wish(choice), words: name, wanted: isAll ? 'all' : new Set(ids), stop });
      return `${name} ${what}${stopWords(stop)}`;
    },
  };
}

/** Something done to one or two messages that are shown as leased. */
function onLeased(name: string, does: (world: World, page: Page, ids: string[], choice: Choice) => string): Action {
  return {
    name,
    act(world, page, choice) {
      const ids = some(leasedRows(page), choice).map(({ id }) => id);
      return ids.length === 0 ? undefined : `${name} ${textsOf(page, ids)}${does(world, page, ids, choice)}`;
    },
  };
}

const SECONDS = [300, 20, 60, 9] as const;

/** The other consumer takes no notice of what is refused. */
async function tryOther(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

const otherHas = (world: World, { which }: Choice) => pick([...world.held], which);

export const ACTIONS: readonly Action[] = [
  {
    name: 'Refresh',
    async act(_world, page) {
      await doPeek(page);
      return 'Refresh';
    },
  },
  {
    name: 'Receive',
    act(world, page, { which, how }) {
      const count = 1 + (which % 8);
      const seconds = SECONDS[how % 4] ?? 300;
      doReceive(world, page, count, seconds);
      return `Receive ${count} for ${seconds} s`;
    },
  },
  {
    name: 'Lease one',
    act(world, page, { which }) {
      const ids = shownIds(page).filter((one) => !page.recordsHere.get(one)?.lease);
      const id = pick(ids, which);
      if (id === undefined) return undefined;
      const words = textsOf(page, [id]);
      doLeaseOne(world, page, id, 60);
      return `Lease ${words}`;
    },
  },
  {
    name: 'Browse all',
    act(world, page, choice) {
      const stop = stopOf(choice);
      doBrowse(world, page, false, stop);
      return `Browse all${stopWords(stop)}`;
    },
  },
  {
    name: 'Browse and keep',
    act(world, page, choice) {
      const stop = stopOf(choice);
      doBrowse(world, page, true, stop);
      return `Browse all and keep the leases${stopWords(stop)}`;
    },
  },
  onLeased('Extend', (world, page, ids) => {
    doExtend(world, page, ids, 120);
    return ' by 120 s';
  }),
  onLeased('Release', (world, page, ids) => {
    doRelease(world, page, ids);
    return '';
  }),
  {
    name: 'Release what was left',
    act(world, page) {
      const left = [...page.recordsHere.leased()].filter(
        ({ lease }) => lease?.holder === 'left' && lease.state === 'held',
      );
      if (left.length === 0) return undefined;
      const ids = left.map(({ id }) => id);
      doRelease(world, page, ids);
      return `Release ${textsOf(page, ids)}, which were left`;
    },
  },
  {
    name: 'Edit',
    act(world, page, { which, how }) {
      const row = pick(leasedRows(page), which);
      if (!row || page.recordsHere.get(row.id)?.pending) return undefined;
      const isReleased = how % 2 === 1;
      const text = doEdit(world, page, row, isReleased);
      return `Edit ${row.message.text} to ${text}${isReleased ? ' and release it' : ''}`;
    },
  },
  onLeased('Delete', (world, page, ids) =>
    doDelete(world, page, ids) === 'waits' ? ', which waits for Undo' : ' at once',
  ),
  {
    name: 'Undo',
    act: (_world, page) => (doUndo(page) ? 'Undo' : undefined),
  },
  job('Change text', () => ({ does: 'change' })),
  job('Set visibility', ({ how }) => ({ does: 'hide', seconds: how % 2 === 0 ? 90 : 0 })),
  job('Move', () => ({ does: 'move', to: ARCHIVE })),
  job('Copy', () => ({ does: 'copy', to: ARCHIVE })),
  job('Change and move', () => ({ does: 'move', to: ARCHIVE, isChanged: true })),
  job('Change and copy', () => ({ does: 'copy', to: ARCHIVE, isChanged: true })),
  job('Change and hide', () => ({ does: 'hide', seconds: 90, isChanged: true })),
  job('Export and delete', () => ({ does: 'delete', hasFile: true })),
  job('Export, change and move', () => ({ does: 'move', to: ARCHIVE, isChanged: true, hasFile: true })),
  job('Requeue', () => ({ does: 'requeue', to: QUEUE })),
  {
    name: 'Undo a move',
    act(world, page, choice) {
      const stop = stopOf(choice);
      const name = doUndoMove(world, page, stop);
      return name === undefined ? undefined : `Undo ${name}${stopWords(stop)}`;
    },
  },
  {
    name: 'Undo a change',
    act(world, page, choice) {
      const stop = stopOf(choice);
      const name = doUndoChange(world, page, stop);
      return name === undefined ? undefined : `Undo ${name}${stopWords(stop)}`;
    },
  },
  {
    name: 'Redrive',
    act(world, page, choice) {
      const stop = stopOf(choice);
      doJob(world, page, { does: 'move', to: PARENT, words: 'Redrive', wanted: 'all', stop });
      return `Redrive all${stopWords(stop)}`;
    },
  },
  job('Delete messages', () => ({ does: 'delete' })),
  {
    name: 'Export',
    act(world, page, choice) {
      const isAll = choice.how < 4;
      const stop = isAll ? stopOf(choice) : undefined;
      doExport(world, page, isAll ? 'all' : new Set(shownIds(page)), stop);
      return isAll ? `Export all${stopWords(stop)}` : 'Export what is loaded';
    },
  },
  {
    name: 'Import',
    act(world, page, choice) {
      const stop = stopOf(choice);
      const texts = [world.text('file'), world.text('file')];
      doImport(world, page, texts, stop);
      return `Import ${texts.join(', ')}${stopWords(stop)}`;
    },
  },
  {
    name: 'Add',
    act(world, page) {
      const text = world.text('new');
      doAdd(world, page, text);
      return `Add ${text}`;
    },
  },
  {
    name: 'Add again',
    act(world, page, choice) {
      const stop = stopOf(choice);
      return doAddAgain(world, page, stop) ? `Add again what was deleted last${stopWords(stop)}` : undefined;
    },
  },
  {
    name: 'Clear',
    act(world, page) {
      doClear(world, page);
      return 'Clear';
    },
  },
  {
    name: 'Retry failed',
    act(_world, page, { how }) {
      const isUncertain = how % 2 === 1;
      const name = doRetry(page, isUncertain);
      return name === undefined ? undefined : `Retry failed of ${name}${isUncertain ? ', the uncertain too' : ''}`;
    },
  },
  {
    name: 'Pause or resume',
    act(_world, page) {
      const running = page.listings.filter(({ job: { state } }) => state === 'running' || state === 'paused');
      const last = running.at(-1)?.job;
      if (!last) return undefined;
      if (last.state === 'paused') last.resume();
      else last.pause();
      return last.state === 'paused' ? 'Pause' : 'Resume';
    },
  },
  {
    name: 'Cancel',
    act(_world, page, { how }) {
      const last = page.listings.findLast(({ job: { state } }) => !isEnded(state));
      if (!last) return undefined;
      const { name } = last.work;
      last.work.expected.clear();
      last.job.cancel();
      if (how % 2 === 1) {
        last.job.abandon();
        return `Cancel ${name}, and let go of what it holds`;
      }
      return `Cancel ${name}`;
    },
  },
  {
    name: 'Go on',
    act(_world, page, { stop }) {
      const shut = page.listings.find(({ gate }) => gate.isShut);
      if (!shut) return undefined;
      const requests = stop === 0 ? Infinity : Math.ceil(stop / 2);
      shut.gate.open(requests);
      return requests === Infinity ? `${shut.work.name} goes on` : `${shut.work.name} goes on for ${requests} requests`;
    },
  },
  {
    name: 'Reload',
    async act(world, page) {
      page.close();
      await world.time.settle();
      await world.openPage(page.tab);
      return page.tab === 0 ? 'Reload' : 'Reload the second tab';
    },
  },
  {
    name: 'Second tab',
    async act(world) {
      if (world.pages[1]) return undefined;
      await world.openPage(1);
      return 'Open a second tab';
    },
  },
  {
    name: 'Time',
    async act(world, _page, { how }) {
      const seconds = [6, 21, 61, 130][how % 4] ?? 6;
      await world.time.pass(seconds * 1000);
      return `${seconds} s pass`;
    },
  },
  {
    name: 'Lost answer',
    act(world, _page, { how, which }) {
      const kind = how % 2 === 0 ? 'lostAfter' : 'lostBefore';
      const isReceive = which % 4 === 3;
      const left = which % 2 === 0 ? 1 : 12;
      world.troubles.push({
        kind,
        left,
        meant: ({ what }) => (isReceive ? what === 'get' : what !== 'get' && what !== 'peek'),
      });
      const times = left === 1 ? 'The answer to the next' : `The answers to the next ${left}`;
      const noun = isReceive ? 'receive' : 'write';
      return `${times} ${noun}${left === 1 ? '' : 's'} will be lost${kind === 'lostBefore' ? ', not carried out' : ''}`;
    },
  },
  {
    name: 'Target refuses',
    act(world) {
      world.troubles.push({ kind: 'refused', left: 1, meant: ({ what, queue }) => what === 'put' && queue !== QUEUE });
      return 'The target will refuse the next message';
    },
  },
  {
    name: 'Another consumer receives',
    async act(world, _page, { which, how }) {
      const queue = how % 4 === 3 ? ARCHIVE : QUEUE;
      const options = { count: 1 + (which % 3), visibilityTimeout: how % 2 === 0 ? 45 : 5 };
      const messages = await world.other.receiveMessages(queue, options);
      for (const { id, receipt, text } of messages) world.held.set(id, { queue, receipt, text });
      if (messages.length === 0) return undefined;
      return `Another consumer receives ${messages.map(({ text }) => text).join(', ')} for ${options.visibilityTimeout} s`;
    },
  },
  {
    name: 'Another consumer updates',
    async act(world, _page, choice) {
      const [id, { queue, receipt, text }] = otherHas(world, choice) ?? ['', { queue: '', receipt: '', text: '' }];
      if (id === '') return undefined;
      const next = `${text}o`;
      const isReleased = choice.how % 2 === 0;
      let mine: string | undefined;
      const isDone = await tryOther(
        world.other
          .updateMessage(queue, { id, receipt }, { visibilityTimeout: isReleased ? 0 : 45, text: next })
          .then((answer) => (mine = answer.receipt)),
      );
      world.held.delete(id);
      if (!isDone) return undefined;
      if (!isReleased) world.held.set(id, { queue, receipt: mine ?? '', text: next });
      return `Another consumer changes ${text} to ${next}${isReleased ? ' and releases it' : ''}`;
    },
  },
  {
    name: 'Another consumer deletes',
    async act(world, _page, choice) {
      const [id, { queue, receipt, text }] = otherHas(world, choice) ?? ['', { queue: '', receipt: '', text: '' }];
      if (id === '') return undefined;
      world.held.delete(id);
      const isDone = await tryOther(world.other.deleteMessage(queue, { id, receipt }));
      return isDone ? `Another consumer deletes ${text}` : undefined;
    },
  },
  {
    name: 'Another consumer meets a late start',
    async act(world, page, { which }) {
      // What we lease lapses, and the first that shows again is taken, changed and released: the classic of lost updates.
      await world.time.pass(301_000);
      const [message] = await world.other.receiveMessages(page.queue, { count: 1, visibilityTimeout: 30 });
      if (!message) return undefined;
      const next = `${message.text}o`;
      const visibilityTimeout = which % 2 === 0 ? 0 : 30;
      await world.other.updateMessage(page.queue, message, { visibilityTimeout, text: next });
      return `301 s pass, and another consumer changes ${message.text} to ${next}`;
    },
  },
];

export const actionNamed = (name: string): number => {
  const index = ACTIONS.findIndex((action) => action.name === name);
  if (index < 0) throw new Error(`There is no action "${name}".`);
  return index;
};
