import { free, heldByPage, type Item, jobHas, liveIn, shortId, touch } from '../model';
import type { Wire } from '../wire';
import { NAMES, SAYS } from '../words';
import type { World } from '../world';
import { type Action, mustHave, setMode } from './action';

/** Seconds of a job's leases; no action here leases for so long. */
const JOB_LEASE_SECONDS = 120;

/** Marks messages that the service handed to the page as leased by it. */
async function takeHanded({ model, wire, tab }: World) {
  const handed = await wire.takeHanded();
  // A job may have received some of them: its leases have another length than a person's here.
  const rows = model.running && (await tab.readRows());
  for (const { id, dequeueCount, seconds } of handed) {
    const item = model.items.find((one) => one.id === id);
    if (!item) continue;
    item.dequeueCount = dequeueCount;
    if (seconds === JOB_LEASE_SECONDS && rows && !rows.some(({ short, leased }) => leased && id.startsWith(short)))
      continue;
    item.hold = 'page';
    item.vague = false;
    touch(model, item, 'receive');
  }
  return handed;
}

const receive: Action = {
  name: 'receive',
  weight: 7,
  whileBusy: true,
  ways: ['16', '16', '16', '1', '2', '16, answer lost'],
  can: (model) => free(model).length > 0 || model.running !== undefined,
  async act(world, { how }) {
    const { tab, wire, model } = world;
    await setMode(world, 'receive');
    await wire.takeHanded();
    const trap = how.endsWith('lost') ? await wire.lose('GET', /numofmessages=\d+&visibilitytimeout=/) : undefined;
    if (!how.startsWith('16')) await receiveFor(world, how, 300);
    else if (await tab.ask(tab.page.getByRole('button', { name: NAMES.receive16 }), trap)) {
      // Only the service knows which messages were in the lost answer, since it hides them.
      const { source } = await world.ground.look();
      for (const item of free(model))
        if (!source.visible.some(({ id }) => id === item.id))
          // A job that passes it may have it instead, and returns it.
          Object.assign(item, model.running ? { vague: true, stale: true } : { hold: 'nobody', stale: true });
      // Or a job returned it before, and it was in the answer as well.
      for (const item of model.items) if (item.hold === 'job') Object.assign(item, { vague: true, stale: true });
      model.hasOthers = true;
      return;
    }
    await takeHanded(world);
  },
};

async function receiveFor({ tab }: World, count: string, seconds: number) {
  const { page } = tab;
  await page.getByRole('spinbutton', { name: NAMES.countToReceive }).fill(count);
  await page.getByRole('combobox', { name: NAMES.unitOfTimeout }).selectOption({ label: NAMES.seconds });
  await page.getByRole('spinbutton', { name: NAMES.visibilityTimeout, exact: true }).fill(String(seconds));
  await tab.ask(page.getByRole('button', { name: NAMES.receive }));
}

const runOut: Action = {
  name: 'receive for two seconds, and let it run out',
  weight: 2,
  ways: ['nobody else comes', 'another consumer takes it'],
  can: (model) => free(model).length > 0,
  async act(world, { how }) {
    const { tab, wire, model, ground } = world;
    await setMode(world, 'receive');
    await wire.takeHanded();
    await receiveFor(world, '2', 2);
    const handed = await takeHanded(world);
    const ids = new Set(handed.map(({ id }) => id));
    model.hasOthers = true;
    const isVisible = async () => {
      const { source } = await ground.look();
      return source.visible.filter(({ id }) => ids.has(id)).length === ids.size;
    };
    mustHave(await tab.until(isVisible, 8000), 'The lease did not run out.');
    for (const item of model.items) if (item.id !== undefined && ids.has(item.id)) item.hold = 'none';
    if (how === 'another consumer takes it') await receiveByOther(world, 32);
  },
};

/** Another consumer receives from the front, for a long time. */
export async function receiveByOther({ ground, model }: World, count: number) {
  const { receivedMessageItems } = await ground.clients.source.receiveMessages({
    numberOfMessages: count,
    visibilityTimeout: 1200,
  });
  model.hasOthers = true;
  for (const { messageId, popReceipt, dequeueCount } of receivedMessageItems) {
    const item = model.items.find(({ id }) => id === messageId);
    if (!item) continue;
    Object.assign(item, { hold: 'other', receipt: popReceipt, dequeueCount, stale: true });
    touch(model, item, 'receive');
  }
}

const leaseIt: Action = {
  name: 'lease it',
  weight: 4,
  can: (model) => free(model).length <= model.peekCount || model.browsed !== undefined,
  from: (model) => free(model).filter(({ id, stale }) => !stale && (model.browsed?.has(id ?? '') ?? true)),
  async act(world, { items }) {
    const { tab, wire } = world;
    const [item] = items as [Item];
    const details = await tab.openDetails(shortId(item));
    await tab.press(details.getByRole('button', { name: NAMES.leaseIt }));
    const isLeased = await tab.until(() => details.getByRole('timer').isVisible(), 8000);
    await tab.quiet();
    mustHave(isLeased, 'It was not leased.');
    item.hold = 'page';
    for (const { id, dequeueCount } of await wire.takeHanded()) if (id === item.id) item.dequeueCount = dequeueCount;
  },
};

const extend: Action = {
  name: 'extend',
  weight: 3,
  whileBusy: true,
  from: heldByPage,
  ways: ['', '', 'and the answer is lost'],
  async act(world, { items: [item], how }) {
    if (!item) return;
    await onLease(world, item, NAMES.extend, how);
    touch(world.model, item, 'extend');
  },
};

const release: Action = {
  name: 'release',
  weight: 4,
  whileBusy: true,
  from: heldByPage,
  ways: ['', '', 'and the answer is lost'],
  async act(world, { items: [item], how }) {
    if (!item) return;
    const { wasLost, alerts } = await onLease(world, item, NAMES.release, how);
    // An uncertain message may belong to another consumer, and stays so.
    if (alerts === 0 || wasLost) item.hold = 'none';
    touch(world.model, item, 'release');
  },
};

const losing = (wire: Wire, item: Item, how: string) =>
  how.endsWith('lost') ? wire.lose('PUT', new RegExp(`/messages/${item.id}`)) : undefined;

/** Presses a button of the lease of an open message. */
async function onLease({ tab, wire }: World, item: Item, button: RegExp, how: string) {
  const details = await tab.openDetails(shortId(item));
  const trap = await losing(wire, item, how);
  const before = await tab.notes.getByRole('alert').count();
  const wasLost = await tab.ask(details.getByRole('button', { name: button }), trap);
  if (wasLost) item.vague = true;
  return { wasLost, alerts: (await tab.notes.getByRole('alert').count()) - before };
}

const releaseThem: Action = {
  name: 'release all that was received',
  weight: 3,
  whileBusy: true,
  can: (model) => heldByPage(model).length > 0,
  async act({ tab, model, wire }) {
    const button = tab.page.getByRole('button', { name: NAMES.releaseThem });
    const pressedAt = Date.now();
    if (model.running) {
      // Messages of the job are not meant: the button is gone while it has them all, and its requests go on.
      await tab.press(button, 600);
      await tab.until(async () => (await tab.notes.getByText(SAYS.released).count()) > 0, 3000);
      await tab.quiet();
    } else await tab.ask(button);
    const rows = await tab.readRows();
    // Messages of earlier receives stay leased.
    for (const item of heldByPage(model)) {
      const row = rows.find(({ short }) => item.id?.startsWith(short));
      if (row?.leased) continue;
      // The job may have ended just before.
      const isReleased = wire.isReleasedSince(item.id ?? '', pressedAt);
      item.hold = jobHas(model, item) && !isReleased ? item.hold : 'none';
      touch(model, item, 'release');
    }
  },
};

const browse: Action = {
  name: 'browse all',
  weight: 4,
  ways: ['returned', 'keeping the leases', 'returned, then kept', 'kept, then returned'],
  can: (model) => free(model).length > 0,
  async act(world, { how }) {
    const { tab, wire, model } = world;
    await setMode(world, 'peek');
    await setMode(world, 'browse');
    await wire.takeHanded();
    const panel = tab.page.getByRole('region', { name: NAMES.browsePanel });
    const choose = (isKept: boolean) =>
      tab.press(panel.getByRole('radio', { name: isKept ? NAMES.keepLeases : NAMES.returnLeases }));
    const isKeptAtFirst = how.startsWith('kept') || how.startsWith('keeping');
    const isChanged = how.includes('then');
    const isKept = isKeptAtFirst !== isChanged;
    await choose(isKeptAtFirst);
    const shown = [...free(model), ...heldByPage(model)];
    const trap = isChanged ? await wire.delay('GET', /numofmessages=\d+&visibilitytimeout=/) : undefined;
    try {
      await tab.press(panel.getByRole('button', { name: NAMES.browseStart }));
      if (isChanged) {
        await tab.until(() => trap?.hasHappened() ?? true);
        await choose(isKept);
      }
      mustHave(await tab.until(() => tab.page.getByText(SAYS.browsed).first().isVisible()), 'It did not browse.');
    } finally {
      await trap?.disarm();
    }
    await tab.quiet();
    model.browsed = new Set(shown.flatMap(({ id }) => id ?? []));
    for (const item of liveIn(model, 'source')) item.stale = false;
    if (isKept) await takeHanded(world);
    else await wire.takeHanded();
  },
};

export const LEASES = [receive, runOut, leaseIt, extend, release, releaseThem, browse];
