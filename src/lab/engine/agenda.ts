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
  /** Ends of leases and lives, by the message. */
  readonly #ofMessage = new Map<string, Set<Placed>>();

  add(entry: Entry): void {
    const placed = { ...entry, place: -1 };
    this.#all.add(placed);
    this.#heap.add(placed);
    const { due } = entry;
    if (due.to !== 'lease' && due.to !== 'life') return;
    const others = this.#ofMessage.get(due.id) ?? new Set();
    this.#ofMessage.set(due.id, others.add(placed));
  }

  /** Takes off the ends of the leases and of the life of a message that is gone: a life may be a week. */
  forget(id: string): void {
    for (const placed of this.#ofMessage.get(id) ?? []) {
      this.#all.delete(placed);
      this.#heap.remove(placed);
    }
    this.#ofMessage.delete(id);
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
    if (first.due.to === 'lease' || first.due.to === 'life') this.#ofMessage.get(first.due.id)?.delete(first);
  }

  entries(): Entry[] {
    return [...this.#all].map(({ at, number, due }) => ({ at, number, due }));
  }
}
