import { Heap } from '../../sandbox/heap';
import type { ActorEvent } from '../actors/actor';
import type { Call, Reply } from '../run/calls';
import type { Input } from '../run/run';

/** What is due at a time; `number` is the order of those of one time. */
export type Entry = {
  at: number;
  number: number;
  due:
    | { to: 'actor'; name: string; event: ActorEvent }
    | { to: 'service'; name: string; call: number; request: Call; epoch: number }
    | { to: 'answer'; name: string; call: number; request: Call; reply: Reply; epoch: number }
    | { to: 'input'; input: Input }
    | { to: 'lease'; id: string; visibleAt: number }
    | { to: 'life'; id: string };
};

type Placed = Entry & { place: number };

/** What is due, in the order of time. */
export class Agenda {
  readonly #heap = new Heap<'place', Placed>('place', (a, b) => a.at < b.at || (a.at === b.at && a.number < b.number));
  readonly #all = new Set<Placed>();

  add(entry: Entry): void {
    const placed = { ...entry, place: -1 };
    this.#all.add(placed);
    this.#heap.add(placed);
  }

  first(): Entry | undefined {
    return this.#heap.first();
  }

  /** Takes the first one off. */
  shift(): void {
    const first = this.#heap.first();
    if (!first) return;
    this.#heap.remove(first);
    this.#all.delete(first);
  }

  entries(): Entry[] {
    return [...this.#all].map(({ at, number, due }) => ({ at, number, due }));
  }
}
