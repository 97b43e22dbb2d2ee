import { type NetworkState, StorageError } from '@/azure/protocol/errors';
import type { Message } from '@/azure/protocol/model';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { isCutOff, isNotSent } from '@/azure/wire/retry';
import { type Claim, certainMessage, claimedBy, type MessageRecord } from '@/messages/record';
import { isBack } from '../requests/network';
import { isBusy, LostAnswer, mayBeCarriedOut, REPEAT_AFTER_MS } from '../requests/outcome';
import { nowAt, type QueueTarget, serviceTime, waitAt } from '../requests/queue-target';

/**
 * - `held`: leased, and its receipt is known.
 * - `unknown`: leased, but the response with its receipt was lost or is hidden, so no operation works until it is visible.
 * - `lost`: the receipt is void, the message was deleted, or other work of this tab has claimed it.
 * - `gone`: certainly deleted or expired, not by this handle.
 * - `deleted`, `returned`: by this handle.
 * - `hidden`: by this handle, for a time that outlives its lease.
 * - `taken`: handed to the person.
 */
export type LeaseState = 'held' | 'unknown' | 'lost' | 'gone' | 'deleted' | 'returned' | 'hidden' | 'taken';

/** What all handles of one job, browse or action share. */
export type LeaseContext = {
  target: QueueTarget;
  /** Claim of the work; messages with another claim are not touched. Undefined for a person's actions. */
  claim: Claim | undefined;
  /** Seconds of a renewal, 1 to 604,800; those of the lease by default. */
  readonly visibilityTimeout?: number;
  /** False once CORS has hidden a new receipt: another renewal would lose the message. */
  canRenew: boolean;
  /**
   * True to try a receipt that may be void after a lost response, so that a person need not wait for the end of the lease.
   */
  triesUnknown?: boolean;
  /** True once a change of a text by work also returns the message, as nothing would receive it again. */
  returnsByChange?: () => boolean;
  /** Called when a handle need not be returned any more. */
  settled?: (handle: LeaseHandle) => void;
  /** Aborts running requests and repeats; messages stay hidden until their leases end. */
  signal?: AbortSignal;
  /** Aborts waits for the network, but for those of a return. */
  stopped?: AbortSignal;
};

/** Milliseconds in half a second: `seconds * HALF_MS` is half of that time. */
const HALF_MS = 500;

/**
 * A leased message to work on. Reads text and receipt from the record at each step. Calls that use the receipt of one message
 * run one after another, also of different handles.
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
    // No other receive is known, so its receipt may still work.
    return lease.ending === 'time' || lease.ending === 'seen' ? 'held' : 'lost';
  }

  /** The message as last received; undefined when its text is not certain. */
  get message(): Message | undefined {
    return this.record && certainMessage(this.record);
  }

  /** Times and dequeue count, which remain when the text was dropped. */
  get facts() {
    return this.record?.facts;
  }

  get receipt(): string | undefined {
    return this.record?.lease?.receipt;
  }

  /** Earliest end of the lease, epoch ms by the connection's clock. */
  get endsAt(): number {
    return this.record?.lease?.endsAt ?? 0;
  }

  /** Epoch ms by the account's clock; where CORS hides its dates, by the times of this lease. */
  get serviceNow(): number {
    return serviceTime(this.target, this.record?.lease?.clockEvidence);
  }

  /** Seconds for a change of its text that keeps the end of its lease. */
  get remainingSeconds(): number {
    return this.#within(this.#lengthToKeep());
  }

  /** True once its time to live is over. */
  get isExpired(): boolean {
    const expiresAt = this.facts?.expiresAt;
    return expiresAt != null && expiresAt.getTime() <= this.serviceNow;
  }

  /** True when other work of this tab has claimed it. */
  get isTaken(): boolean {
    const { claim } = this.record ?? {};
    return claim !== undefined && claim !== this.#context.claim;
  }

  /** Why it is not `held`, as a sentence; undefined while it is. */
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

  /** Drops the text when the work needs it no more: the texts of a whole queue may not fit into memory. */
  dropText(): void {
    this.target.records.dropText(this.id);
  }

  /** Hands the lease to the person: the work neither renews nor returns it. */
  take(): void {
    if (this.state !== 'held') return;
    this.target.records.applyTo(this.id, { kind: 'handed', holder: 'tab' });
    this.settle('taken');
  }

  /**
   * Renews the lease unless it lasts for another `milliseconds`, or half its length if that is less.
   * @throws what the renewal threw.
   */
  async ensureLeased(milliseconds: number): Promise<void> {
    const needed = Math.min(milliseconds, this.#length() * HALF_MS);
    if (this.state === 'held' && this.endsAt - nowAt(this.target) < needed) await this.renew();
  }

  /** Renews the lease from now on, at most until the message expires; false when no request was sent. */
  renew(visibilityTimeout?: number): Promise<boolean> {
    return this.#inTurn(async () => {
      // Checked in its turn: renewing a message that was returned meanwhile would hide it again.
      if (this.state !== 'held' || !this.#context.canRenew) return false;
      const length = this.#within(visibilityTimeout ?? this.#length());
      if (length >= 1) await this.#update(length, undefined);
      return length >= 1;
    });
  }

  /** Makes it visible at once; false when it is not held. */
  release(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.state !== 'held') return false;
      await this.#update(0, undefined);
      this.settle('returned');
      return true;
    });
  }

  /**
   * Hides it for `visibilityTimeout` seconds from now (1 to 604,800), which ends the lease; with `text` in place of the text
   * `only`, in the same request.
   * @throws what the update threw; see `mayBeCarriedOut`. `OtherText` when another text would be replaced.
   */
  async hide(visibilityTimeout: number, { text, only }: { text?: string; only?: string } = {}): Promise<void> {
    const check = text === undefined ? undefined : this.#guard(only, text);
    await this.#inTurn(async () => {
      await this.#update(visibilityTimeout, text, check);
      const { records } = this.target;
      const evidence =
        this.record?.lease?.evidence ?? records.answeredNow(records.tick(), nowAt(this.target), undefined);
      records.applyTo(this.id, { kind: 'givenUp', until: this.endsAt, evidence });
      this.settle('hidden');
    });
  }

  /**
   * Replaces its text and hides it for `visibilityTimeout` seconds (0 to 604,800; 0 makes it visible and ends the lease). By
   * default a person's lease keeps its end, and work returns the message with the change, or renews its lease as long as it
   * would receive a visible message again. `check` is called before each use of a receipt, and throws to send nothing; by default it allows only the text `only`
   * or the last known one to be replaced.
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
   * Deletes it: only with the text `only`, for certain, or by default only with the last known text.
   * @throws what the deletion threw; `OtherText` when another text would be deleted.
   */
  async delete(only?: string): Promise<void> {
    const check = this.#guard(only);
    await this.#inTurn(() => this.#delete(check));
  }

  /** Ends the work on this message. */
  settle(end: Exclude<LeaseState, 'held' | 'unknown'>): void {
    if (this.#end) return;
    this.#end = end;
    const { claim } = this.#context;
    if (claim) this.target.records.unclaim([this.id], claim);
    this.#context.settled?.(this);
  }

  async #delete(check: () => void): Promise<void> {
    let wasCutOff = false;
    for (;;) {
      if (this.#hasNoNetwork()) await this.#isBack(this.target.network, false);
      check();
      const receipt = this.#proof();
      const { standing } = this.record ?? {};
      const { endsAt } = this;
      const answerLost = standing?.is === 'unknown' && standing.since === 'delete';
      try {
        await this.target.account.deleteMessage(this.target.queue, { id: this.id, receipt });
        this.settle('deleted');
        return;
      } catch (error) {
        if (this.#wasHandedAgain(error, receipt) || (await this.#isToBeSent(error, false))) continue;
        if (isCutOff(error) && (await this.#isBack(error.network, false))) {
          wasCutOff = true;
          continue;
        }
        const isRefused = receiptRefusal(error) === 'void-or-gone';
        // Nobody else can have received it while its lease runs, so the first request has deleted it, or it is gone otherwise.
        if (wasCutOff && isRefused && endsAt > nowAt(this.target)) return this.#wasDeleted();
        // An earlier delete got no response, so most likely that one was carried out.
        throw answerLost && isRefused ? new LostAnswer(error) : error;
      }
    }
  }

  #wasDeleted(): void {
    const { records } = this.target;
    records.applyTo(this.id, {
      kind: 'deleted',
      evidence: records.answeredNow(records.tick(), nowAt(this.target), undefined),
    });
    this.settle('deleted');
  }

  /**
   * Sends one update. After a lost response it repeats it with the same receipt, which is safe: either the first was not
   * carried out, or the second is refused.
   */
  async #update(visibilityTimeout: number, text: string | undefined, check?: () => void): Promise<void> {
    let answerLost = this.#mayBeOurs();
    let checked: string | undefined;
    const { signal } = this.#context;
    const isReturn = visibilityTimeout === 0 && text === undefined;
    for (let attempt = 0; ; attempt++) {
      if (this.#hasNoNetwork()) await this.#isBack(this.target.network, isReturn);
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
        if (await this.#isToBeSent(error, isReturn)) continue;
        if (receiptRefusal(error) === 'void-or-gone' && answerLost) {
          // Most likely the first update worked: visible it is returned, hidden its receipt is lost.
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

  #hasNoNetwork(): boolean {
    return this.target.network?.loss() !== undefined;
  }

  /** True when a request of work was not sent for lack of a network, and the network is back. */
  async #isToBeSent(error: unknown, isReturn: boolean): Promise<boolean> {
    return isNotSent(error) && (await this.#isBack(error.network, isReturn));
  }

  /** Waits for the network; false for a person's action, and when the work was stopped first. */
  async #isBack(network: NetworkState | undefined, isReturn: boolean): Promise<boolean> {
    const { claim, signal, stopped } = this.#context;
    if (!network || !claim || claim.kind === 'delete') return false;
    const stop = isReturn ? [signal] : [signal, stopped];
    return isBack(network, AbortSignal.any(stop.filter((one) => one !== undefined)));
  }

  /**
   * Returns a check that throws when the text differs from the expected one, since the message may have been received again
   * meanwhile. With `only` the text has to be that, for certain; `own` is the text that this change writes.
   */
  #guard(only: string | undefined, own?: string): () => void {
    const expected = only ?? this.#lastText();
    return () => {
      const now = only === undefined ? this.#lastText() : this.message?.text;
      const isUnknown = only === undefined && (expected === undefined || now === undefined);
      if (!isUnknown && now !== expected && (own === undefined || now !== own)) throw new OtherText();
    };
  }

  /** The text of the last response that showed it; undefined when two responses disagree. */
  #lastText(): string | undefined {
    return this.record?.undecided ? undefined : this.record?.message?.text;
  }

  /** The current receipt. @throws StorageError without one. */
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

  /** True when this tab received the message again meanwhile, with another receipt. */
  #wasHandedAgain(error: unknown, used: string): boolean {
    return receiptRefusal(error) === 'void-or-gone' && this.receipt !== undefined && this.receipt !== used;
  }

  /** True when an earlier change got no response, which then most likely voided the receipt. */
  #mayBeOurs(): boolean {
    const { lease, standing } = this.record ?? {};
    return lease?.because === 'lostAnswer' || (standing?.is === 'unknown' && standing.since === 'return');
  }

  /** Seconds of a renewal. */
  #length(): number {
    return this.#context.visibilityTimeout ?? this.record?.lease?.total ?? 0;
  }

  /** Seconds of a change: a whole lease for work, the remaining time for a person. */
  #lengthToKeep(): number {
    if (this.record?.lease?.holder === 'work') return this.#context.returnsByChange?.() ? 0 : this.#length();
    return Math.max(1, Math.ceil((this.endsAt - nowAt(this.target)) / 1000));
  }

  /** Limits seconds to the expiry of the message, since the service refuses more. */
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

/** Nothing was sent, because the message has or may have another text than expected. */
export class OtherText extends Error {
  override readonly name = 'OtherText';

  constructor() {
    super('The message has another text by now, or may have.');
  }
}

/** Why the current receipt is not known, as a sentence. */
const UNKNOWN = {
  lostAnswer: 'The answer with its receipt was lost.',
  hiddenReceipt: 'The CORS rule hides the receipt that works now.',
} as const;

/** What likely happened to a message without a valid receipt, as a sentence. */
const IN_DOUBT = {
  delete: 'An earlier delete got no answer, and most likely deleted it.',
  clear: 'A clear of the queue got no answer, and may have deleted it.',
  return: 'An earlier release got no answer, and most likely released it.',
  refused: 'Its lease was lost: another consumer received the message, or it was deleted or has expired.',
} as const;

/** How a message was removed, as a sentence. */
const REMOVED = {
  deleted: 'The message was deleted by this tab.',
  cleared: 'The queue was cleared.',
  queueDeleted: 'The queue was deleted.',
  elsewhere: 'Another tab of this browser deleted the message.',
  moved: 'The message was moved by this tab.',
} as const;
