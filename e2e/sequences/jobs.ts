import type { Locator } from '@playwright/test';
import { Fault, Refused } from './fault';
import type { EndedJob, Item, JobKind, RunningJob, Upset } from './model';
import { resolveJob } from './resolve';
import { blamesOthers, NAMES, readReport } from './words';
import type { World } from './world';

/** Ms that a job may take: some are slow on purpose, at one message per second. */
const LONG = 60_000;

export type JobWish = {
  kind: JobKind;
  items: Item[];
  /** True for all messages of the queue, as many as there are when it begins. */
  isWhole?: boolean;
  /** Opens its dialog. */
  open: () => Promise<void>;
  /** Fills the dialog in. */
  fill?: (dialog: Locator) => Promise<void>;
  change?: (text: string) => string;
  /** One request at a time, one per second, so that the next actions run meanwhile. */
  isSlow: boolean;
  upset?: Upset | undefined;
};

/** Begins a job by its dialog, and waits for its end unless it is slow. */
export async function startJob(
  world: World,
  { kind, items, isWhole = false, open, fill, change, isSlow, upset }: JobWish,
) {
  const { tab, ground, wire } = world;
  await open();
  const dialog = tab.dialog;
  await dialog.first().waitFor({ timeout: 8000 });
  await fill?.(dialog);
  if (isSlow) {
    const concurrency = dialog.getByRole('spinbutton', { name: NAMES.concurrency });
    if (await concurrency.isVisible()) await concurrency.fill('1');
    await dialog.getByRole('spinbutton', { name: NAMES.perSecond }).fill('1');
  }
  const trap = upset && (await arm(wire, ground.names, upset));
  const began = Date.now();
  try {
    await tab.press(dialog.getByRole('button', { name: NAMES.begin }));
    if (!(await tab.until(async () => (await dialog.count()) === 0))) throw new Refused('The dialog did not close.');
  } catch (error) {
    await trap?.disarm();
    throw error;
  }
  await follow(world, { kind, items, isWhole, change, upset, trap, began, again: undefined }, isSlow);
}

const arm = (wire: World['wire'], names: { source: string; target: string }, upset: Upset) => {
  const [how, method = ''] = upset.split(' ');
  const pattern = new RegExp(`/${method === 'POST' ? names.target : names.source}/messages`);
  return how === 'lose' ? wire.lose(method, pattern) : wire.refuse(method, pattern);
};

type Begun = Pick<RunningJob, 'kind' | 'items' | 'isWhole' | 'change' | 'upset' | 'trap' | 'began' | 'again'>;

async function follow(world: World, begun: Begun, isSlow: boolean) {
  const { model } = world;
  model.jobs++;
  model.sendsAt = Date.now();
  const { items } = begun;
  model.running = {
    ...begun,
    wasHeld: new Set(items.filter(({ hold }) => hold === 'page')),
    touched: new Map(),
    ended: undefined,
    cleared: new Set(),
    number: model.jobs,
  };
  for (const item of items) if (item.hold === 'none') item.hold = 'job';
  if (!isSlow) await settleJob(world);
}

/** Retries the rest of an ended job. */
export async function retryJob(world: World, { number, kind, change, failed }: EndedJob) {
  const { tab, model } = world;
  const began = Date.now();
  await tab.press(listed(world, number).getByRole('button', { name: NAMES.retry }));
  // A message that another consumer has by now, and that the page takes for its own, is retried with the text that it knows.
  const left = failed.filter(
    ({ item }) =>
      !item.gone && item.deleting === undefined && (item.hold === 'page' || item.hold === 'none' || item.vague),
  );
  model.ended = model.ended.filter((one) => one.number !== number);
  const items = left.map(({ item }) => item);
  await follow(
    world,
    { kind, items, isWhole: false, change, upset: undefined, trap: undefined, began, again: left },
    false,
  );
}

/** Waits for a job that has just begun, and returns its numbers. */
export async function plainJob(world: World) {
  const { tab, model } = world;
  const number = ++model.jobs;
  model.sendsAt = Date.now();
  const entry = listed(world, number);
  const isOver = async () =>
    (await tab.jobItems.count()) >= number && (await entry.getByRole('button', { name: NAMES.jobEnded }).count()) > 0;
  if (!(await tab.until(isOver, LONG))) throw new Fault(['hangs'], 'The job has not ended.');
  await tab.quiet();
  const words = await entry.innerText();
  const report = readReport(words);
  if (!report) throw new Error(`These words of a job are not known (words.ts): ${words}`);
  return report;
}

/** The entry of a job; the newest is first. */
export const listed = ({ tab, model }: World, number: number) => tab.jobItems.nth(model.jobs - number);

/** Waits for the end of the running job, and updates the model by its report. */
export async function settleJob(world: World) {
  const { tab, model, wire } = world;
  const job = model.running;
  if (!job) return;
  const entry = listed(world, job.number);
  const resume = entry.getByRole('button', { name: NAMES.resume });
  const isOver = async () => {
    if (await resume.isVisible()) await resume.click({ timeout: 1000 }).catch(() => {});
    return (
      (await tab.jobItems.count()) >= model.jobs &&
      (await entry.getByRole('button', { name: NAMES.jobEnded }).count()) > 0
    );
  };
  const isEnded = await tab.until(isOver, LONG);
  await job.trap?.disarm();
  if (job.trap?.hasHappened() === false) job.upset = undefined;
  if (!isEnded) throw new Fault(['hangs'], `The job has not ended: ${await tab.jobs.innerText()}`);
  await tab.quiet();
  const words = await entry.innerText();
  const report = readReport(words);
  if (!report) throw new Error(`These words of a job are not known (words.ts): ${words}`);
  const reasons = model.hasOthers ? undefined : await reasonsOf(world, entry);
  // Last, as a waiting delete may be sent at any moment.
  const { sight, rows } = await looked(world);
  resolveJob({ job, model, report, sight, rows, wire });
  const blame = reasons && blamesOthers(reasons);
  if (blame !== undefined)
    throw new Fault(['blames others'], `Nobody else has done anything, and a job says: ${blame}`);
}

/** What the service has and the page shows, without a request in between: a delete may be sent at any moment. */
async function looked({ tab, ground, wire }: World) {
  for (;;) {
    await tab.quiet();
    const begun = wire.begun();
    const [sight, rows] = [await ground.look(), await tab.readRows()];
    if (wire.begun() === begun) return { sight, rows };
  }
}

/** The reasons why some of it was not done. */
async function reasonsOf({ tab }: World, entry: Locator) {
  const show = entry.getByRole('button', { name: NAMES.showFailures });
  if (!(await show.isVisible())) return undefined;
  await show.click();
  const list = tab.dialog.getByRole('list', { name: NAMES.failures });
  const words = await list.innerText({ timeout: 5000 });
  await tab.tidy();
  return words;
}
