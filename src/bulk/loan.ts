import type { LeasedMessage, Receipt } from '@/azure/account';
import { isBusy, isGone, isVoidReceipt, LostAnswer, mayBeDone, REPEAT_AFTER } from './certainty';
import { nowAt, type Place, waitAt } from './place';
import { serviceTime } from './service-time';

/**
 * - `held`: ours, by its receipt.
 * - `unknown`: hidden by us, but the answer with its receipt was lost or is hidden: nothing can be done with it until
 *   it shows again.
 * - `lost`: the lease ended and somebody else was handed the message.
 * - `gone`: deleted or expired, not by this loan.
 * - `deleted`, `returned`: by this loan.
 * - `taken`: held by whoever took it.
 */
export type LoanState = 'held' | 'unknown' | 'lost' | 'gone' | 'deleted' | 'returned' | 'taken';

/** What the loans of one queue have in common. */
export type Lender = {
  place: Place;
  /** Seconds, 1 to 604,800. */
  visibilityTimeout: number;
  /** False once an answer came without its receipt, because the CORS rule hides it: renewing would lose the message. */
  canRenew: boolean;
  /** Told when a loan is no longer to be returned. */
  forget: (loan: Loan) => void;
  /** Once aborted, what is under way is cut short and nothing is repeated: loans are left to their leases. */
  signal?: AbortSignal;
};

/** What returns it after a reload of the page. */
export const receiptOf = ({ id, receipt, endsAt }: Loan): HeldReceipt => ({ id, receipt, endsAt: new Date(endsAt) });

export type HeldReceipt = Receipt & { endsAt: Date };

type Change = { visibilityTimeout: number; text?: string };

/** A leased message together with the receipt that works now. Calls that use the receipt wait for one another. */
export class Loan {
  /** As it was received last. */
  message: LeasedMessage;
  state: LoanState = 'held';
  /** Epoch ms by this device's clock; the lease ends no sooner than that. */
  endsAt = 0;
  #receipt: string;
  #evidence = 0;
  #turn: Promise<unknown> | undefined;
  readonly #lender: Lender;

  /** `askedAt`: epoch ms by this device's clock, before the request that leased the message. */
  constructor(lender: Lender, message: LeasedMessage, askedAt: number) {
    this.#lender = lender;
    this.message = message;
    this.#receipt = message.receipt;
    this.#lease(askedAt);
  }

  get id(): string {
    return this.message.id;
  }

  get place(): Place {
    return this.#lender.place;
  }

  get receipt(): string {
    return this.#receipt;
  }

  /** Epoch ms by the account's clock; without its dates, by what it said when it leased this message. */
  get serviceNow(): number {
    return serviceTime(this.place, this.#evidence);
  }

  /** Its lease had lapsed, and it was handed to us again. */
  meetAgain(message: LeasedMessage, askedAt: number): void {
    this.message = message;
    this.#receipt = message.receipt;
    this.state = 'held';
    this.#lease(askedAt);
  }

  /** Lets go of the text, when the work has no more use for it: those of a whole queue may not fit into memory. */
  dropText(): void {
    this.message = { ...this.message, text: '' };
  }

  /** From here on it is the caller's: neither renewed nor returned by whoever leased it. */
  take(): LeasedMessage {
    if (this.state === 'held') this.#settle('taken');
    return { ...this.message, receipt: this.#receipt };
  }

  /**
   * Makes sure that the lease lasts so many ms more, or half its length if that is less.
   * @throws what the renewal threw; with a void receipt the loan is lost.
   */
  async keep(milliseconds: number): Promise<void> {
    const needed = Math.min(milliseconds, this.#lender.visibilityTimeout * 500);
    if (this.state === 'held' && this.endsAt - nowAt(this.place) < needed) await this.renew();
  }

  /** Leases it anew from now on, no longer than it lives. */
  async renew(): Promise<void> {
    await this.#inTurn(async () => {
      // Asked in its turn: renewed once more, what was returned meanwhile would be hidden again.
      if (this.state !== 'held' || !this.#lender.canRenew) return;
      const visibilityTimeout = this.#leaseLength();
      if (visibilityTimeout >= 1) await this.#update({ visibilityTimeout });
    });
  }

  /** Makes it visible at once. A loan that is no longer held is left alone. */
  async giveBack(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.state !== 'held') return;
      if (await this.#update({ visibilityTimeout: 0 })) this.#settle('returned');
    });
  }

  /**
   * Hides it for `visibilityTimeout` seconds from now (0 to 604,800), which ends the loan.
   * @throws what the update threw; `mayBeDone` tells whether it may have worked.
   */
  async changeVisibility(visibilityTimeout: number): Promise<void> {
    await this.#inTurn(async () => {
      if (await this.#update({ visibilityTimeout })) this.#settle('returned');
    });
  }

  /** Replaces its text, and leases it anew from now on: shown at once, it would be received again by the same job. */
  async changeText(text: string): Promise<void> {
    await this.#inTurn(() => this.#update({ visibilityTimeout: this.#leaseLength(), text }));
  }

  /** Deletes it for good. @throws what the deletion threw. */
  async delete(): Promise<void> {
    await this.#inTurn(async () => {
      for (;;) {
        const receipt = this.#receipt;
        try {
          await this.place.account.deleteMessage(this.place.queue, { id: this.id, receipt });
          this.#settle('deleted');
          return;
        } catch (error) {
          // Handed to us again meanwhile: the newer receipt is ours too.
          if (isVoidReceipt(error) && receipt !== this.#receipt) continue;
          this.#learn(error);
          throw error;
        }
      }
    });
  }

  /**
   * One update. When its answer is lost it is repeated with the same receipt, which can do no harm: either the first
   * was not carried out, or the second is refused. False when the message was handed to us again meanwhile: the loan
   * goes on with the newer receipt.
   */
  async #update(change: Change): Promise<boolean> {
    let answerLost = false;
    const { signal } = this.#lender;
    for (let attempt = 0; ; attempt++) {
      const receipt = this.#receipt;
      const askedAt = nowAt(this.place);
      try {
        const answer = await this.place.account.updateMessage(this.place.queue, { id: this.id, receipt }, change, {
          signal,
        });
        // A receipt only works until the next is given, so the update came first.
        if (receipt !== this.#receipt) return false;
        if (answer.receipt === undefined && change.visibilityTimeout > 0) {
          this.#lender.canRenew = false;
          this.state = 'unknown';
        }
        this.#receipt = answer.receipt ?? receipt;
        this.endsAt = askedAt + change.visibilityTimeout * 1000;
        return true;
      } catch (error) {
        // Cut off it may have been carried out, and then hides the message for as long as it asked.
        if (signal?.aborted) this.endsAt = Math.max(this.endsAt, askedAt + change.visibilityTimeout * 1000);
        if (isVoidReceipt(error) && receipt !== this.#receipt) continue;
        if (isVoidReceipt(error) && answerLost) {
          // Most likely the first one worked. Shown again it is as good as returned, hidden its receipt is lost.
          this.state = 'unknown';
          this.endsAt = askedAt + change.visibilityTimeout * 1000;
          if (change.text === undefined && change.visibilityTimeout === 0) return true;
          throw new LostAnswer(error);
        }
        const pause = REPEAT_AFTER[attempt];
        const isWorthRepeating = mayBeDone(error) || (answerLost && isBusy(error));
        if (!isWorthRepeating || pause === undefined) {
          this.#learn(error);
          throw answerLost && !isGone(error) ? new LostAnswer(error) : error;
        }
        answerLost = true;
        await waitAt(this.place, pause, signal);
      }
    }
  }

  /** Seconds; not beyond its expiry, which the service refuses. */
  #leaseLength(): number {
    const { expiresAt } = this.message;
    const life = expiresAt === null ? Infinity : Math.floor((expiresAt.getTime() - this.serviceNow) / 1000);
    return Math.max(0, Math.min(this.#lender.visibilityTimeout, life));
  }

  #lease(askedAt: number): void {
    const length = this.#lender.visibilityTimeout * 1000;
    this.endsAt = askedAt + length;
    this.#evidence = this.message.visibleAt.getTime() - length - askedAt;
  }

  #learn(error: unknown): void {
    if (isVoidReceipt(error)) this.state = 'lost';
    else if (isGone(error)) this.#settle('gone');
  }

  #settle(state: LoanState): void {
    this.state = state;
    this.#lender.forget(this);
  }

  async #inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    while (this.#turn) await this.#turn;
    const turn = call();
    this.#turn = turn.then(
      () => (this.#turn = undefined),
      () => (this.#turn = undefined),
    );
    return turn;
  }
}
