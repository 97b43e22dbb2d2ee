import type { Account } from '@/azure/protocol/model';
import type { TabNews } from '@/messages/tab-news';
import type { ReceiptRules } from '@/sandbox/receipt';
import { createSandbox } from '@/sandbox/service';
import { type Doing, Ledger, Work } from './ledger.fixture';
import { connectOver, type Line, type Trouble } from './line.fixture';
import { Page, type Storage } from './page.fixture';
import { createTime, soon } from './time.fixture';
import { checkViews } from './views.fixture';

export const QUEUE = 'orders-poison';
export const ARCHIVE = 'archive';
export const PARENT = 'orders';

/** Steps of ms in which what is left comes to its end. */
const LONGEST = 1_300_000;

/** A service, the tabs of one browser, and another consumer. */
export class World {
  readonly time = createTime();
  readonly ledger: Ledger;
  readonly troubles: Trouble[] = [];
  readonly pages: [Page | undefined, Page | undefined] = [undefined, undefined];
  /** What another consumer holds: receipts by id. */
  readonly held = new Map<string, { queue: string; receipt: string; text: string }>();
  readonly other: Account;
  readonly #line: Line;
  readonly #storages: readonly [Storage, Storage] = [new Map(), new Map()];
  #works = 0;
  #texts = 0;

  constructor(receipts: ReceiptRules) {
    const { time } = this;
    const sandbox = createSandbox({ clock: time.clock, seed: 1, receipts });
    this.ledger = new Ledger(sandbox, time);
    this.ledger.claimOf = (hand, queue, id) => this.pages[hand]?.recordsOf(queue).get(id)?.claim?.name;
    this.#line = { sandbox, time, queue: { last: Promise.resolve() }, troubles: this.troubles };
    const books = this.ledger.booksOf(
      new Work(this.ledger, 'Another consumer', { does: 'anything', hand: 'other', queue: QUEUE }),
    );
    this.other = connectOver({ ...this.#line, troubles: [] }, books);
  }

  /** Fills the queue with so many messages and opens a page on it. */
  async open(messages: number): Promise<Page> {
    for (const queue of [QUEUE, ARCHIVE, PARENT]) await this.other.createQueue(queue);
    for (let index = 0; index < messages; index++) await this.other.sendMessage(QUEUE, { text: `m${index}` });
    return this.openPage(0);
  }

  async openPage(tab: 0 | 1): Promise<Page> {
    const channel = { post: (news: TabNews) => this.#tell(tab, news) };
    const page = new Page({
      tab,
      queue: QUEUE,
      ledger: this.ledger,
      line: this.#line,
      storage: this.#storages[tab],
      channel,
    });
    this.pages[tab] = page;
    await page.peek();
    await this.time.settle();
    return page;
  }

  /** A new text, that no message has. */
  text = (what: string): string => `${what}${this.#texts++}`;

  work(
    { tab }: Page,
    words: string,
    does: Doing,
    scope: Iterable<string> | undefined,
    to?: string,
    queue: string = QUEUE,
  ): Work {
    const name = `${words} (${++this.#works})`;
    return new Work(this.ledger, name, { does, hand: tab, queue, scope: scope && new Set(scope), to });
  }

  /** Lets all go on that can, and looks at everything. */
  async look(): Promise<void> {
    await this.time.settle();
    for (const page of this.pages) {
      if (!page) continue;
      page.tick();
      checkViews(page);
    }
  }

  /** Lets everything come to its end: then every message is where it should be, and none is hidden. */
  async end(): Promise<void> {
    this.troubles.length = 0;
    for (let passed = 0; ; ) {
      for (const page of this.pages) {
        for (const { gate, job } of page?.listings ?? []) {
          gate.open();
          job.resume();
        }
      }
      await this.look();
      if (this.ledger.violations.length > 0) return;
      const isOver = this.pages.every((page) => !page || (page.underWay.size === 0 && !page.listings.some(isRunning)));
      if (isOver && passed >= LONGEST) break;
      if (passed > 3 * LONGEST) {
        this.ledger.fail('Something does not come to its end');
        return;
      }
      const step = passed === 0 ? 6000 : LONGEST / 4;
      await this.time.pass(step);
      passed += step;
    }
    const now = this.time.now();
    for (const { text, visibleAt } of this.ledger.in(QUEUE).values()) {
      if (visibleAt > now) this.ledger.fail(`"${text}" stays hidden`);
    }
    for (const page of this.pages) await page?.peek();
    await this.look();
  }

  #tell(tab: 0 | 1, news: TabNews): void {
    const page = this.pages[tab === 0 ? 1 : 0];
    if (!page) return;
    const copy = structuredClone(news);
    this.time.count(1);
    soon(() => {
      page.hear(copy);
      this.time.count(-1);
    });
  }
}

const isRunning = ({ job: { state } }: Page['listings'][number]): boolean =>
  state !== 'done' && state !== 'cancelled' && state !== 'failed';
