import type { BrowserContext } from '@playwright/test';
import type { Item, Model } from './model';
import type { Ground, Seen, Side, Sight } from './stage';
import type { Tab } from './tab';
import type { Wire } from './wire';

/** Everything that an action works with. */
export type World = { model: Model; tab: Tab; ground: Ground; wire: Wire; context: BrowserContext };

export type Matched = {
  /** The visible message that each item was seen as. */
  seen: Map<Item, Seen>;
  /** Visible messages that should not be there. */
  unknown: Seen[];
  /** Items that should be there for the first time and were not seen. */
  awaited: Item[];
};

/** Finds the items of the model among the visible messages: by id, and new ones by their text. */
export function match(model: Model, side: Side, { visible }: Sight): Matched {
  const own = model.items.filter((item) => item.side === side);
  const byId = new Map(own.filter(({ id }) => id !== undefined).map((item) => [item.id, item]));
  const fresh = own.filter(({ id, gone }) => id === undefined && !gone);
  const seen = new Map<Item, Seen>();
  const unknown: Seen[] = [];
  for (const one of visible) {
    const known = byId.get(one.id);
    if (known) {
      seen.set(known, one);
      continue;
    }
    const at = fresh.findIndex(({ text }) => text === one.text);
    const [item] = at === -1 ? [] : fresh.splice(at, 1);
    if (item) {
      item.id = one.id;
      seen.set(item, one);
    } else unknown.push(one);
  }
  return { seen, unknown, awaited: fresh };
}
