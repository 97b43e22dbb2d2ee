import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { Fault } from '../fault';
import { listed, plainJob, retryJob, startJob } from '../jobs';
import { addItem, believed, free, type Item, liveIn, type Model, shortId, type Upset } from '../model';
import { exact, FOUND, keyOf, textOf, withReplaced, withValue } from '../text';
import { NAMES } from '../words';
import { match, type World } from '../world';
import { type Action, mustHave } from './action';

/** The messages that a job for the whole queue works on. */
export const whole = (model: Model) => [...new Set([...believed(model), ...free(model)])];
/** Messages whose rows are certainly there. */
export const inRows = (model: Model) => {
  const all = free(model).length <= model.peekCount ? whole(model) : believed(model);
  return all.filter(({ id, stale, vague }) => !stale && !vague && (model.browsed?.has(id ?? '') ?? true));
};
export const hasAny = (model: Model) => whole(model).length > 0;
export const slowOf = (how: string) => how.includes('slowly');
export const upsetOf = (how: string): Upset | undefined => {
  const upsets = ['refuse POST', 'lose POST', 'refuse DELETE', 'lose DELETE'] as const;
  return upsets.find((upset) => how.endsWith(upset));
};
const toTarget = (world: World) => (dialog: Locator) =>
  dialog.getByRole('combobox', { name: NAMES.toQueue }).fill(world.ground.names.target);
export const check = ({ tab }: World, items: Item[]) => tab.check(items.map(shortId));

const MOVES = [
  '',
  '',
  'slowly',
  'slowly',
  'slowly',
  'refuse POST',
  'lose POST',
  'refuse DELETE',
  'lose DELETE',
] as const satisfies readonly string[];

const moveAll: Action = {
  name: 'move all',
  weight: 7,
  ways: MOVES,
  can: hasAny,
  act: (world, { how }) =>
    startJob(world, {
      kind: 'move',
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.queueAction(NAMES.moveAll),
      fill: toTarget(world),
      isSlow: slowOf(how),
      upset: upsetOf(how),
    }),
};

const redrive: Action = {
  name: 'redrive',
  weight: 2,
  ways: ['', 'slowly'],
  can: hasAny,
  act: (world, { how }) =>
    startJob(world, {
      kind: 'move',
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.press(world.tab.page.getByRole('button', { name: NAMES.redrive })),
      isSlow: slowOf(how),
    }),
};

const moveSome: Action = {
  name: 'move selected messages',
  weight: 3,
  from: inRows,
  most: 3,
  ways: ['', 'slowly', 'refuse POST', 'refuse DELETE'],
  act: (world, { items, how }) =>
    startJob(world, {
      kind: 'move',
      items,
      async open() {
        await check(world, items);
        await world.tab.press(world.tab.selectionBar.getByRole('button', { name: NAMES.move }));
      },
      fill: toTarget(world),
      isSlow: slowOf(how),
      upset: upsetOf(how),
    }),
};

const copyAll: Action = {
  name: 'copy all',
  weight: 4,
  ways: ['', 'slowly', 'slowly', 'refuse POST', 'refuse POST', 'lose POST'],
  can: (model) => hasAny(model) && liveIn(model, 'target').length < 12,
  act: (world, { how }) =>
    startJob(world, {
      kind: 'copy',
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.queueAction(NAMES.copyAll),
      fill: toTarget(world),
      isSlow: slowOf(how),
      upset: upsetOf(how),
    }),
};

const copySome: Action = {
  name: 'copy selected messages',
  weight: 2,
  from: inRows,
  most: 2,
  act: (world, { items }) =>
    startJob(world, {
      kind: 'copy',
      items,
      async open() {
        await check(world, items);
        await world.tab.selectionAction(NAMES.copyTo);
      },
      fill: toTarget(world),
      isSlow: false,
    }),
};

const requeue: Action = {
  name: 'requeue selected messages',
  weight: 3,
  from: inRows,
  most: 3,
  async act(world, { items }) {
    const { tab, model, ground, wire } = world;
    await check(world, items);
    await tab.selectionAction(NAMES.requeue);
    await tab.press(tab.dialog.getByRole('button', { name: NAMES.begin }), 6000);
    const report = await plainJob(world);
    const { source } = await ground.look();
    const { unknown } = match(model, 'source', source);
    const wrong: string[] = [];
    for (const item of items) {
      const at = unknown.findIndex(({ text }) => text === item.text);
      const [added] = at === -1 ? [] : unknown.splice(at, 1);
      if (!added) wrong.push(`${item.name} was not added again`);
      if (!wire.isRemoved(item.id ?? '')) wrong.push(`${item.name} was not deleted`);
      Object.assign(item, { gone: true });
      addItem(model, { key: item.key, text: item.text, id: added?.id, older: [...item.older] });
    }
    if (report.done !== items.length) wrong.push(`${items.length} were requeued, and the report says ${report.done}`);
    if (wrong.length > 0) throw new Fault(['not done'], wrong.join('; '), [], [`report: ${report.words}`]);
  },
};

const undoMove: Action = {
  name: 'undo a move by its report',
  weight: 5,
  can: ({ moves }) => moves.length > 0,
  async act(world) {
    const { tab, model, ground } = world;
    const done = model.moves.pop();
    if (!done) return;
    await tab.press(listed(world, done.number).getByRole('button', { name: NAMES.undo }));
    const report = await plainJob(world);
    const { source, target } = await ground.look();
    const { unknown } = match(model, 'source', source);
    const { seen } = match(model, 'target', target);
    const wrong: string[] = [];
    for (const { item, copy } of done.moved) {
      const at = unknown.findIndex(({ text }) => text === item.text);
      const [added] = at === -1 ? [] : unknown.splice(at, 1);
      if (!added) wrong.push(`${item.name} is not back`);
      if (seen.has(copy)) wrong.push(`the copy of ${item.name} is still there`);
      copy.gone = true;
      addItem(model, { key: item.key, text: item.text, id: added?.id, older: [...item.older] });
    }
    if (report.done !== done.moved.length)
      wrong.push(`${done.moved.length} were moved back, and the report says ${report.done}`);
    if (wrong.length > 0) throw new Fault(['not done'], wrong.join('; '), [], [`report: ${report.words}`]);
  },
};

const CHANGES = ['JSON value', 'find and replace', 'JSON value, slowly', 'find and replace, slowly'] as const;

export function changing({ model, tab }: World, how: string) {
  if (!how.startsWith('JSON')) {
    return {
      change: withReplaced,
      async fill(dialog: Locator) {
        await tab.press(dialog.getByRole('radio', { name: NAMES.findAndReplace }));
        await dialog.getByRole('textbox', { name: NAMES.findText }).fill(FOUND.find);
        await dialog.getByRole('textbox', { name: NAMES.replaceWith }).fill(FOUND.replacement);
      },
    };
  }
  const value = ++model.edits;
  return {
    change: (text: string) => withValue(text, value),
    async fill(dialog: Locator) {
      await tab.press(dialog.getByRole('radio', { name: NAMES.jsonValue }));
      await dialog.getByRole('textbox', { name: NAMES.path }).fill('j');
      await dialog.getByRole('textbox', { name: NAMES.newValue }).fill(String(value));
    },
  };
}

const changeAll: Action = {
  name: 'change the text of all',
  weight: 5,
  ways: CHANGES,
  can: hasAny,
  act: (world, { how }) =>
    startJob(world, {
      kind: 'text',
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.queueAction(NAMES.changeTextOfAll),
      ...changing(world, how),
      isSlow: slowOf(how),
    }),
};

const changeSome: Action = {
  name: 'change the text of selected messages',
  weight: 4,
  from: inRows,
  most: 3,
  ways: CHANGES,
  act: (world, { items, how }) =>
    startJob(world, {
      kind: 'text',
      items,
      async open() {
        await check(world, items);
        await world.tab.selectionAction(NAMES.changeText);
      },
      ...changing(world, how),
      isSlow: slowOf(how),
    }),
};

/** Longer than any sequence, and shorter than the time to the last look. */
export const fillHidden = async (dialog: Locator) => {
  await dialog.getByRole('combobox', { name: NAMES.unitOfHiddenFor }).selectOption({ label: NAMES.minutes });
  await dialog.getByRole('spinbutton', { name: NAMES.hiddenFor, exact: true }).fill('20');
};

const hideAll: Action = {
  name: 'set the visibility of all',
  weight: 2,
  ways: ['', 'slowly'],
  can: hasAny,
  act: (world, { how }) =>
    startJob(world, {
      kind: 'visibility',
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.queueAction(NAMES.setVisibilityOfAll),
      fill: fillHidden,
      isSlow: slowOf(how),
    }),
};

const hideSome: Action = {
  name: 'set the visibility of selected messages',
  weight: 2,
  from: inRows,
  most: 2,
  act: (world, { items }) =>
    startJob(world, {
      kind: 'visibility',
      items,
      async open() {
        await check(world, items);
        await world.tab.selectionAction(NAMES.setVisibility);
      },
      fill: fillHidden,
      isSlow: false,
    }),
};

const deleteMany: Action = {
  name: 'delete unleased messages by the dialog',
  weight: 3,
  from: (model) => inRows(model).filter(({ hold }) => hold === 'none'),
  most: 3,
  ways: ['', '', 'slowly'],
  act: (world, { items, how }) =>
    startJob(world, {
      kind: 'delete',
      items,
      async open() {
        await check(world, items);
        await world.tab.press(world.tab.selectionBar.getByRole('button', { name: NAMES.deleteButton }));
      },
      isSlow: slowOf(how),
    }),
};

const retry: Action = {
  name: 'retry what failed',
  weight: 9,
  can: (model) => model.ended.length > 0,
  async act(world) {
    const job = world.model.ended.at(-1);
    if (job) await retryJob(world, job);
  },
};

/** Retries a job whose failures were all retried successfully: there must be nothing to do. */
const retryOnceMore: Action = {
  name: 'press Retry failed of every earlier job',
  weight: 3,
  can: (model) => model.jobs > 1 && model.ended.length === 0,
  async act(world) {
    const { tab, model } = world;
    const before = model.jobs;
    for (let number = 1; number <= before; number++) {
      const button = listed(world, number).getByRole('button', { name: NAMES.retry });
      if (!(await button.isVisible())) continue;
      await button.click();
      await tab.quiet();
      // The dialog may say that nothing is left, without a job.
      const isNew = await tab.until(async () => (await tab.jobItems.count()) > model.jobs, 600);
      if (isNew) await plainJob(world);
    }
  },
};

const pause: Action = {
  name: 'pause the job',
  weight: 3,
  whileBusy: true,
  can: ({ running }) => running !== undefined,
  async act(world) {
    await world.tab.press(listed(world, world.model.jobs).getByRole('button', { name: NAMES.pause }), 600);
  },
};

const cancel: Action = {
  name: 'cancel the job',
  weight: 3,
  whileBusy: true,
  can: ({ running }) => running !== undefined,
  async act(world) {
    await world.tab.press(listed(world, world.model.jobs).getByRole('button', { name: NAMES.cancel }), 600);
    if (world.model.running) world.model.running.ended ??= 'cancelled';
  },
};

const exportAll: Action = {
  name: 'export all',
  weight: 3,
  can: hasAny,
  async act(world) {
    const items = whole(world.model);
    await world.tab.press(world.tab.page.getByRole('button', { name: NAMES.exporting }));
    await readExport(world, items);
  },
};

const exportSome: Action = {
  name: 'export selected messages',
  weight: 2,
  from: inRows,
  most: 3,
  async act(world, { items }) {
    await check(world, items);
    await world.tab.press(world.tab.selectionBar.getByRole('button', { name: NAMES.exporting }));
    await readExport(world, items);
  },
};

async function readExport(world: World, items: Item[]) {
  const { tab } = world;
  const download = tab.page.waitForEvent('download', { timeout: 20_000 });
  download.catch(() => {});
  await tab.press(tab.dialog.getByRole('button', { name: NAMES.begin }), 6000);
  const report = await plainJob(world);
  const file = await readFile(await (await download).path(), 'utf8');
  const texts = file
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const left = [...items];
  const wrong: string[] = [];
  const kinds = new Set<string>();
  for (const text of texts) {
    const at = left.findIndex((item) => item.key === keyOf(text) && (item.text === text || item.maybe.includes(text)));
    if (at !== -1) {
      left.splice(at, 1);
      continue;
    }
    const old = left.findIndex((item) => item.key === keyOf(text));
    const [meant] = old === -1 ? [] : left.splice(old, 1);
    if (meant && (meant.vague || meant.stale)) continue;
    // A message that another consumer deleted during the page's lease is exported as it was last seen.
    if (!meant && world.model.items.some((item) => item.gone && item.stale && item.text === text)) continue;
    kinds.add(meant ? 'old text' : 'revived');
    wrong.push(`the file has ${exact(text)}, which is ${meant ? 'an old text' : 'not among what was exported'}`);
  }
  for (const item of left.filter(({ vague, stale }) => !vague && !stale)) {
    kinds.add('lost');
    wrong.push(`the file does not have ${exact(item.text)}`);
  }
  if (report.done !== texts.length) {
    kinds.add('words');
    wrong.push(`the file has ${texts.length}, and the report says ${report.done}`);
  }
  if (wrong.length > 0)
    throw new Fault(
      [...kinds],
      wrong.join('; '),
      items.map(({ text }) => `file    ${exact(text)}`),
      texts.map((text) => `file    ${exact(text)}`),
    );
}

const importFile: Action = {
  name: 'import a file of two messages',
  weight: 2,
  can: (model) => liveIn(model, 'source').length < 9,
  async act(world) {
    const { tab, model } = world;
    const texts = [1, 2].map((end) => textOf(`i${++model.made}x${end}`));
    await tab.press(tab.page.getByRole('button', { name: NAMES.importing }));
    await tab.dialog.getByLabel(NAMES.file).setInputFiles({
      name: 'messages.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(texts.map((text) => `${JSON.stringify({ text })}\n`).join('')),
    });
    // It names the number once the file is checked, and is off before.
    await tab.press(tab.dialog.getByRole('button', { name: `Import ${texts.length} messages` }), 6000);
    const report = await plainJob(world);
    mustHave(report.done === texts.length, 'It was not imported.');
    for (const text of texts) addItem(model, { key: keyOf(text) ?? '', text });
  },
};

export const BULK = [
  moveAll,
  redrive,
  moveSome,
  copyAll,
  copySome,
  requeue,
  undoMove,
  changeAll,
  changeSome,
  hideAll,
  hideSome,
  deleteMany,
  retry,
  retryOnceMore,
  pause,
  cancel,
  exportAll,
  exportSome,
  importFile,
];
