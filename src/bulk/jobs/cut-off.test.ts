import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextTask } from '@/bulk/requests/next-task';
import { replay } from '../journal/replay';
import { itemStanding, standingOf } from '../journal/standing';
import {
  beginOnMessages,
  beginOther,
  changed,
  createWorld,
  type Doing,
  goOn,
  HIDDEN_FOR,
  ON_MESSAGES,
  OTHERS,
  type Other,
  type Run,
  readJournal,
  SOURCE,
  type Stop,
  TARGET,
  type World,
} from './cut-off.fixture';

// Everything stops at every request and every write of a journal, before it is carried out and before its answer. What the next
// visit reads of the journal alone is held against what is in the queues.

const MESSAGES = 3;
/** Turns of the event loop after which nothing goes on that was under way. */
const TURNS = 10;
/** Much more than it takes: a busy machine is no failure. */
const PATIENCE_MS = 60_000;
/** Set for every pair of stops of every kind, which takes minutes: `VITE_ALL_STOPS=1 npx vitest run src/bulk/jobs/cut-off.test.ts`. */
const ALL_STOPS = import.meta.env['VITE_ALL_STOPS'] !== undefined;
/** Seconds after which no lease runs. */
const LATER = 4000;

const zeros = () => Promise.resolve(new ArrayBuffer(32));
// That requests are signed rightly is tested elsewhere; it takes most of the time.
beforeAll(() => void Object.defineProperty(crypto.subtle, 'sign', { value: zeros, configurable: true }));
afterAll(() => void Reflect.deleteProperty(crypto.subtle, 'sign'));

/** The texts of the queue, and which are chosen: each second one, or all. */
async function prepare(world: World, { isWhole }: Doing) {
  const { targetOf } = world.visit();
  const { account } = targetOf(SOURCE);
  const texts = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
  await account.createQueue(SOURCE);
  await account.createQueue(TARGET);
  for (const text of texts) await account.sendMessage(SOURCE, { text });
  world.clock.advance(10_000);
  const all = world.messagesIn(SOURCE);
  const chosen = all.filter((_, index) => isWhole || index % 2 === 1);
  return { texts, ids: chosen.map(({ id }) => id), textOf: new Map(chosen.map(({ id, text }) => [id, text])) };
}
type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Runs one visit until it ends or is stopped. */
async function play(world: World, stop: Stop | undefined, begin: (opened: ReturnType<World['visit']>) => Run) {
  const opened = world.visit(stop);
  const run = begin(opened);
  await Promise.race([run.job.finished, opened.page.stopped]);
  // What was under way when it stopped comes to its end.
  for (let turn = 0; turn < TURNS; turn++) await nextTask();
  return { ...run, steps: opened.page.steps, isStopped: opened.page.isDead };
}

const plain = (text: string) => text.replace(/^changed /, '');

type Ledger = { twice: Set<string>; problems: string[] };

/** Holds what the journal tells against the queues. */
function judge(world: World, doing: Doing, { texts, ids, textOf }: Prepared): Ledger {
  const now = world.clock.now();
  const problems: string[] = [];
  const journal = readJournal(world);
  const replayed = replay(journal);
  const standing = standingOf(journal, now, replayed);
  const source = world.messagesIn(SOURCE);
  const target = world.messagesIn(TARGET);
  const { kind } = doing;
  const isMove = kind === 'move' || kind === 'redrive' || kind === 'requeue';
  const there = source.filter(({ id }) => textOf.has(id));
  const copies = kind === 'requeue' ? source.filter(({ sequence }) => sequence > MESSAGES) : target;
  const copiesOf = (id: string) => copies.filter(({ text }) => plain(text) === textOf.get(id)).length;

  const { done, twice, maybe, notDone, hidden, untouched = 0, total = 0 } = standing;
  const sum =
    done + twice.length + maybe.length + [...notDone.values()].reduce((all, one) => all + one, 0) + hidden + untouched;
  if (sum !== total || total !== ids.length) problems.push(`${sum} of ${total} of ${ids.length} told`);

  for (const text of texts) {
    const left = [...source, ...target].filter((one) => plain(one.text) === text).length;
    if (left === 0 && kind !== 'delete') problems.push(`${text} is lost`);
  }
  for (const id of ids) {
    const original = there.find((one) => one.id === id);
    const item = replayed.items.get(id);
    const told = item ? itemStanding(item, journal.head, now) : 'untouched';
    const isThere = original !== undefined;
    const number = copiesOf(id) + (isThere ? 1 : 0);
    if (isMove && number > 1 && told !== 'twice') problems.push(`${id} is there ${number} times, told as ${told}`);
    if (kind === 'copy' && copiesOf(id) > 1 && told !== 'twice')
      problems.push(`${id} has ${number - 1} copies, ${told}`);
    if (told === 'done') {
      const isDone = isMove
        ? !isThere && number === 1
        : kind === 'copy'
          ? copiesOf(id) === 1
          : kind === 'delete'
            ? !isThere
            : kind === 'text'
              ? original?.text.startsWith('changed')
              : (original?.visibleAt ?? 0) > now + (HIDDEN_FOR / 2) * 1000;
      if (!isDone) problems.push(`${id} is told as done`);
    }
    if ((told === 'untouched' || told === 'hidden') && (!isThere || number > 1 || original.text.startsWith('changed')))
      problems.push(`${id} is not ${told}`);
  }
  // Nothing is hidden and unsaid.
  const isLong = ({ visibleAt }: { visibleAt: number }) => visibleAt > now + (HIDDEN_FOR / 2) * 1000;
  const unsaid = source.filter(({ id, visibleAt, ...rest }) => {
    const item = replayed.items.get(id);
    const isMeant = isLong({ visibleAt, ...rest }) && (item?.outcome === 'done' || item?.isChanged);
    const isSaid = (item?.lease?.until ?? 0) >= visibleAt - 1000 || isMeant;
    return visibleAt > now && !isSaid;
  });
  if (unsaid.length > standing.maybeHidden.messages)
    problems.push(`${unsaid.length} are hidden, and ${standing.maybeHidden.messages} may be`);
  const certain = [...replayed.items.values()].filter(({ lease, doubt }) => lease && lease.until > now && !doubt);
  for (const { key, openDeletes } of certain) {
    const original = source.find(({ id }) => id === key);
    if (openDeletes === 0 && (original?.visibleAt ?? 0) <= now) problems.push(`${key} is told as hidden`);
  }
  return { twice: new Set(twice), problems };
}

/** Holds the queues at the end against what was told. */
function judgeEnd(
  world: World,
  doing: Doing,
  { texts, ids, textOf }: Prepared,
  told: ReadonlySet<string>,
  hidden: number,
) {
  const problems: string[] = [];
  const source = world.messagesIn(SOURCE);
  const target = world.messagesIn(TARGET);
  const { kind } = doing;
  let open = 0;
  for (const text of texts) {
    const id = [...textOf].find(([, one]) => one === text)?.[0];
    const here = source.filter((one) => plain(one.text) === text);
    const there = target.filter((one) => plain(one.text) === text);
    if (here.length + there.length === 0 && !(kind === 'delete' && id)) problems.push(`${text} is lost`);
    if (!id) {
      if (here.length !== 1 || there.length !== 0 || here[0]?.text !== text) problems.push(`${text} was not meant`);
      continue;
    }
    const copies = kind === 'requeue' ? here.filter((one) => one.id !== id).length : there.length;
    const isThere = here.some((one) => one.id === id);
    const isMove = kind === 'move' || kind === 'redrive' || kind === 'requeue';
    const long = world.clock.now() + (HIDDEN_FOR / 4) * 1000;
    const isDone = isMove
      ? !isThere && copies >= 1
      : kind === 'copy'
        ? isThere && copies >= 1
        : kind === 'delete'
          ? !isThere
          : kind === 'text'
            ? here[0]?.text === changed(text)
            : (here[0]?.visibleAt ?? 0) > long;
    if (!isDone) open++;
    const number = kind === 'copy' ? copies : copies + (isThere ? 1 : 0);
    if ((isMove || kind === 'copy') && number > 1 && !told.has(id))
      problems.push(`${text} is there ${number} times, unnamed`);
  }
  if (open > hidden) problems.push(`${open} of ${ids.length} are not done, and ${hidden} were out of reach`);
  return problems;
}

/** Stops once, goes on, perhaps stops again, and goes on to the end. */
async function cutAndGoOn(
  doing: Doing,
  stops: readonly Stop[],
  isLater: boolean,
): Promise<{ problems: string[]; steps: number[] }> {
  const world = createWorld();
  const prepared = await prepare(world, doing);
  const told = new Set<string>();
  const problems: string[] = [];
  const steps: number[] = [];
  let isFirst = true;
  for (const stop of [...stops, undefined]) {
    const begin = isFirst
      ? (opened: ReturnType<World['visit']>) => beginOnMessages(world, opened, doing, prepared.ids)
      : (opened: ReturnType<World['visit']>) => goOn(world, opened, doing);
    const hidden = isFirst ? 0 : outOfReach(world);
    const played = await play(world, stop, begin);
    steps.push(played.steps);
    isFirst = false;
    if (!played.isStopped) {
      for (const [id, kind] of played.outcomes) if (kind === 'maybeTwice' || kind === 'inBoth') told.add(id);
      problems.push(...judgeEnd(world, doing, prepared, told, hidden));
      break;
    }
    // Stopped before the journal was begun: nothing was sent yet.
    if (world.stored.head === undefined) {
      isFirst = true;
      continue;
    }
    const ledger = judge(world, doing, prepared);
    problems.push(...ledger.problems);
    for (const id of ledger.twice) told.add(id);
    if (isLater) world.clock.advance(LATER * 1000);
  }
  return {
    problems: problems.map((problem) => `${JSON.stringify(stops)}${isLater ? ', later' : ''}: ${problem}`),
    steps,
  };
}

/** Messages that may be hidden without a receipt that works, which no walk can find yet. */
function outOfReach(world: World): number {
  const now = world.clock.now();
  const journal = readJournal(world);
  const replayed = replay(journal);
  const doubtful = [...replayed.items.values()].filter(({ lease, doubt }) => doubt && lease && lease.until > now);
  return doubtful.length + standingOf(journal, now, replayed).maybeHidden.messages;
}

/** Every stop of a visit that takes so many steps. */
const stopsOf = (steps: number): Stop[] =>
  Array.from({ length: steps }, (_, index) => [
    { at: index + 1, isCarriedOut: false },
    { at: index + 1, isCarriedOut: true },
  ]).flat();

describe.each(Object.entries(ON_MESSAGES))('%s', (_name, doing) => {
  test(
    'tells the truth when it stops anywhere, and goes on to the end',
    async () => {
      const whole = await cutAndGoOn(doing, [], false);
      expect(whole.problems).toEqual([]);
      const [steps = 0] = whole.steps;
      expect(steps).toBeGreaterThan(6);
      const problems: string[] = [];
      for (const stop of stopsOf(steps)) {
        for (const isLater of stop.isCarriedOut ? [false, true] : [false])
          problems.push(...(await cutAndGoOn(doing, [stop], isLater)).problems);
      }
      expect(problems).toEqual([]);
    },
    PATIENCE_MS,
  );
});

/** Of so many stops of the first run, each of which is followed by every stop of the second. */
const FIRST_STOPS = ALL_STOPS ? Infinity : 2;

test.each(ALL_STOPS ? Object.keys(ON_MESSAGES) : ['move all'])(
  '%s: stops twice, and still tells the truth',
  async (name) => {
    const doing = ON_MESSAGES[name];
    if (!doing) throw new Error('No such work');
    const { steps } = await cutAndGoOn(doing, [], false);
    const first = stopsOf(steps[0] ?? 0);
    const problems: string[] = [];
    for (let index = 2; index < first.length; index += Math.max(1, Math.ceil(first.length / FIRST_STOPS))) {
      const stop = first[index] as Stop;
      const once = await cutAndGoOn(doing, [stop], false);
      for (const second of stopsOf(once.steps[1] ?? 0))
        problems.push(...(await cutAndGoOn(doing, [stop, second], index % 2 === 0)).problems);
    }
    expect(problems).toEqual([]);
  },
  ALL_STOPS ? 20 * PATIENCE_MS : PATIENCE_MS,
);

/** Where the texts of each kind are before, and where what it adds is looked for. */
async function prepareOther(world: World, kind: Other) {
  const { targetOf, connectionId } = world.visit();
  const { account } = targetOf(SOURCE);
  const texts = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
  await account.createQueue(SOURCE);
  await account.createQueue(TARGET);
  const moved: { id: string; text: string; copy: Awaited<ReturnType<typeof account.sendMessage>> }[] = [];
  const isFilled = kind === 'export' || kind === 'clear';
  for (const text of texts) {
    if (kind === 'undoMove') moved.push({ id: `old ${text}`, text, copy: await account.sendMessage(TARGET, { text }) });
    else if (isFilled) await account.sendMessage(SOURCE, { text });
  }
  if (kind === 'clear') await account.sendMessage(TARGET, { text: 'another' });
  world.clock.advance(10_000);
  return { texts, moved, connectionId };
}

/** By its key, how often the text of an item is at its goal, and whether what it was made from is still there. */
function factsOf(world: World, kind: Other, { texts, moved }: Awaited<ReturnType<typeof prepareOther>>) {
  const [source, target] = [world.messagesIn(SOURCE), world.messagesIn(TARGET)];
  const times = (list: typeof source, text: string) => list.filter((one) => one.text === text).length;
  const keys: [key: string, made: number, isThere: boolean][] =
    kind === 'undoMove'
      ? moved.map(({ copy, text }) => [copy.id, times(source, text), target.some(({ id }) => id === copy.id)])
      : kind === 'clear'
        ? [SOURCE, TARGET].map((queue) => [queue, 0, world.messagesIn(queue).length > 0])
        : texts.map((text, index) => [kind === 'import' ? String(index + 1) : text, times(target, text), false]);
  return keys;
}

describe.each(OTHERS)('%s', (kind) => {
  test('tells the truth when it stops anywhere', async () => {
    const problems: string[] = [];
    for (let at = 1; at < 100; at++) {
      let isStopped = false;
      for (const isCarriedOut of [false, true]) {
        const world = createWorld();
        const prepared = await prepareOther(world, kind);
        const opened = world.visit({ at, isCarriedOut });
        const { job } = await beginOther(world, opened, kind, prepared);
        await Promise.race([job.finished, opened.page.stopped]);
        for (let turn = 0; turn < TURNS; turn++) await nextTask();
        isStopped = opened.page.isDead;
        if (!isStopped || world.stored.head === undefined) continue;
        const journal = readJournal(world);
        const replayed = replay(journal);
        const now = world.clock.now();
        const standing = standingOf(journal, now, replayed);
        const told = (key: string) => {
          const item = replayed.items.get(key);
          return item ? itemStanding(item, journal.head, now) : 'untouched';
        };
        const say = (problem: string) => problems.push(`${at}, ${isCarriedOut}: ${problem}`);
        const hidden = world.messagesIn(SOURCE).filter(({ visibleAt }) => visibleAt > now);
        if (kind === 'export') {
          const said = standing.hidden + standing.othersHidden + standing.maybeHidden.messages;
          if (hidden.length > said) say(`${hidden.length} are hidden, and ${said} are said to be`);
          continue;
        }
        for (const [key, made, isThere] of factsOf(world, kind, prepared)) {
          const standsAs = told(key);
          const isDone = kind === 'clear' ? !isThere : made === 1 && !isThere;
          if (standsAs === 'done' && !isDone) say(`${key} is told as done`);
          if (standsAs === 'untouched' && (made > 0 || (kind !== 'import' && kind !== 'addAgain' && !isThere)))
            say(`${key} is not untouched`);
          if (kind === 'undoMove' && made + Number(isThere) > 1 && standsAs !== 'twice')
            say(`${key} is there twice, ${standsAs}`);
          if (kind === 'undoMove' && made + Number(isThere) === 0) say(`${key} is lost`);
        }
      }
      if (!isStopped) break;
    }
    expect(problems).toEqual([]);
  });
});
