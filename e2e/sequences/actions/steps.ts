import type { Locator } from '@playwright/test';
import { Fault } from '../fault';
import { listed, plainJob, startJob } from '../jobs';
import { heldByPage, type Item, type JobKind, setText, shortId, touch } from '../model';
import { brief } from '../text';
import { NAMES } from '../words';
import type { World } from '../world';
import { type Action, mustHave } from './action';
import { changing, check, fillHidden, hasAny, inRows, slowOf, upsetOf, whole } from './bulk';

// Jobs of several steps by one dialog, their undo, and the tray of leases.

type Step = 'change' | 'send' | 'delete' | 'hide';
const STEP_NAMES: Record<Step, string> = {
  change: 'Change text',
  send: 'Send to',
  delete: 'Delete here',
  hide: 'Set visibility',
};
/** With which the dialog opens. */
const USUAL: readonly Step[] = ['change', 'send', 'delete'];

/** Before the semicolon the steps, after it how. */
const WAYS = [
  'change send delete',
  'change send delete; slowly',
  'change send delete; slowly',
  'change send delete; refuse POST',
  'change send delete; lose POST',
  'change send delete; refuse DELETE',
  'change send delete; lose DELETE',
  'send delete',
  'send delete; slowly',
  'change send',
  'change send; slowly',
  'change send; lose POST',
  'send',
  'change',
  'change; slowly',
  'change hide',
  'change hide; slowly',
  'hide',
] as const;

const kindOf = (steps: readonly Step[]): JobKind =>
  steps.includes('send')
    ? steps.includes('delete')
      ? 'move'
      : 'copy'
    : steps.includes('hide')
      ? 'visibility'
      : 'text';

/** Takes away and adds steps until the dialog has these. */
async function chooseSteps({ tab }: World, dialog: Locator, steps: readonly Step[]) {
  for (const step of USUAL)
    if (!steps.includes(step))
      await tab.press(dialog.getByRole('button', { name: NAMES.removeStep(STEP_NAMES[step]), exact: true }));
  for (const step of steps) {
    if (USUAL.includes(step)) continue;
    await tab.press(dialog.getByRole('button', { name: NAMES.addStep }));
    await tab.press(tab.page.getByRole('menuitem', { name: STEP_NAMES[step], exact: true }));
  }
}

type Meant = { items: Item[]; isWhole?: boolean; open: () => Promise<void> };

function work(world: World, how: string, { items, isWhole = false, open }: Meant) {
  const [named = ''] = how.split(';');
  const steps = named.split(' ') as Step[];
  // Which of the two ways to change is drawn with the number of edits, so that both are played.
  const change = steps.includes('change')
    ? changing(world, world.model.edits % 2 === 0 ? 'JSON value' : 'find and replace')
    : undefined;
  return startJob(world, {
    kind: kindOf(steps),
    items,
    isWhole,
    open,
    async fill(dialog) {
      await chooseSteps(world, dialog, steps);
      await change?.fill(dialog);
      if (steps.includes('hide')) await fillHidden(dialog);
    },
    ...(change && { change: change.change }),
    isSlow: slowOf(how),
    upset: upsetOf(how),
  });
}

const workOnAll: Action = {
  name: 'work in steps on all:',
  weight: 7,
  ways: WAYS,
  can: (model) => hasAny(model) && model.items.filter(({ side, gone }) => side === 'target' && !gone).length < 14,
  act: (world, { how }) =>
    work(world, how, {
      items: whole(world.model),
      isWhole: true,
      open: () => world.tab.queueAction(NAMES.workInSteps),
    }),
};

const workOnSome: Action = {
  name: 'work in steps on selected messages:',
  weight: 7,
  from: inRows,
  most: 3,
  ways: WAYS,
  act: (world, { items, how }) =>
    work(world, how, {
      items,
      async open() {
        await check(world, items);
        await world.tab.selectionAction(NAMES.workInSteps);
      },
    }),
};

/** The button is there as long as a message is leased still. */
const undoChange: Action = {
  name: 'undo a change of texts by its report',
  weight: 5,
  can: ({ changes }) => changes.length > 0,
  async act(world) {
    const { tab, model, ground } = world;
    const done = model.changes.pop();
    if (!done) return;
    const held = done.changed.filter(({ item }) => item.hold === 'page' && !item.vague && !item.gone);
    await tab.press(listed(world, done.number).getByRole('button', { name: NAMES.undo }));
    const report = await plainJob(world);
    const wrong: string[] = [];
    // What was edited since keeps its text.
    const meant = held.filter(({ item, after }) => item.text === after && item.deleting === undefined);
    for (const { item, before } of meant) setText(item, before);
    if (report.done !== meant.length)
      wrong.push(`${meant.length} texts were to be restored, and the report says ${report.done}`);
    await ground.look();
    if (wrong.length > 0) throw new Fault(['words'], wrong.join('; '), [], [`report: ${report.words}`]);
  },
};

const useTray: Action = {
  name: 'in the tray of leases,',
  weight: 5,
  whileBusy: true,
  from: (model) => heldByPage(model).filter(({ vague }) => !vague),
  most: 3,
  ways: ['release', 'extend', 'delete'],
  async act(world, { items, how }) {
    const { tab, model } = world;
    await tab.press(tab.page.getByRole('button', { name: NAMES.leases }));
    const tray = tab.page.getByRole('complementary', { name: NAMES.leaseTray });
    await tray.waitFor({ timeout: 8000 });
    try {
      for (const item of items)
        await tab.press(tray.getByRole('checkbox', { name: NAMES.selectLease(shortId(item)) }), 2000);
      const bar = tray.getByRole('toolbar', { name: NAMES.leasesSelected });
      const asked = Date.now();
      const button = bar.getByRole('button', { name: new RegExp(`^${how}`, 'i') });
      // A delete waits for Undo, so that it sends nothing yet.
      if (how === 'delete') await tab.press(button);
      else await tab.ask(button);
      mustHave((await tab.dialog.count()) === 0, 'It asks first.');
      for (const item of items) {
        if (how === 'release') item.hold = 'none';
        if (how === 'delete') item.deleting = asked;
        touch(model, item, how as 'release' | 'extend' | 'delete');
      }
      const texts = await tray.innerText();
      const left = items.filter((item) => how === 'release' && !model.running && texts.includes(brief(item.text)));
      if (left.length > 0) throw new Fault(['rows'], `The tray still shows ${left.map(({ name }) => name).join(', ')}`);
    } finally {
      const close = tray.getByRole('button', { name: 'Close leases' });
      if (await close.isVisible()) await close.click();
    }
  },
};

export const STEPS = [workOnAll, workOnSome, undoChange, useTray];
