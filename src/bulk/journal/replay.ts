import type { OutcomeKind } from '../requests/outcome';
import type { Journal, JournalEvent } from './journal';

/** What a journal tells of one item. */
export type JournaledItem = {
  key: string;
  /** Received on the way, and not meant. */
  isPassed: boolean;
  /** The last known lease; `until` is the latest end that a change of it may have. An empty receipt is hidden by the CORS rule. */
  lease: { receipt: string; until: number } | undefined;
  /** Changes of its lease without an answer. */
  openUpdates: number;
  /** A change of its lease has no answer: it may be visible (`return`), or have another receipt (`lostAnswer`). */
  doubt: 'lostAnswer' | 'return' | undefined;
  /** The copy that the target certainly has. */
  copy: { id: string; receipt: string; until: number } | undefined;
  /** Fingerprint of the text that was sent as it was here; empty when it is not known. */
  sentText: string;
  /** Puts without an answer: each may have made a copy. */
  openPuts: number;
  /** Whether the copy was taken back has no answer. */
  isTakingBack: boolean;
  /** Deletions without an answer. */
  openDeletes: number;
  isDeleted: boolean;
  /** Fingerprint of the text that a change writes; empty without one. */
  newText: string;
  /** Changes of its text without an answer. */
  openTexts: number;
  /** The request under way writes `newText`. */
  isWriting: boolean;
  isChanged: boolean;
  outcome: OutcomeKind | undefined;
  /** Code of the service's refusal, with `outcome`. */
  code: string;
};

/** A journal, item by item. */
export type Replayed = {
  items: ReadonlyMap<string, JournaledItem>;
  /** Receives without an answer: each may hide so many messages until then. */
  openReceives: readonly { messages: number; until: number }[];
  insertedBefore: number | undefined;
};

/** Plays the events of a journal. Linear in their number. */
export function replay({ head, events }: Journal): Replayed {
  const items = new Map<string, JournaledItem>();
  const open = new Map<string, { messages: number; until: number }>();
  const hides = head.steps.includes('hide');
  let { insertedBefore } = head;
  let run = 0;
  const of = (key: string): JournaledItem => {
    const item = items.get(key) ?? newItem(key);
    items.set(key, item);
    return item;
  };
  for (const event of events) {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are about one item
    switch (event[0]) {
      case 'continued':
        // The run that goes on counts its receives anew.
        run++;
        break;
      case 'insertedBefore':
        insertedBefore = event[1];
        break;
      case 'receiving':
        open.set(`${run}/${event[1]}`, { messages: event[2], until: event[3] });
        break;
      case 'notReceived':
        open.delete(`${run}/${event[1]}`);
        break;
      case 'received':
        open.delete(`${run}/${event[1]}`);
        for (const [id, receipt, until] of event[2]) received(of(id), { receipt, until });
        break;
      case 'passed':
        for (const id of event[1]) of(id).isPassed = true;
        break;
      default:
        apply(of(event[1]), event, hides);
    }
  }
  return { items, openReceives: [...open.values()], insertedBefore };
}

const newItem = (key: string): JournaledItem => ({
  key,
  isPassed: false,
  lease: undefined,
  openUpdates: 0,
  doubt: undefined,
  copy: undefined,
  sentText: '',
  openPuts: 0,
  isTakingBack: false,
  openDeletes: 0,
  isDeleted: false,
  newText: '',
  openTexts: 0,
  isWriting: false,
  isChanged: false,
  outcome: undefined,
  code: '',
});

/** A message that is received is there, whatever deletion had no answer. */
function received(item: JournaledItem, lease: JournaledItem['lease']): void {
  Object.assign(item, { lease, openUpdates: 0, doubt: undefined, openDeletes: 0 } satisfies Partial<JournaledItem>);
}

type Shared = 'continued' | 'insertedBefore' | 'receiving' | 'received' | 'notReceived' | 'passed';
type ItemEvent = Exclude<JournalEvent, readonly [Shared, ...unknown[]]>;

function apply(item: JournaledItem, event: ItemEvent, hides: boolean): void {
  switch (event[0]) {
    case 'updating':
      return updating(item, event[2], event[3]);
    case 'updated':
      item.lease = event[3] === 0 ? undefined : { receipt: event[2], until: event[3] };
      item.openUpdates = 0;
      item.doubt = undefined;
      item.isChanged ||= item.isWriting;
      // A text is changed and hidden by one request.
      if (hides && item.isChanged) item.lease = undefined;
      return;
    case 'notUpdated':
      if (item.isWriting) item.openTexts--;
      item.openUpdates = Math.max(0, item.openUpdates - 1);
      if (event[2]) loseReceipt(item);
      return;
    case 'sending':
      if (item.isTakingBack) item.openPuts++;
      item.openPuts++;
      item.sentText = event[2];
      item.copy = undefined;
      item.isTakingBack = false;
      return;
    case 'sent':
      item.openPuts--;
      item.copy = { id: event[2], receipt: event[3], until: event[4] };
      return;
    case 'notSent':
      item.openPuts--;
      return;
    case 'takingBack':
      item.isTakingBack = true;
      return;
    case 'takenBack':
      item.isTakingBack = false;
      item.copy = undefined;
      return;
    case 'notTakenBack':
      item.isTakingBack = false;
      return;
    case 'deleting':
      item.openDeletes++;
      return;
    case 'deleted':
      item.isDeleted = true;
      item.lease = undefined;
      return;
    case 'notDeleted':
      item.openDeletes = Math.max(0, item.openDeletes - 1);
      if (event[2]) loseReceipt(item);
      return;
    case 'ended':
      item.outcome = event[2];
      item.code = event[3];
      // It is hidden as it was meant to be.
      if (hides && event[2] === 'done') item.lease = undefined;
  }
}

/** A void receipt: another consumer has the message, or an earlier change without an answer hides it under another receipt. */
function loseReceipt(item: JournaledItem): void {
  if (item.openUpdates === 0 || !item.lease) [item.lease, item.doubt] = [undefined, undefined];
  else [item.lease, item.doubt] = [{ receipt: '', until: item.lease.until }, 'lostAnswer'];
}

function updating(item: JournaledItem, until: number, text: string): void {
  item.isWriting = text !== '';
  if (text !== '') [item.newText, item.openTexts] = [text, item.openTexts + 1];
  item.openUpdates++;
  if (!item.lease) return;
  item.doubt = until <= item.lease.until && item.doubt === undefined ? 'return' : 'lostAnswer';
  item.lease = { receipt: item.lease.receipt, until: Math.max(item.lease.until, until) };
}
