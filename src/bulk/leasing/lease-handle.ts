import { StorageError } from '@/azure/protocol/errors';
import type { Message } from '@/azure/protocol/model';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { type Claim, certainMessage, claimedBy, type MessageRecord } from '@/messages/record';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import { serviceTime } from '../requests/service-time';
import { isBusy, LostAnswer, mayBeCarriedOut, REPEAT_AFTER_MS } from '../requests/uncertain-outcome';

/**
 * - `held`: ours, by its receipt.
 * - `unknown`: hidden by us, but the answer with its receipt was lost or is hidden: nothing can be done with it until
 *   it shows again.
 * - `lost`: the receipt is void or the message is gone, or somebody else of us works on it.
 * - `gone`: deleted or expired for certain, not by this handle.
 * - `deleted`, `returned`: by this handle.
 * - `hidden`: by this handle, for a time that outlives its lease.
 * - `taken`: a person's from now on.
 */
export type LeaseState = 'held' | 'unknown' | 'lost' | 'gone' | 'deleted' | 'returned' | 'hidden' | 'taken';

/** What the handles of one piece of work have in common. */
export type LeaseContext = {
  target: QueueTarget;
  /** Who works: leases of other claims are left alone. Undefined for what a person does, which needs no claim. */
  claim: Claim | undefined;
  /** Seconds that a renewal asks for, 1 to 604,800; those that the lease had when left out. */
  visibilityTimeout?: number;
  /** False once an answer came without its receipt, because the CORS rule hides it: renewing would lose the message. */
  canRenew: boolean;
  /**
   * A receipt that is void if a change was made whose answer was lost is tried all the same, so that a person need not wait
   * for the end of a lease that may be held.
   */
  triesUnknown?: boolean;
  /** Told when a handle is no longer to be returned. */
  settled?: (handle: LeaseHandle) => void;
  /** Once aborted, what is under way is cut short and nothing is repeated: messages are left to their leases. */
  signal?: AbortSignal;
};

/** Half of so many seconds, in ms. */
const HALF_MS = 500;

/**
 * A leased message to work on. It holds neither text nor receipt: each step takes them from the record. Calls that use the
 * receipt of a message wait for one another, whoever makes them.
 */
export class LeaseHandle {
  readonly id: string;
  #end: Exclude<LeaseState, 'held' | 'unknown'> | undefined;
  readonly #context: LeaseContext;

  constructor(context: LeaseContext, id: string) {
    this.#context = context;
    this.id = id;
  }

  get target(): QueueTarget {
    return this.#context.target;
  }

  get record(): MessageRecord | undefined {
    return this.target.records.get(this.id);
  }

  get state(): LeaseState {
    if (this.#end) return this.#end;
    const { record } = this;
    if (record?.standing.is === 'deleted') return 'gone';
    if (!record || record.claim !== this.#context.claim) return 'lost';
    const { lease } = record;
    if (!lease || lease.holder === 'elsewhere') return 'lost';
    if (lease.because === 'lostAnswer' && lease.state === 'unknown' && this.#context.triesUnknown) return 'held';
    if (lease.state !== 'ended') return lease.state;
    // Nobody was handed the message as far as we know: its receipt may still work.
    return lease.ending === 'time' || lease.ending === 'seen' ? 'held' : 'lost';
  }

  /** As it was received last; undefined where nobody can say what its text is. */
  get message(): Message | undefined {
    return this.record && certainMessage(this.record);
  }

  /** Times and dequeue count, which stay when the text was let go of. */
  get facts() {
    return this.record?.facts;
  }

  get receipt(): string | undefined {
    return this.record?.lease?.receipt;
  }

  /** Epoch ms by the place's clock; the lease ends no sooner than that. */
  get endsAt(): number {
    return this.record?.lease?.endsAt ?? 0;
  }

  /** Epoch ms by the account's clock; without its dates, by what it said when it leased this message. */
  get serviceNow(): number {
    return serviceTime(this.target, this.record?.lease?.clockEvidence);
  }

  /** Seconds that a change of its text asks for, when it is to stay leased as it is. */
  get remainingSeconds(): number {
    return this.#within(this.#lengthToKeep());
  }

  /** Whether its life is over. */
  get isExpired(): boolean {
    const expiresAt = this.facts?.expiresAt;
    return expiresAt != null && expiresAt.getTime() <= this.serviceNow;
  }

  /** Whether somebody else of us works on it. */
  get isTaken(): boolean {
    const { claim } = this.record ?? {};
    return claim !== undefined && claim !== this.#context.claim;
  }

  /** Why it is not held, as a sentence; undefined while it is. */
  get notHeldReason(): string | undefined {
    const { state, record } = this;
    if (state === 'held') return undefined;
    if (state === 'unknown') return UNKNOWN[record?.lease?.because ?? 'lostAnswer'];
    if (!record) return 'Nothing is known of it any more: its connection was forgotten.';
    if (this.isTaken) return claimedBy(record.claim);
    if (record.standing.is === 'deleted') return REMOVED[record.standing.how];
    if (this.isExpired) return 'The message has expired.';
    if (record.lease?.holder === 'elsewhere') return 'Another tab of this browser has leased it.';
    if (record.standing.is === 'hidden') return 'This tab has hidden it for a time.';
    if (record.standing.is === 'unknown') return IN_DOUBT[record.standing.since];
    return IN_DOUBT.refused;
  }

  /** Lets go of the text, when the work has no more use for it: those of a whole queue may not fit into memory. */
  dropText(): void {
    this.target.records.dropText(this.id);
  }

  /** From here on it is a person's: neither renewed nor returned by whoever leased it. */
  take(): void {
    if (this.state !== 'held') return;
    this.target.records.applyTo(this.id, { kind: 'handed', holder: 'tab' });
    this.settle('taken');
  }

  /**
   * Makes sure that the lease lasts so many ms more, or half its length if that is less.
   * @throws what the renewal threw.
   */
  async ensureLeased(milliseconds: number): Promise<void> {
    const needed = Math.min(milliseconds, this.#length() * HALF_MS);
    if (this.state === 'held' && this.endsAt - nowAt(this.target) < needed) await this.renew();
  }

  /** Leases it anew from now on, no longer than it lives; false when nothing was asked for. */
  renew(visibilityTimeout?: number): Promise<boolean> {
    return this.#inTurn(async () => {
      // Asked in its turn: renewed once more, what was returned meanwhile would be hidden again.
      if (this.state !== 'held' || !this.#context.canRenew) return false;
      const length = this.#within(visibilityTimeout ?? this.#length());
      if (length >= 1) await this.#update(length, undefined);
      return length >= 1;
    });
  }

  /** Makes it visible at once. One that is no longer held is left alone, which gives false. */
  release(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.state !== 'held') return false;
      await this.#update(0, undefined);
      this.settle('returned');
      return true;
    });
  }

  /**
   * Hides it for `visibilityTimeout` seconds from now (1 to 604,800), which ends the lease.
   * @throws what the update threw; `mayBeCarriedOut` tells whether it may have worked.
   */
  async hide(visibilityTimeout: number): Promise<void> {
    await this.#inTurn(async () => {
      await this.#update(visibilityTimeout, undefined);
      const { records } = this.target;
      const evidence =
        this.record?.lease?.evidence ?? records.answeredNow(records.tick(), nowAt(this.target), undefined);
      records.applyTo(this.id, { kind: 'givenUp', until: this.endsAt, evidence });
      this.settle('hidden');
    });
  }

  /**
   * Replaces its text and keeps it hidden for `visibilityTimeout` seconds (0 to 604,800, 0 shows it at once and ends the lease).
   * When left out, what a job leased is leased anew, since shown at once it would be received again by the same job, and
   * what a person leased keeps its end. `check` is called before each receipt is used, and throws where nothing is to be sent;
   * when left out no other text is replaced than `only`, or than the one known now.
   * @throws what the update and the check threw; `OtherText` when another text would be replaced.
   */
  async changeText(
    text: string,
    { visibilityTimeout, only, check = this.#guard(only, text) }: ChangeText = {},
  ): Promise<void> {
    await this.#inTurn(async () => {
      const length = visibilityTimeout ?? this.remainingSeconds;
      await this.#update(length, text, check);
      if (length === 0) this.settle('returned');
    });
  }

  /**
   * Deletes it for good: with the text `only` for certain when that is given, else with no other than the one known now.
   * @throws what the deletion threw, and `OtherText` when another text would go.
   */
  async delete(only?: string): Promise<void> {
    const check = this.#guard(only);
    await this.#inTurn(() => this.#delete(check));
  }

  /** Ends the handle's part in it. */
  settle(end: Exclude<LeaseState, 'held' | 'unknown'>): void {
    if (this.#end) return;
    this.#end = end;
    const { claim } = this.#context;
    if (claim) this.target.records.unclaim([this.id], claim);
    this.#context.settled?.(this);
  }

  async #delete(check: () => void): Promise<void> {
    for (;;) {
      check();
      const receipt = this.#proof();
      const { standing } = this.record ?? {};
      const answerLost = standing?.is === 'unknown' && standing.since === 'delete';
      try {
        await this.target.account.deleteMessage(this.target.queue, { id: this.id, receipt });
        this.settle('deleted');
        return;
      } catch (error) {
        if (this.#wasHandedAgain(error, receipt)) continue;
        // A delete before this one got no answer: most likely that was carried out.
        throw answerLost && receiptRefusal(error) === 'void-or-gone' ? new LostAnswer(error) : error;
      }
    }
  }

  /**
   * One update. When its answer is lost it is repeated with the same receipt, which can do no harm: either the first
   * was not carried out, or the second is refused. With a receipt that was used before, the text is the same.
   */
  async #update(visibilityTimeout: number, text: string | undefined, check?: () => void): Promise<void> {
    let answerLost = this.#mayBeOurs();
    let checked: string | undefined;
    const { signal } = this.#context;
    for (let attempt = 0; ; attempt++) {
      if (signal?.aborted) throw new Error('It was cancelled before it was sent.');
      const receipt = this.#proof();
      if (receipt !== checked) check?.();
      checked = receipt;
      try {
        const change = text === undefined ? { visibilityTimeout } : { visibilityTimeout, text };
        const answer = await this.target.account.updateMessage(this.target.queue, { id: this.id, receipt }, change, {
          signal,
        });
        if (answer.receipt === undefined && visibilityTimeout > 0) this.#context.canRenew = false;
        return;
      } catch (error) {
        if (this.#wasHandedAgain(error, receipt)) continue;
        if (receiptRefusal(error) === 'void-or-gone' && answerLost) {
          // Most likely the first one worked. Shown again it is as good as returned, hidden its receipt is lost.
          if (text !== undefined || visibilityTimeout > 0) throw new LostAnswer(error);
          if (this.record?.lease?.because === 'lostAnswer') throw new Error(UNKNOWN.lostAnswer, { cause: error });
          return;
        }
        const pause = REPEAT_AFTER_MS[attempt];
        const isWorthRepeating = mayBeCarriedOut(error) || (answerLost && isBusy(error));
        if (signal?.aborted || !isWorthRepeating || pause === undefined) {
          throw answerLost && receiptRefusal(error) === undefined ? new LostAnswer(error) : error;
        }
        answerLost = true;
        await waitAt(this.target, pause, signal);
      }
    }
  }

  /**
   * Sees to it that no text goes which nobody looked at: handed to us again meanwhile, the message may have another. With
   * `only` it has to be that one, for certain; `own` is what this change gives it.
   */
  #guard(only: string | undefined, own?: string): () => void {
    const known = only ?? this.#lastText();
    return () => {
      const now = only === undefined ? this.#lastText() : this.message?.text;
      const isUnknown = only === undefined && (known === undefined || now === undefined);
      if (!isUnknown && now !== known && (own === undefined || now !== own)) throw new OtherText();
    };
  }

  /** The last that was seen, which a change whose answer was lost leaves as it is. */
  #lastText(): string | undefined {
    return this.record?.undecided ? undefined : this.record?.message?.text;
  }

  /** The receipt that works now. @throws StorageError when there is none. */
  #proof(): string {
    const { receipt } = this;
    if (receipt === undefined) {
      throw new StorageError('There is no receipt for this message any more.', {
        status: 404,
        code: 'MessageNotFound',
      });
    }
    return receipt;
  }

  /** The message was handed to us again meanwhile, by a receipt that works. */
  #wasHandedAgain(error: unknown, used: string): boolean {
    return receiptRefusal(error) === 'void-or-gone' && this.receipt !== undefined && this.receipt !== used;
  }

  /** An earlier change of ours got no answer: a receipt that is void now is then most likely ours. */
  #mayBeOurs(): boolean {
    const { lease, standing } = this.record ?? {};
    return lease?.because === 'lostAnswer' || (standing?.is === 'unknown' && standing.since === 'return');
  }

  /** Seconds that a renewal asks for. */
  #length(): number {
    return this.#context.visibilityTimeout ?? this.record?.lease?.total ?? 0;
  }

  /** Seconds: a whole lease for work, what is left of it for a person. */
  #lengthToKeep(): number {
    if (this.record?.lease?.holder === 'work') return this.#length();
    return Math.max(1, Math.ceil((this.endsAt - nowAt(this.target)) / 1000));
  }

  /** Seconds; not beyond its expiry, which the service refuses. */
  #within(length: number): number {
    const expiresAt = this.facts?.expiresAt;
    const life = expiresAt == null ? Infinity : Math.floor((expiresAt.getTime() - this.serviceNow) / 1000);
    return Math.max(0, Math.min(length, life));
  }

  #inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    return this.target.records.inTurn(this.id, call);
  }
}

type ChangeText = {
  visibilityTimeout?: number | undefined;
  only?: string | undefined;
  check?: (() => void) | undefined;
};

/** The message has another text by now than the one that was meant, or may have: nothing was sent. */
export class OtherText extends Error {
  override readonly name = 'OtherText';

  constructor() {
    super('The message has another text by now, or may have.');
  }
}

/** Why the receipt that works now is not known, as a sentence. */
const UNKNOWN = {
  lostAnswer: 'The answer with its receipt was lost.',
  hiddenReceipt: 'The CORS rule hides the receipt that works now.',
} as const;

/** What became of a message without a receipt that works, as far as can be said, as a sentence. */
const IN_DOUBT = {
  delete: 'An earlier delete got no answer, and most likely deleted it.',
  clear: 'A clear of the queue got no answer, and may have deleted it.',
  return: 'An earlier release got no answer, and most likely released it.',
  refused: 'Its lease was lost: another consumer received the message, or it was deleted or has expired.',
} as const;

/** What became of a message that is not there, as a sentence. */
const REMOVED = {
  deleted: 'The message was deleted by this tab.',
  cleared: 'The queue was cleared.',
  queueDeleted: 'The queue was deleted.',
  elsewhere: 'Another tab of this browser deleted the message.',
  moved: 'The message was moved by this tab.',
} as const;
