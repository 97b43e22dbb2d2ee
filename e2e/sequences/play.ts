import type { Browser } from '@playwright/test';
import { type Args, type Drawing, draw, itemsFor } from './actions/action';
import { ACTIONS, actionOf } from './actions/all';
import { settleDeletes } from './actions/deletes';
import { check, checkAll } from './check';
import { Fault, Refused } from './fault';
import { settleJob } from './jobs';
import { addItem, emptyModel, type Model } from './model';
import { randomFrom } from './random';
import type { Stage } from './stage';
import { openTab } from './tab';
import { keyOf, textOf } from './text';
import { watchWire } from './wire';
import type { World } from './world';

/** `waits`: true waits for requests under way before the next step. */
export type Step = { action: string; args: Args; waits: 'for nothing' | 'for the job' | 'for all' };
/** A sequence: the number of messages at first, and the steps. */
export type Sequence = { messages: number; steps: Step[] };
/** `fault` is undefined when everything agreed. */
export type Outcome = {
  sequence: Sequence;
  fault: Fault | undefined;
  /** Steps that the page did not offer, and why. */
  refused: { step: Step; why: string }[];
  /** The requests to the service. */
  wire: string[];
  ms: number;
};

const MOST_STEPS = 8;
const VIEWPORT = { width: 1600, height: 1000 };
/** Ms after which a sequence counts as hanging. */
const LONGEST = 150_000;

/** `without`: texts of actions that are not drawn. */
export type Players = { browser: Browser; stage: Stage; without: readonly string[] };
/** Returns step after step, then undefined. */
type Source = { messages: number; next: (model: Model) => Step | undefined };

/** Plays the sequence of a seed, as far as the page offers its steps. */
export function playSeed(players: Players, seed: number): Promise<Outcome> {
  const random = randomFrom(seed);
  const messages = 2 + random.below(4);
  const length = 3 + random.below(MOST_STEPS - 2);
  let made = 0;
  let busy = 0;
  return play(players, {
    messages,
    next(model) {
      if (++made > length) return undefined;
      busy = model.running ? busy + 1 : 0;
      // Most actions need a leased message.
      if (made === 1 && random.chance(0.5)) return RECEIVE;
      return nextStep({ model, random, without: players.without }, busy);
    },
  });
}

/** Repeats steps; those that cannot be done any more are left out. */
export function playSteps(players: Players, { messages, steps }: Sequence): Promise<Outcome> {
  const left = [...steps];
  return play(players, { messages, next: () => left.shift() });
}

const RECEIVE: Step = { action: 'receive', args: { items: [], how: '16' }, waits: 'for nothing' };

function nextStep({ model, random, without }: Drawing, busy: number): Step | undefined {
  const possible = ACTIONS.flatMap((action) => {
    const args = draw(action, { model, random: randomFrom(random.seed()), without });
    return args ? [{ action, args }] : [];
  });
  // During a job or a waiting delete, actions on the same messages matter most.
  let at = random.below(possible.reduce((sum, { action }) => sum + action.weight, 0));
  const chosen = possible.find(({ action }) => (at -= action.weight) < 0);
  if (!chosen) return undefined;
  const waits = busy > 1 || random.chance(0.25) ? 'for the job' : random.chance(0.08) ? 'for all' : 'for nothing';
  return { action: chosen.action.name, args: chosen.args, waits };
}

async function play({ browser, stage }: Players, source: Source): Promise<Outcome> {
  const began = Date.now();
  const texts = Array.from({ length: source.messages }, (_, index) => textOf(`m${index}`));
  const ground = await stage.ground(texts);
  const context = await browser.newContext({ locale: 'en-GB', viewport: VIEWPORT, reducedMotion: 'reduce' });
  const wire = watchWire(context, stage.host);
  const model = emptyModel();
  for (const [index, text] of texts.entries()) addItem(model, { key: keyOf(text) ?? '', text, id: ground.ids[index] });
  const steps: Step[] = [];
  const refused: Outcome['refused'] = [];
  const late = setTimeout(() => void context.close(), LONGEST);
  let fault: Fault | undefined;
  try {
    const tab = openTab(await context.newPage(), ground, wire);
    const world: World = { model, tab, ground, wire, context };
    await tab.open();
    await tab.quiet();
    for (let step = source.next(model); step; step = source.next(model)) {
      const action = actionOf(step.action);
      const items = itemsFor(action, model, step.args);
      if (!items) continue;
      steps.push(step);
      wire.note(`--- ${stepWords(step)}`);
      try {
        await action.act(world, { items, how: step.args.how });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        wire.note(`not done: ${error.message}`);
        refused.push({ step, why: error.message });
      }
      await tab.tidy();
      if (step.waits !== 'for nothing') await settleJob(world);
      if (step.waits === 'for all') await settleDeletes(world);
      await check(world);
    }
    await settleJob(world);
    await settleDeletes(world);
    await check(world);
    await context.close();
    await checkAll(world);
  } catch (error) {
    fault =
      error instanceof Fault ? error : new Fault(['driver'], String(error instanceof Error ? error.stack : error));
  } finally {
    clearTimeout(late);
    await context.close();
    await ground.remove();
  }
  return { sequence: { messages: source.messages, steps }, fault, refused, wire: wire.lines(), ms: Date.now() - began };
}

/** A step as text. */
export const stepWords = ({ action, args: { items, how }, waits }: Step) =>
  [
    [action, items.join(' ')].filter(Boolean).join(': '),
    how && (items.length > 0 ? `, ${how}` : ` ${how}`),
    waits === 'for nothing' ? '' : `; wait ${waits}`,
  ]
    .join('')
    .replace(',: ', ' ')
    .replaceAll(', and', ' and');
