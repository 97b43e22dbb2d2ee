import type { DifferenceName } from './differences.fixture';
import type { Both } from './pair.fixture';

/** A message by the order in which it came, under both its ids and with every pair of receipts it ever had. */
export type Handle = {
  label: string;
  queue: string;
  ids: Both<string>;
  /** The last is the current one. */
  receipts: Both<string>[];
  /** Epoch ms, as computed from what was asked for. */
  visibleAt: number;
  expiresAt: number;
  wasReceived: boolean;
  isGone: boolean;
};

/** A message and the receipts that it has from now on. */
export type Loan = { handle: Handle; receipts: Both<string> };

/** Kept of a history, so that its commands can speak of what came before: nothing here says what is right. */
export class Book {
  /** Sets the queues of this history apart from those of others. */
  readonly prefix: string;
  readonly handles: Handle[] = [];
  readonly deletedAt = new Map<string, number>();
  readonly #tally: Tally;
  readonly #labels: Both<Map<string, string>> = { sandbox: new Map(), azurite: new Map() };
  readonly #sandboxReceipts = new Set<string>();

  constructor(prefix: string, tally: Tally) {
    this.prefix = prefix;
    this.#tally = tally;
  }

  /** Counts what was compared. */
  count(command: string): void {
    this.#tally.operations++;
    this.#tally.commands.set(command, (this.#tally.commands.get(command) ?? 0) + 1);
  }

  /** Notes that a comparison was left out or made milder. */
  tolerate(difference: DifferenceName): void {
    this.#tally.tolerated.set(difference, (this.#tally.tolerated.get(difference) ?? 0) + 1);
  }

  add(queue: string, ids: Both<string>, receipts: Both<string>, times: Pick<Handle, 'visibleAt' | 'expiresAt'>): void {
    const handle: Handle = {
      label: `message ${this.handles.length + 1}`,
      queue,
      ids,
      receipts: [],
      wasReceived: false,
      isGone: false,
      ...times,
    };
    this.handles.push(handle);
    this.#labels.sandbox.set(ids.sandbox, handle.label);
    this.#labels.azurite.set(ids.azurite, handle.label);
    this.lend([{ handle, receipts }], times.visibleAt);
  }

  /** Loans of one step, which may have one receipt; none of another step has it. */
  lend(loans: readonly Loan[], visibleAt: number): void {
    for (const { receipts, handle } of loans) {
      if (this.#sandboxReceipts.has(receipts.sandbox)) throw new Error(`The sandbox gave ${receipts.sandbox} again`);
      handle.receipts.push(receipts);
      handle.visibleAt = visibleAt;
    }
    for (const { receipts } of loans) this.#sandboxReceipts.add(receipts.sandbox);
  }

  labelOf(side: keyof Both<string>, id: string): string {
    return this.#labels[side].get(id) ?? 'a message that nobody sent';
  }

  find(label: string): Handle | undefined {
    return this.handles.find((handle) => handle.label === label);
  }

  /** The newest first, so that commands speak mostly of what is still there. */
  nth(n: number): Handle | undefined {
    const present = this.handles.filter(({ isGone }) => !isGone);
    return present.at(-1 - (n % Math.max(1, present.length)));
  }

  nthGone(n: number): Handle | undefined {
    const gone = this.handles.filter(({ isGone }) => isGone);
    return gone.at(-1 - (n % Math.max(1, gone.length)));
  }

  empty(queue: string): void {
    for (const handle of this.handles) if (handle.queue === queue) handle.isGone = true;
  }
}

/** What a number of histories did together. */
export type Tally = {
  operations: number;
  commands: Map<string, number>;
  tolerated: Map<DifferenceName, number>;
};

export const newTally = (): Tally => ({ operations: 0, commands: new Map(), tolerated: new Map() });
