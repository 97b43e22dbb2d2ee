import { Fault } from '../fault';
import { addItem, heldByPage, type Item, setText, shortId, touch } from '../model';
import { brief, edited, keyOf, typed } from '../text';
import { NAMES, SAYS } from '../words';
import type { World } from '../world';
import { type Action, mustHave } from './action';

const edit: Action = {
  name: 'edit and save',
  weight: 6,
  whileBusy: true,
  from: heldByPage,
  ways: ['keep the lease', 'keep the lease', 'release', 'keep the lease, answer lost'],
  async act(world, { items: [item], how }) {
    if (!item) return;
    const { tab, model, wire } = world;
    const next = edited(item.text, ++model.edits);
    const dialog = await openEditor(world, shortId(item));
    const body = dialog.getByRole('textbox', { name: NAMES.body });
    const shown = brief(await body.innerText());
    if (!model.running && !item.vague && !item.stale && item.older.some((text) => brief(text) === shown))
      throw new Fault(['old text'], `The editor begins with ${shown}, and ${item.name} is ${brief(item.text)}`);
    await body.fill(next);
    const after = how === 'release' ? NAMES.afterSaving.release : NAMES.afterSaving.keep;
    await tab.press(dialog.getByRole('radio', { name: after }));
    const trap = how.endsWith('lost') ? await wire.lose('PUT', new RegExp(`/messages/${item.id}`)) : undefined;
    const wasLost = await tab.ask(dialog.getByRole('button', { name: NAMES.save }), trap);
    const isSaved = await tab.until(async () => (await dialog.count()) === 0, wasLost ? 1000 : 4000);
    if (wasLost) {
      // The text was saved without the page knowing.
      setText(item, next);
      item.vague = true;
      touch(model, item, 'edit');
      return;
    }
    mustHave(isSaved, 'It was not saved.');
    setText(item, next);
    if (how === 'release') item.hold = 'none';
    touch(model, item, how === 'release' ? 'release' : 'edit');
  },
};

async function openEditor({ tab }: World, short: string) {
  const details = await tab.openDetails(short);
  await tab.press(details.getByRole('button', { name: NAMES.edit }));
  const dialog = tab.page.getByRole('dialog', { name: NAMES.editor });
  await dialog.getByRole('textbox', { name: NAMES.body }).waitFor({ timeout: 8000 });
  return dialog;
}

const editOverOther: Action = {
  name: 'edit, while another consumer changes the text;',
  weight: 2,
  ways: ['lease it again in the editor, and save', 'leave the editor, lease it, and edit again'],
  from: (model) => heldByPage(model).filter(({ vague }) => !vague),
  async act(world, { items: [item], how }) {
    if (!item?.id) return;
    const { tab, model, ground, wire } = world;
    const [theirs, ours] = [edited(item.text, ++model.edits), edited(item.text, ++model.edits)];
    const dialog = await openEditor(world, shortId(item));
    await dialog.getByRole('textbox', { name: NAMES.body }).fill(ours);
    await ground.clients.source.updateMessage(item.id, wire.receiptOf(item.id) ?? '', theirs, 0);
    model.hasOthers = true;
    setText(item, theirs);
    Object.assign(item, { hold: 'none', vague: true, stale: true });
    await tab.press(dialog.getByRole('button', { name: NAMES.save }));
    const alert = dialog.getByRole('alert');
    await alert.first().waitFor({ timeout: 8000 });
    if (how.startsWith('leave')) return editAgain(world, item, ours);
    await tab.ask(dialog.getByRole('button', { name: NAMES.leaseAgain }));
    await tab.until(async () => (await alert.count()) === 0, 1500);
    const handed = (await wire.takeHanded()).findLast(({ id }) => id === item.id);
    mustHave(handed !== undefined, 'It was not leased again.');
    Object.assign(item, { hold: 'page', dequeueCount: handed?.dequeueCount });
    const shown = await dialog.innerText();
    const warns = shown.includes(`"e":${model.edits - 1}`) || (await alert.count()) > 0;
    const keepMine = dialog.getByRole('button', { name: NAMES.keepMine });
    if (await keepMine.isVisible()) await tab.press(keepMine);
    await tab.press(dialog.getByRole('button', { name: NAMES.saveAnyhow }));
    const isSaved = await tab.until(async () => (await dialog.count()) === 0, 3000);
    await tab.quiet();
    if (!isSaved) return;
    setText(item, ours);
    Object.assign(item, { vague: false, stale: false });
    if (!warns)
      throw new Fault(
        ['lost update'],
        `Save wrote over what another consumer had written, and the editor had not shown it: ${theirs}`,
      );
  },
};

/** A draft that could not be saved must not disappear silently. */
async function editAgain(world: World, item: Item, draft: string) {
  const { tab, wire } = world;
  await tab.tidy();
  const details = await tab.openDetails(shortId(item));
  await wire.takeHanded();
  await tab.press(details.getByRole('button', { name: NAMES.leaseIt }));
  mustHave(await tab.until(() => details.getByRole('timer').isVisible(), 8000), 'It was not leased.');
  await tab.quiet();
  const handed = (await wire.takeHanded()).findLast(({ id }) => id === item.id);
  Object.assign(item, { hold: 'page', vague: false, stale: false, dequeueCount: handed?.dequeueCount });
  const dialog = await openEditor(world, shortId(item));
  const isSaid = async () => {
    const words = await dialog.innerText();
    return words.includes(draft) || SAYS.draft.test(words);
  };
  if (!(await tab.until(isSaid, 1500)))
    throw new Fault(['draft lost'], `The draft of ${item.name} is gone without a word`, [draft]);
}

const add: Action = {
  name: 'add a message',
  weight: 4,
  whileBusy: true,
  ways: ['', '', 'and undo it', 'and the answer is lost'],
  async act(world, { how }) {
    const { tab, model, wire, ground } = world;
    const text = typed(`n${++model.made}`);
    await tab.press(tab.page.getByRole('button', { name: NAMES.add }));
    const dialog = tab.page.getByRole('dialog', { name: NAMES.adder });
    const body = dialog.getByRole('textbox', { name: NAMES.body });
    await body.waitFor({ timeout: 8000 });
    await body.fill(text);
    const path = new RegExp(`/${ground.names.source}/messages`);
    const trap = how.endsWith('lost') ? await wire.lose('POST', path) : undefined;
    const addedAt = Date.now();
    const wasLost = await tab.ask(dialog.getByRole('button', { name: NAMES.add }), trap);
    await tab.until(async () => (await dialog.count()) === 0, wasLost ? 1000 : 8000);
    const item = addItem(model, { key: keyOf(text) ?? '', text, addedAt });
    if (wasLost) item.stale = true;
    // A job for the whole queue may leave it or reach it.
    if (how !== 'and undo it') return;
    const toast = tab.notes.getByRole('status').filter({ hasText: SAYS.added });
    await tab.ask(toast.last().getByRole('button', { name: NAMES.undo }));
    item.gone = true;
  },
};

export const TEXTS = [edit, editOverOther, add];
