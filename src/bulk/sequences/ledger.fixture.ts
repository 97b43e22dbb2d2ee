import type { SandboxChange } from '@/sandbox/endpoint';
import { toReceipt } from '@/sandbox/receipt';
import type { Sandbox } from '@/sandbox/service';
import type { OutcomeKind } from '../requests/outcome';
import { DELETING } from '../work/delete-later';
import type { Books, Request } from './line.fixture';
import type { Time } from './time.fixture';

/*
 * The oracle. It reads the service itself and knows on whose behalf each request is made and what that one was asked to do,
 * and nothing of how the product does it.
 */

/** The first tab, the second, or a hand that is not ours. */
export type Hand = 0 | 1 | 'other';

export type Doing =
  | 'peek'
  | 'receive'
  | 'lease'
  | 'browse'
  | 'release'
  | 'extend'
  | 'edit'
  | 'change'
  | 'hide'
  | 'move'
  | 'copy'
  | 'delete'
  | 'export'
  | 'import'
  | 'add'
  | 'addAgain'
  | 'clear'
  | 'anything';

/** A message as the service has it. */
export type Truth = {
  id: string;
  text: string;
  visibleAt: number;
  dequeueCount: number;
  receipt: string;
};

/** Whose request hid a message last. */
type Hider = { hand: Hand; work: Work; number: number; state: 'under way' | 'told' | 'lost' };
/** Who deleted a message, by which request, with the text that it had. */
type Gone = { work: Work; text: string; number: number };

export type Task = {
  does: Doing;
  hand: Hand;
  queue: string;
  scope?: ReadonlySet<string> | undefined;
  to?: string | undefined;
};

/** Something that somebody is asked to do, and what came of it so far. A job and its retries are one. */
export class Work {
  /** Who has its messages, as others are told. */
  claim: string;
  /** The message that is worked on now. */
  item: string | undefined;
  /** What an edit found, and what it makes of it. */
  edit: { base: string; text: string } | undefined;
  /** Texts that may be added, each once. */
  readonly texts = new Set<string>();
  /** Copies that are there or were, but for those taken back: by the message that they are of. */
  readonly copies = new Map<string, Map<string, string>>();
  readonly deleted = new Set<string>();
  readonly changed = new Map<string, number>();
  /** Messages of which an outcome said that it may be done, or be there twice. */
  readonly doubtful = new Set<string>();
  /** Messages of which an outcome said that they are copied. */
  readonly outcomes = new Map<string, OutcomeKind>();
  /** Messages that must be done if nothing comes between. */
  expected = new Set<string>();
  /** What it makes of the text of a message that it changes, sends or deletes a copy of; undefined for the text as it is. */
  textFor: ((id: string, text: string) => string) | undefined;
  /** Seconds for which it hides what it is asked to hide. */
  hidesFor = 0;
  /** True while something of it is still to come. */
  isLive = true;
  /** It was told that a receive of it got no answer. */
  saidMaybeHidden = false;
  readonly begunAt: number;
  readonly number: number;

  readonly ledger: Ledger;
  readonly name: string;
  readonly does: Doing;
  readonly hand: Hand;
  readonly queue: string;
  /** Which messages it may change or delete; all when left out. */
  readonly scope: ReadonlySet<string> | undefined;
  /** Where copies go. */
  readonly to: string | undefined;

  constructor(ledger: Ledger, name: string, { does, hand, queue, scope, to }: Task) {
    this.ledger = ledger;
    this.name = name;
    this.does = does;
    this.hand = hand;
    this.queue = queue;
    this.scope = scope;
    this.to = to;
    this.claim = name;
    this.begunAt = ledger.time.now();
    this.number = ledger.number;
  }

  /** The text that a message with this text gets, or its copy. */
  newText(id: string, text: string): string {
    return this.textFor?.(id, text) ?? text;
  }

  copiesOf(id: string): number {
    return this.copies.get(id)?.size ?? 0;
  }
}

/** What a "Change text" job makes of a text. */
export const changedText = (text: string): string => `${text}+`;

const RECEIVES: ReadonlySet<Doing> = new Set<Doing>([
  'receive',
  'lease',
  'browse',
  'change',
  'hide',
  'move',
  'copy',
  'delete',
  'export',
  'anything',
]);
const COPIES: ReadonlySet<Doing> = new Set(['move', 'copy']);

/** What the service does, on whose behalf, and whether that is what was asked for. */
export class Ledger {
  /** Counts what the service carries out. */
  number = 0;
  readonly violations: string[] = [];
  /** The last request of which something went wrong. */
  lastTrouble = -1;
  readonly hiders = new Map<string, Hider>();
  readonly gone = new Map<string, Gone>();
  /** Deletes that wait for Undo, by hand. */
  readonly waiting: Readonly<Record<0 | 1, Map<string, Work>>> = { 0: new Map(), 1: new Map() };
  /** Who works on a message, as the product says to whoever else asks. */
  claimOf: (hand: 0 | 1, queue: string, id: string) => string | undefined = () => undefined;
  readonly #truth = new Map<string, ReadonlyMap<string, Truth>>();
  /** All texts that a message had, each with the number of the request that gave it. */
  readonly #texts = new Map<string, { number: number; text: string }[]>();
  readonly #touches = new Map<string, { number: number; work: Work }[]>();
  readonly #foreign = new Map<string, number>();
  readonly #doubt = new Map<string, number>();
  readonly #doubtOfAll = new Map<string, number>();
  readonly #knows: Readonly<Record<0 | 1, Map<string, number>>> = { 0: new Map(), 1: new Map() };
  readonly #refused: Readonly<Record<0 | 1, Set<string>>> = { 0: new Set(), 1: new Set() };
  readonly #underWay = new Map<number, ReadonlySet<string>>();
  #asking: { work: Work; request: Request } | undefined;

  readonly sandbox: Sandbox;
  readonly time: Time;

  constructor(sandbox: Sandbox, time: Time) {
    this.sandbox = sandbox;
    this.time = time;
    sandbox.subscribe((change) => this.#learn(change));
  }

  /** Messages of a queue now, in no order. */
  in(queue: string): ReadonlyMap<string, Truth> {
    return this.#truth.get(queue) ?? new Map<string, Truth>();
  }

  fail(words: string): void {
    if (!this.violations.includes(words)) this.violations.push(words);
  }

  /** The text that a message had when the service had carried out so many requests, and all that it had since. */
  textsSince(id: string, number: number): Set<string> {
    const texts = this.#texts.get(id) ?? [];
    const first = texts.findLast((one) => one.number <= number);
    return new Set([...(first ? [first] : []), ...texts.filter((one) => one.number > number)].map(({ text }) => text));
  }

  /** Another hand touched it, and this tab has not looked since. */
  isStale = (hand: 0 | 1, id: string): boolean => (this.#foreign.get(id) ?? -1) > (this.#knows[hand].get(id) ?? -1);

  /** This receipt did not work when this tab used it. */
  isRefused = (hand: 0 | 1, id: string, receipt: string): boolean => this.#refused[hand].has(`${id} ${receipt}`);

  /** An answer about it was lost, and nobody has looked since. */
  isDoubtful(hand: 0 | 1, queue: string, id: string): boolean {
    const doubt = Math.max(this.#doubt.get(id) ?? -1, this.#doubtOfAll.get(queue) ?? -1);
    return doubt > (this.#knows[hand].get(id) ?? -1);
  }

  isUnderWay(id: string): boolean {
    for (const ids of this.#underWay.values()) if (ids.has(id)) return true;
    return false;
  }

  /** What this tab knows of it may be wrong, and it is nobody's fault. */
  isExcused = (hand: 0 | 1, queue: string, id: string): boolean =>
    this.isStale(hand, id) || this.isDoubtful(hand, queue, id) || this.isUnderWay(id);

  isTouchedBy = (work: Work, id: string): boolean => (this.#touches.get(id) ?? []).some((touch) => touch.work === work);

  /** Whether somebody but `work` changed it since that began. */
  isTouchedBeside = (work: Work, id: string): boolean =>
    (this.#touches.get(id) ?? []).some((touch) => touch.work !== work && touch.number > work.number);

  /** This tab is another page now: what the one before it was told is known by what that left. */
  forget(hand: 0 | 1): void {
    this.waiting[hand].clear();
    // What is kept over a reload may work all the same.
    this.#refused[hand].clear();
  }

  booksOf(work: Work): Books {
    return {
      count: () => this.number,
      asks: (request) => {
        this.number++;
        this.#asking = { work, request };
      },
      refused: () => void (this.lastTrouble = ++this.number),
      answered: () => {
        this.#asking = undefined;
        return this.number;
      },
      told: (request, number, ids, isRefused) => {
        this.#underWay.delete(number);
        const { hand } = work;
        if (hand === 'other') return;
        if (isRefused) this.#refused[hand].add(`${request.id} ${request.receipt}`);
        for (const id of ids) {
          this.#knows[hand].set(id, number);
          // Gone since then, and the answer does not show it.
          const gone = this.gone.get(id)?.number ?? -1;
          if (gone > number) this.#doubt.set(id, gone);
        }
        for (const id of request.id === undefined ? ids : [request.id]) {
          const hider = this.hiders.get(id);
          if (hider?.number === number) hider.state = 'told';
          if (this.#texts.get(id)?.at(-1)?.number === number) this.#knows[hand].set(id, number);
        }
      },
      lost: (request, number = ++this.number) => {
        this.lastTrouble = this.number;
        const ids = request.id === undefined ? (this.#underWay.get(number) ?? []) : [request.id];
        for (const id of ids) {
          this.#doubt.set(id, number);
          const hider = this.hiders.get(id);
          if (hider?.number === number) hider.state = 'lost';
        }
        if (request.what === 'clear') this.#doubtOfAll.set(request.queue, number);
        this.#underWay.delete(number);
      },
    };
  }

  #learn(change: SandboxChange): void {
    if (!('queue' in change)) return;
    const { queue, what } = change;
    const before = this.in(queue);
    const after = this.#read(queue);
    this.#truth.set(queue, after);
    const ids = 'ids' in change ? change.ids : [...before.keys()];
    const { work } = this.#asking ?? {};
    for (const id of ids) {
      const text = after.get(id)?.text;
      if (text !== undefined && this.#texts.get(id)?.at(-1)?.text !== text) {
        this.#texts.set(id, [...(this.#texts.get(id) ?? []), { number: this.number, text }]);
      }
    }
    if (!work) return;
    this.#underWay.set(this.number, new Set(ids));
    for (const id of ids) {
      this.#touches.set(id, [...(this.#touches.get(id) ?? []), { number: this.number, work }]);
      if (work.hand === 'other') this.#foreign.set(id, this.number);
      const one = { work, queue, id, before: before.get(id), after: after.get(id) };
      if (what === 'received' || what === 'updated') this.#hidden(one);
      if (what === 'received') this.#received(one);
      else if (what === 'updated') this.#updated(one);
      else if (what === 'deleted') this.#deleted(one);
      else if (what === 'sent') this.#sent(one);
      else if (what === 'cleared') this.#cleared(one);
    }
  }

  #read(queue: string): Map<string, Truth> {
    const messages = this.sandbox.snapshot([queue]).queues[0]?.messages ?? [];
    return new Map(
      messages.map(({ id, text, visibleAt, dequeueCount, receiptNumber, receiptOfUpdate = false }) => [
        id,
        {
          id,
          text,
          visibleAt,
          dequeueCount,
          receipt: toReceipt(visibleAt, receiptNumber, receiptOfUpdate ? dequeueCount : undefined),
        },
      ]),
    );
  }

  #hidden({ work, id, after }: Change): void {
    if (after && after.visibleAt > this.time.now()) {
      this.hiders.set(id, { hand: work.hand, work, number: this.number, state: 'under way' });
    } else this.hiders.delete(id);
  }

  #received({ work, id, before }: Change): void {
    if (!RECEIVES.has(work.does)) this.#fault(work, `received ${nameOf(before, id)}`);
  }

  #updated({ work, queue, id, before, after }: Change): void {
    if (work.hand === 'other') return;
    this.#checkHands(work, queue, id, before);
    if (before?.text === after?.text) return;
    const isMeant =
      (work.does === 'edit' && after?.text === work.edit?.text) ||
      ((work.does === 'change' || work.does === 'hide') &&
        work.item === id &&
        after?.text === work.newText(id, before?.text ?? ''));
    if (!isMeant) this.#fault(work, `made "${after?.text}" of ${nameOf(before, id)}`);
    if (work.does === 'edit' && before?.text !== work.edit?.base) {
      this.#fault(work, `wrote over ${nameOf(before, id)}, which nobody had seen`);
    }
    work.changed.set(id, (work.changed.get(id) ?? 0) + 1);
  }

  #deleted({ work, queue, id, before }: Change): void {
    this.hiders.delete(id);
    this.gone.set(id, { work, text: before?.text ?? '', number: this.number });
    if (work.hand === 'other') return;
    if (work.does === 'move' && queue === work.to && this.#takeBack(work, id)) return;
    this.#checkHands(work, queue, id, before);
    const isMeant = work.does === 'delete' || (work.does === 'move' && queue === work.queue);
    if (!isMeant) this.#fault(work, `deleted ${nameOf(before, id)}`);
    if (
      work.does === 'move' &&
      ![...(work.copies.get(id)?.values() ?? [])].includes(work.newText(id, before?.text ?? ''))
    ) {
      this.#fault(work, `deleted ${nameOf(before, id)}, of which there is no copy: the text is lost`);
    }
    work.deleted.add(id);
  }

  /** A copy of its own that it deletes again. */
  #takeBack(work: Work, id: string): boolean {
    for (const copies of work.copies.values()) if (copies.delete(id)) return true;
    return false;
  }

  #sent({ work, queue, id, after }: Change): void {
    this.#noteHidden(work, id, after);
    if (work.hand === 'other') return;
    const text = after?.text ?? '';
    const { item } = work;
    if (work.does === 'import' || work.does === 'add') {
      if (!work.texts.has(text)) this.#fault(work, `added "${text}", which is in no draft`);
      this.#noteCopy(work, text, id, text);
      return;
    }
    if (item === undefined || queue !== work.to || !(COPIES.has(work.does) || work.does === 'addAgain')) {
      this.#fault(work, `added "${text}" to ${queue}`);
      return;
    }
    this.#noteCopy(work, item, id, text);
    if (work.does === 'addAgain') {
      const gone = this.gone.get(item);
      const isStale = this.isStale(work.hand, item);
      if (!gone) this.#fault(work, `added "${text}" again, which is still there`);
      else if (gone.work.hand === 'other' && !isStale)
        this.#fault(work, `added "${text}" again, which another consumer took`);
      else if (gone.text !== text && !isStale)
        this.#fault(work, `added "${text}" again, which was "${gone.text}" at last`);
      return;
    }
    const source = this.in(work.queue).get(item);
    const begun = this.#asking?.request.begun ?? 0;
    if (this.waiting[work.hand].has(item))
      this.#fault(work, `copied ${nameOf(source, item)}, whose delete waits for Undo`);
    // Until the original is found to be another's, nobody can know better.
    const isGone = (this.gone.get(item)?.number ?? Infinity) <= begun;
    const isRight = [...this.textsSince(item, begun)].some((one) => work.newText(item, one) === text);
    const isWrong = isGone || !isRight;
    if (isWrong && !this.isStale(work.hand, item) && !this.isDoubtful(work.hand, work.queue, item)) {
      this.#fault(work, `copied "${text}", and the message is ${source ? `"${source.text}"` : 'gone'}`);
    }
  }

  #noteHidden(work: Work, id: string, after: Truth | undefined): void {
    if (after && after.visibleAt > this.time.now() && work.hand === 'other')
      this.#hidden({ work, queue: '', id, before: undefined, after });
  }

  #noteCopy(work: Work, of: string, id: string, text: string): void {
    const copies = work.copies.get(of) ?? new Map<string, string>();
    work.copies.set(of, copies.set(id, text));
    if (copies.size > 1 && !work.doubtful.has(of))
      this.#fault(work, `sent "${text}" twice, and nothing was said of it`);
  }

  #cleared({ work, id, before }: Change): void {
    this.hiders.delete(id);
    this.gone.set(id, { work, text: before?.text ?? '', number: this.number });
    if (work.hand === 'other') return;
    if (work.does !== 'clear') this.#fault(work, `cleared ${nameOf(before, id)}`);
    if (this.waiting[work.hand].has(id))
      this.#fault(work, `cleared ${nameOf(before, id)}, whose delete waits for Undo`);
  }

  /** Only one of us at a time, and only at what it was asked to change. */
  #checkHands(work: Work, queue: string, id: string, before: Truth | undefined): void {
    if (work.hand === 'other' || queue !== work.queue) return;
    const changes = `changed ${nameOf(before, id)}`;
    const waits = this.waiting[work.hand].get(id);
    if (waits && waits !== work) this.#fault(work, `${changes}, whose delete waits for Undo`);
    const isReceived = this.#touches.get(id)?.some((touch) => touch.work === work && touch.number < this.number);
    if (work.scope && !work.scope.has(id) && !isReceived) this.#fault(work, `${changes}, which was not meant`);
    const claim = this.claimOf(work.hand, queue, id);
    const isItsOwn = claim === work.claim || (work.does === 'delete' && claim === DELETING.name);
    if (claim !== undefined && !isItsOwn) this.#fault(work, `${changes}, which ${claim} has`);
  }

  #fault({ name }: Work, words: string): void {
    this.fail(`${name} ${words}`);
  }
}

type Change = { work: Work; queue: string; id: string; before: Truth | undefined; after: Truth | undefined };

const nameOf = (truth: Truth | undefined, id: string) => (truth ? `"${truth.text}"` : id);
