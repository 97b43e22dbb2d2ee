import { Refused } from '../fault';
import type { Item, Model } from '../model';
import type { Random } from '../random';
import type { World } from '../world';

/** What an action was drawn with, so that it can be done again. `items`: names of messages. */
export type Args = { items: string[]; how: string };

/** Something that a person or another consumer does. */
export type Action = {
  name: string;
  /** How often, beside the others. */
  weight: number;
  /** May be done while a job runs. */
  whileBusy?: boolean;
  /** Whether it can be done now. */
  can?: (model: Model) => boolean;
  /** The messages it may be done to; left out when it is to none in particular. */
  from?: (model: Model) => Item[];
  /** How many of them at most; 1 when left out. */
  most?: number;
  /** Ways to do it. */
  ways?: readonly [string, ...string[]];
  act: (world: World, args: { items: Item[]; how: string }) => Promise<void>;
};

/** `without`: words of actions that are not to be drawn. */
export type Drawing = { model: Model; random: Random; without: readonly string[] };

/** Draws what to do it with; undefined when it cannot be done now. */
export function draw(action: Action, { model, random, without }: Drawing): Args | undefined {
  if (!isPossible(action, model)) return undefined;
  const isWanted = (words: string) => !without.some((one) => words.includes(one));
  const ways = (action.ways ?? ['']).filter((way) => isWanted(`${action.name} ${way}`));
  if (ways.length === 0) return undefined;
  const how = ways[random.below(ways.length)] ?? '';
  if (!action.from) return { items: [], how };
  const candidates = action.from(model);
  if (candidates.length === 0) return undefined;
  const items = random.some(candidates, 1 + random.below(Math.min(action.most ?? 1, candidates.length)));
  return { items: items.map(({ name }) => name), how };
}

/** The messages of an action that is done again; undefined when it cannot be done now. */
export function itemsFor(action: Action, model: Model, { items }: Args): Item[] | undefined {
  if (!isPossible(action, model)) return undefined;
  if (!action.from) return [];
  const candidates = action.from(model).filter(({ name }) => items.includes(name));
  return candidates.length === items.length ? candidates : undefined;
}

const isPossible = ({ can, whileBusy }: Action, model: Model) =>
  (model.running === undefined || whileBusy === true) && (can?.(model) ?? true);

/** Goes to a way of reading, which lets go of what a browse saw. */
export async function setMode({ tab, model }: World, mode: Model['mode']) {
  if (model.mode === mode) return;
  await tab.mode(mode);
  model.mode = mode;
  model.browsed = undefined;
}

/** That the page has taken it, or else nothing was done. */
export function mustHave(isSo: boolean, what: string) {
  if (!isSo) throw new Refused(what);
}
