import { Refused } from '../fault';
import type { Item, Model } from '../model';
import type { Random } from '../random';
import type { World } from '../world';

/** The choices with which an action was drawn, so that it can be repeated. `items`: names of messages. */
export type Args = { items: string[]; how: string };

/** Something that a person or another consumer does. */
export type Action = {
  name: string;
  /** How often it is drawn, relative to the others. */
  weight: number;
  /** True when it can be done while a job runs. */
  whileBusy?: boolean;
  /** True when it can be done now. */
  can?: (model: Model) => boolean;
  /** The messages that it can be done to; left out when it is about none. */
  from?: (model: Model) => Item[];
  /** Messages at most; 1 when left out. */
  most?: number;
  /** Ways to do it. */
  ways?: readonly [string, ...string[]];
  act: (world: World, args: { items: Item[]; how: string }) => Promise<void>;
};

/** `without`: texts of actions that are not drawn. */
export type Drawing = { model: Model; random: Random; without: readonly string[] };

/** Draws the choices of an action; undefined when it cannot be done now. */
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

/** The messages of a repeated action; undefined when it cannot be done now. */
export function itemsFor(action: Action, model: Model, { items }: Args): Item[] | undefined {
  if (!isPossible(action, model)) return undefined;
  if (!action.from) return [];
  const candidates = action.from(model).filter(({ name }) => items.includes(name));
  return candidates.length === items.length ? candidates : undefined;
}

const isPossible = ({ can, whileBusy }: Action, model: Model) =>
  (model.running === undefined || whileBusy === true) && (can?.(model) ?? true);

/** Changes the mode, which drops what a browse showed. */
export async function setMode({ tab, model }: World, mode: Model['mode']) {
  if (model.mode === mode) return;
  await tab.mode(mode);
  model.mode = mode;
  model.browsed = undefined;
}

/** @throws Refused unless `isSo`, so that nothing was done. */
export function mustHave(isSo: boolean, what: string) {
  if (!isSo) throw new Refused(what);
}
