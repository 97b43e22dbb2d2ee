import { addItem, free, heldByPage, type Item, liveIn, mustUndo, pending, setText, touch } from '../model';
import { openTab } from '../tab';
import { edited, keyOf, typed } from '../text';
import { NAMES } from '../words';
import type { World } from '../world';
import { type Action, setMode } from './action';
import { receiveByOther } from './leases';

// Events from elsewhere: another consumer, another tab, a reload, a change of what is shown.

const otherReceives: Action = {
  name: 'another consumer receives',
  weight: 3,
  whileBusy: true,
  ways: ['1', '2'],
  can: (model) => free(model).length > 0,
  act: (world, { how }) => receiveByOther(world, Number(how)),
};

const otherActs: Action = {
  name: 'another consumer, with what it holds,',
  weight: 4,
  whileBusy: true,
  ways: ['changes the text and shows it', 'deletes', 'shows it again'],
  from: (model) => liveIn(model, 'source').filter(({ hold, receipt }) => hold === 'other' && receipt !== undefined),
  async act({ ground, model }, { items: [item], how }) {
    if (!item?.id || item.receipt === undefined) return;
    const { source } = ground.clients;
    item.stale = true;
    if (how === 'deletes') {
      await source.deleteMessage(item.id, item.receipt);
      item.gone = true;
      return;
    }
    const text = how.startsWith('changes') ? edited(item.text, ++model.edits) : undefined;
    await source.updateMessage(item.id, item.receipt, text, 0);
    if (text !== undefined) setText(item, text);
    Object.assign(item, { hold: 'none', receipt: undefined });
  },
};

/** As after a lease that ended unnoticed: another consumer received a message that the page takes for its own. */
const takeOver: Action = {
  name: 'another consumer gets what the page holds,',
  weight: 3,
  ways: ['and changes the text', 'and shows it again', 'and deletes it'],
  from: (model) => heldByPage(model).filter(({ vague }) => !vague),
  async act({ ground, model, wire }, { items: [item], how }) {
    const receipt = item?.id === undefined ? undefined : wire.receiptOf(item.id);
    if (!item?.id || receipt === undefined) return;
    const { source } = ground.clients;
    model.hasOthers = true;
    Object.assign(item, { vague: true, stale: true });
    if (how === 'and deletes it') {
      await source.deleteMessage(item.id, receipt);
      item.gone = true;
      return;
    }
    const text = how === 'and changes the text' ? edited(item.text, ++model.edits) : undefined;
    const hides = text === undefined ? 0 : 1200;
    const { popReceipt } = await source.updateMessage(item.id, receipt, text, hides);
    if (text !== undefined) setText(item, text);
    Object.assign(item, hides === 0 ? { hold: 'none' } : { hold: 'other', receipt: popReceipt });
  },
};

const secondTab: Action = {
  name: 'in a second tab,',
  weight: 3,
  whileBusy: true,
  ways: ['receive 16', 'add a message'],
  async act(world, { how }) {
    const { context, ground, wire, model } = world;
    const tab = openTab(await context.newPage(), ground, wire);
    Object.assign(model, { hasOthers: true, sendsAt: Date.now() });
    try {
      await tab.open();
      await tab.quiet();
      if (how === 'receive 16') {
        await tab.mode('receive');
        await wire.takeHanded();
        await tab.ask(tab.page.getByRole('button', { name: NAMES.receive16 }));
        for (const { id, dequeueCount, page } of await wire.takeHanded()) {
          const item = model.items.find((one) => one.id === id);
          // A job of the first tab may have received some of them.
          if (!item || page !== tab.page) continue;
          Object.assign(item, { hold: 'other', dequeueCount, stale: true });
          touch(model, item, 'receive');
        }
      } else {
        const text = typed(`n${++model.made}`);
        await tab.press(tab.page.getByRole('button', { name: NAMES.add }));
        const dialog = tab.page.getByRole('dialog', { name: NAMES.adder });
        await dialog.getByRole('textbox', { name: NAMES.body }).fill(text);
        const addedAt = Date.now();
        await tab.ask(dialog.getByRole('button', { name: NAMES.add }));
        addItem(model, { key: keyOf(text) ?? '', text, stale: true, addedAt });
      }
    } finally {
      await tab.page.close();
    }
  },
};

const reload: Action = {
  name: 'reload the page',
  weight: 3,
  ways: ['', 'and release what was kept'],
  can: (model) => pending(model).length < 2,
  async act(world, { how }) {
    const { tab, model, wire, ground } = world;
    const left = Date.now();
    const waiting = pending(model);
    tab.page.once('dialog', (dialog) => void dialog.accept().catch(() => {}));
    await tab.page.reload();
    wire.forget();
    await tab.page.getByRole('radio', { name: NAMES.mode.peek }).waitFor();
    await tab.quiet();
    forgetTab(world);
    const held = liveIn(model, 'source').filter(({ hold }) => hold === 'page' || hold === 'kept');
    for (const item of held) item.hold = 'kept';
    await settleOnLeave(world, waiting, left);
    if (how === '' || !held.some(({ gone }) => !gone)) return;
    await tab.ask(tab.page.getByRole('button', { name: NAMES.releaseKept }));
    const { source } = await ground.look();
    for (const item of held) {
      // After a lost answer the receipt is not known.
      if (!item.vague || source.visible.some(({ id }) => id === item.id))
        item.hold = item.hold === 'other' ? 'other' : 'none';
    }
  },
};

function forgetTab({ model }: World) {
  Object.assign(model, { jobs: 0, ended: [], moves: [], changes: [], deletions: [], browsed: undefined });
  for (const item of model.items) item.stale = false;
}

/** A delete that waits for Undo when the page is left is not sent; one whose time was nearly over may have been sent before. */
async function settleOnLeave({ ground, model }: World, waiting: Item[], left: number) {
  const [only] = waiting;
  if (!only) return;
  const isSurelyLeft = mustUndo(model, only, left);
  only.deleting = undefined;
  if (isSurelyLeft) return;
  const { source } = await ground.look();
  const hidden = liveIn(model, 'source').filter(({ hold }) => hold !== 'none').length;
  if (source.count - source.visible.length < hidden) only.gone = true;
}

const peekCount: Action = {
  name: 'set "Messages to peek" to',
  weight: 3,
  ways: ['2', '5', '32'],
  async act(world, { how }) {
    const { tab, model } = world;
    await setMode(world, 'peek');
    const field = tab.page.getByRole('spinbutton', { name: NAMES.peekCount });
    if (!(await field.isVisible())) return;
    await field.fill(how);
    await field.blur();
    await tab.quiet();
    model.peekCount = Number(how);
  },
};

const refresh: Action = {
  name: 'refresh',
  weight: 2,
  whileBusy: true,
  async act({ tab, model }) {
    await tab.queueAction(NAMES.refresh);
    await tab.quiet();
    model.browsed = undefined;
    for (const item of model.items) item.stale = false;
  },
};

export const OTHERS = [otherReceives, otherActs, takeOver, secondTab, reload, peekCount, refresh];
