import { Fault, Refused } from '../fault';
import { plainJob } from '../jobs';
import {
  addItem,
  type Deletion,
  endDeletes,
  heldByPage,
  type Item,
  liveIn,
  type Model,
  mustUndo,
  pending,
  shortId,
  touch,
} from '../model';
import type { Seen } from '../stage';
import { brief, exact, keyOf } from '../text';
import { NAMES, type Report, SAYS } from '../words';
import { match, type World } from '../world';
import { type Action, mustHave } from './action';

/** Ms after which a delete must have been sent. */
const LONGEST = 12_000;

/** `asked`: epoch ms before the press that deletes. A busy machine shows its effect much later. */
function hold(model: Model, items: Item[], asked: number) {
  for (const item of items) {
    item.deleting = asked;
    touch(model, item, 'delete');
  }
}

const remove: Action = {
  name: 'delete',
  weight: 8,
  whileBusy: true,
  from: (model) => heldByPage(model).filter(({ vague }) => !vague),
  ways: ['by its button', 'by the key', 'by its button, answer lost'],
  async act(world, { items: [item], how }) {
    if (!item) return;
    const { tab, model, wire } = world;
    const details = await tab.openDetails(shortId(item));
    const job = model.running;
    const before = await waitingToldOf(world);
    const trap = how.endsWith('lost') ? await wire.lose('DELETE', new RegExp(`/messages/${item.id}`)) : undefined;
    const asked = Date.now();
    try {
      if (how === 'by the key') await tab.page.keyboard.press('Delete');
      else await tab.press(details.getByRole('button', { name: NAMES.deleteButton }));
      mustHave(await tab.until(() => hasLeft(world, item), 2500), 'Its row did not leave.');
      // Otherwise it left because the job reached it.
      const isTheJobs =
        job?.kind === 'visibility'
          ? (await waitingToldOf(world)) === before
          : (wire.deletedAt(item.id ?? '') ?? 0) >= (job?.began ?? 0);
      mustHave(!(job?.items.includes(item) && isTheJobs), 'The job has it.');
    } catch (error) {
      await trap?.disarm();
      throw error;
    }
    hold(model, [item], asked);
    if (trap) {
      await settleDeletes(world);
      await trap.disarm();
    }
  },
};

/** The messages that wait for Undo, according to the notifications. */
const waitingToldOf = async ({ tab }: World) => {
  const words = await tab.notes.getByRole('status').filter({ hasText: SAYS.deleting }).allInnerTexts();
  return words.map((all) => all.split('\n')[0]).join('\n');
};

const hasLeft = async ({ tab }: World, { id = '' }: Item) =>
  (await tab.row(id.slice(0, 8)).count()) === 0 && (await tab.dialog.count()) === 0;

const removeInARow: Action = {
  name: 'delete one after another, by the key',
  weight: 3,
  from: (model) => heldByPage(model).filter(({ vague }) => !vague),
  can: (model) => heldByPage(model).length > 1,
  most: 5,
  async act(world, { items }) {
    const { tab, model } = world;
    for (const item of items) {
      await tab.press(tab.row(shortId(item)));
      const asked = Date.now();
      await tab.page.keyboard.press('Delete');
      mustHave(await tab.until(() => hasLeft(world, item), 2500), 'Its row did not leave.');
      hold(model, [item], asked);
    }
  },
};

const removeWithOthersChecked: Action = {
  name: 'check other messages, open one, and press the Delete key',
  weight: 3,
  from: heldByPage,
  most: 3,
  can: (model) => heldByPage(model).length > 1,
  async act(world, { items }) {
    const { tab, model } = world;
    const opened = heldByPage(model).findLast((item) => !items.includes(item));
    if (!opened) throw new Refused('All of them are checked.');
    await tab.check(items.map(shortId));
    const details = await tab.openDetails(shortId(opened));
    // The key does what the button with its name does.
    const says = details.getByRole('button', { name: NAMES.deleteButton }).first();
    await says.waitFor({ timeout: 5000 });
    const isItsKey = (await says.getAttribute('aria-keyshortcuts')) === 'Delete';
    const meant = isItsKey ? [opened] : items;
    const asked = Date.now();
    await tab.page.keyboard.press('Delete');
    await tab.until(async () => (await hasLeft(world, opened)) || (await hasLeft(world, items[0] ?? opened)), 2500);
    mustHave((await tab.dialog.count()) === 0, 'It asks first.');
    hold(model, meant, asked);
  },
};

const undo: Action = {
  name: 'undo every delete',
  weight: 4,
  whileBusy: true,
  can: (model) => pending(model).length > 0,
  async act(world) {
    const { tab, model } = world;
    let pressedAt = Date.now();
    const buttons = tab.notes
      .getByRole('status')
      .filter({ hasText: SAYS.deleting })
      .getByRole('button', { name: NAMES.undo });
    for (let presses = 0; presses < 8 && (await buttons.count()) > 0; presses++) {
      const before = await buttons.count();
      pressedAt = Date.now();
      await buttons
        .last()
        .click({ timeout: 1000 })
        .catch(() => {});
      await tab.until(async () => (await buttons.count()) < before, 500);
    }
    await tab.quiet();
    for (const item of pending(model)) {
      // The time for an older one may be over, since each has a press of its own.
      const isBack = (await tab.row(shortId(item)).count()) > 0;
      if (mustUndo(model, item, pressedAt) || isBack) item.deleting = undefined;
      else endDeletes(model, [item]);
    }
  },
};

const wait: Action = {
  name: 'wait until deletes are sent',
  weight: 2,
  can: (model) => pending(model).length > 0,
  act: (world) => settleDeletes(world),
};

/** Waits until no delete waits for Undo. */
export async function settleDeletes(world: World) {
  const { tab, model } = world;
  if (pending(model).length === 0) return;
  const waiting = tab.notes.getByRole('status').filter({ hasText: SAYS.deleting });
  const isOver = await tab.until(async () => (await waiting.count()) === 0, LONGEST);
  await tab.quiet();
  if (!isOver) throw new Fault(['hangs'], 'A delete waits for Undo for more than twelve seconds.');
  endDeletes(model, pending(model));
}

const addAgain: Action = {
  name: 'add deleted messages again',
  weight: 5,
  can: (model) => model.deletions.length > 0 && pending(model).length === 0,
  act: async (world) => {
    await world.tab.queueAction(NAMES.addAgainMenu);
    await addThemAgain(world);
  },
};

async function addThemAgain(world: World) {
  const { tab, model, ground } = world;
  const start = tab.dialog.getByRole('button', { name: NAMES.addAgainStart });
  const [, inDoubt = '0'] = SAYS.maybeBefore.exec(await tab.dialog.innerText()) ?? [];
  await tab.press(start, 6000);
  const report = await plainJob(world);
  const sight = await ground.look();
  const { unknown } = match(model, 'source', sight.source);
  takeAdded(model, unknown, report, Number(inDoubt));
}

/**
 * Messages that were added again must have the last text of the deleted ones; `inDoubt`: how many may have been gone
 * before, as reported.
 */
function takeAdded(model: Model, unknown: Seen[], report: Report, inDoubt: number) {
  const [newest] = model.deletions;
  if (!newest) return;
  const added = unknown.map(({ text }) => text);
  const wrong: string[] = [];
  const kinds = new Set<string>();
  let saidInDoubt = inDoubt;
  for (const one of unknown) {
    const from = model.deletions.find(({ sure, maybe }) => sure.includes(one.text) || maybe.includes(one.text));
    // The page still had a message that another consumer deleted during its lease, until the clear.
    const isUnseen = model.items.some((item) => item.gone && item.stale && item.text === one.text);
    if (from) {
      drop(from, one.text);
    } else if (!isUnseen && !(model.items.some(({ gone, text }) => gone && text === one.text) && saidInDoubt-- > 0)) {
      const isOld = model.deletions.some(({ sure }) => sure.some((text) => keyOf(text) === keyOf(one.text)));
      kinds.add(isOld ? 'old text' : 'revived');
      wrong.push(`${brief(one.text)} was added, ${isOld ? 'which is an old text' : 'which was deleted before'}`);
    }
    addItem(model, { key: keyOf(one.text) ?? '?', text: one.text, id: one.id });
  }
  // Several deletes may be one deletion by then; a clear is one by itself.
  const missing = newest.what === 'cleared' ? newest.sure.filter((text) => !added.includes(text)) : [];
  for (const text of missing) {
    kinds.add('lost');
    wrong.push(`${brief(text)} was not added`);
  }
  if (report.done !== added.length) {
    kinds.add('words');
    wrong.push(`${added.length} were added, and the report says ${report.done}`);
  }
  const expected = newest.sure.map((text) => `to add  ${exact(text)}`);
  model.deletions = model.deletions.filter((one) => one !== newest && one.sure.length + one.maybe.length > 0);
  if (wrong.length > 0)
    throw new Fault(
      [...kinds],
      wrong.join('; '),
      expected,
      added.map((text) => `added   ${exact(text)}`),
    );
}

function drop(deletion: Deletion, text: string) {
  for (const list of [deletion.sure, deletion.maybe]) {
    const at = list.indexOf(text);
    if (at !== -1) list.splice(at, 1);
  }
}

const clear: Action = {
  name: 'clear the queue',
  weight: 3,
  whileBusy: true,
  ways: ['', 'and add again'],
  can: (model) => liveIn(model, 'source').length > 0,
  async act(world, { how }) {
    const { tab, model, ground } = world;
    const rows = await tab.readRows();
    const isShown = ({ id }: Item) => rows.some(({ short }) => id?.startsWith(short));
    await tab.queueAction(NAMES.clear);
    await tab.dialog.getByRole('textbox').fill(ground.names.source);
    await tab.ask(tab.dialog.getByRole('button', { name: NAMES.clear }));
    mustHave(await tab.until(async () => (await tab.dialog.count()) === 0, 8000), 'It was not cleared.');
    await tab.quiet();
    const live = liveIn(model, 'source');
    const meant = live.filter(({ deleting }) => deleting === undefined);
    const job = model.running;
    // A job that changes texts may have reached it or not.
    const changed = job?.change === undefined ? [] : meant.filter((item) => job.items.includes(item));
    const known = meant.filter(
      (item) => isShown(item) && !item.stale && !item.vague && item.maybe.length === 0 && !changed.includes(item),
    );
    for (const item of live) Object.assign(item, { gone: true, deleting: undefined });
    if (job) Object.assign(job, { ended: 'cleared', cleared: new Set([...job.cleared, ...meant]) });
    const old = [
      ...meant.filter(({ stale, vague }) => stale || vague).flatMap(({ older }) => older),
      ...meant.flatMap(({ maybe }) => maybe),
      ...changed.map(({ text }) => job?.change?.(text) ?? text),
    ];
    const sure = known.map(({ text }) => text);
    if (sure.length > 0)
      model.deletions.unshift({ what: 'cleared', sure, maybe: [...meant.map(({ text }) => text), ...old] });
    if (how === '' || sure.length === 0 || model.running) return;
    // The notification of an earlier clear may still be there.
    await tab.press(tab.notes.getByRole('button', { name: NAMES.addAgain }).last());
    await addThemAgain(world);
  },
};

export const DELETES = [remove, removeInARow, removeWithOthersChecked, undo, wait, addAgain, clear];
