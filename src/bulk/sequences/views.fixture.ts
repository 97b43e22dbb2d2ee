import type { MessageRow } from '@/messages/message-rows';
import type { Page } from './page.fixture';

/** Ms: times on the wire have whole seconds, and so has what is measured of the service's clock. */
const ROUNDING = 2000;

/** Holds what a page shows, and what it keeps, against the service. For a moment in which nothing comes or goes. */
export function checkViews(page: Page): void {
  if (!page.isAlive) return;
  const { peek, browse } = page.rows();
  checkRows(page, peek);
  checkRows(page, browse);
  checkRecords(page);
  checkHidden(page);
  checkStorage(page);
}

const wordsOf = ({ tab }: Page) => (tab === 0 ? 'The page' : 'The second tab');

function checkRows(page: Page, rows: readonly MessageRow[]): void {
  const { ledger, queue, tab } = page;
  const truth = ledger.in(queue);
  const fail = (words: string) => ledger.fail(`${wordsOf(page)} shows ${words}`);
  const seen = new Set<string>();
  for (const { id, message, lease } of rows) {
    if (seen.has(id)) fail(`"${message.text}" twice`);
    seen.add(id);
    if (ledger.waiting[tab].has(id)) fail(`"${message.text}", whose delete waits for Undo`);
    const there = truth.get(id);
    const gone = ledger.gone.get(id);
    if (gone?.work.hand === tab && !ledger.isExcused(tab, queue, id)) fail(`"${message.text}", which it deleted`);
    if (ledger.isExcused(tab, queue, id) || page.recordsHere.get(id)?.pending) continue;
    if (!there) fail(`"${message.text}", which is not there`);
    else if (there.text !== message.text) fail(`"${message.text}", which is "${there.text}"`);
    else if (message.dequeueCount > there.dequeueCount) fail(`too high a dequeue count of "${message.text}"`);
    if (lease?.state === 'held' && there && lease.receipt !== there.receipt)
      fail(`a lease on "${message.text}" that is void`);
  }
}

function checkRecords(page: Page): void {
  const { ledger, queue, tab } = page;
  const now = ledger.time.now();
  const rows = new Set([...page.rows().peek, ...page.rows().browse].map(({ id }) => id));
  const fail = (words: string) => ledger.fail(`${wordsOf(page)} ${words}`);
  for (const { id, standing, message, lease, pending, claim } of page.recordsHere.all()) {
    const there = ledger.in(queue).get(id);
    const name = there ? `"${there.text}"` : id;
    if (standing.is === 'deleted' && there) fail(`takes ${name} for ${standing.how}`);
    const isHeld = lease?.state === 'held' && lease.holder !== 'elsewhere' && lease.endsAt > now;
    if (isHeld && ledger.isRefused(tab, id, lease.receipt ?? '')) fail(`holds ${name} by a receipt that was refused`);
    if (ledger.isExcused(tab, queue, id) || pending || !there) continue;
    if (standing.is === 'hidden' && Math.abs(standing.until - there.visibleAt) > ROUNDING) {
      fail(`is wrong about how long ${name} is hidden`);
    }
    if (message && message.text !== there.text) fail(`takes ${name} for "${message.text}"`);
    if (lease?.state !== 'held' || lease.endsAt <= now) continue;
    if (lease.holder === 'elsewhere') {
      if (lease.endsAt > there.visibleAt + ROUNDING) fail(`takes ${name} for another tab's for too long`);
      continue;
    }
    if (lease.receipt !== there.receipt) fail(`holds ${name} by a receipt that is void`);
    else if (Math.abs(lease.endsAt - there.visibleAt) > ROUNDING) fail(`is wrong about when the lease on ${name} ends`);
    if (lease.holder === 'tab' && claim?.kind !== 'delete' && !rows.has(id)) fail(`does not show ${name}`);
  }
}

/** Nothing that this tab hides is untold. */
function checkHidden(page: Page): void {
  const { ledger, tab } = page;
  const now = ledger.time.now();
  for (const [id, { hand, work, state }] of ledger.hiders) {
    const there = ledger.in(work.queue).get(id);
    if (hand !== tab || !there || there.visibleAt <= now + ROUNDING || state === 'under way') continue;
    const { lease, standing } = page.recordsOf(work.queue).get(id) ?? {};
    const isHeld = lease !== undefined && lease.state !== 'ended' && lease.holder !== 'elsewhere';
    const isMeant = work.does === 'hide' && /^(maybeD|d)one$/.test(work.outcomes.get(id) ?? '');
    const isSaid =
      isMeant ||
      isHeld ||
      standing?.is === 'hidden' ||
      standing?.is === 'unknown' ||
      work.saidMaybeHidden ||
      state === 'lost';
    if (!isSaid) ledger.fail(`${wordsOf(page)} hides "${there.text}" by "${work.name}" and does not know it`);
  }
}

/** A reload finds what works, and all of it. */
function checkStorage(page: Page): void {
  const { ledger, tab, queue, storage } = page;
  const now = ledger.time.now();
  for (const { id, receipt, endsAt } of storage.values()) {
    const there = ledger.in(queue).get(id);
    if (endsAt <= now || ledger.isExcused(tab, queue, id)) continue;
    if (there?.receipt !== receipt) ledger.fail(`${wordsOf(page)} keeps a void receipt of "${there?.text ?? id}"`);
  }
  for (const [id, { hand, state, work }] of ledger.hiders) {
    const there = ledger.in(queue).get(id);
    if (work.does === 'hide' && work.outcomes.get(id) === 'done') continue;
    const isOurs = hand === tab && state === 'told' && there && there.visibleAt > now + ROUNDING;
    if (!isOurs || ledger.isExcused(tab, queue, id) || page.recordsHere.get(id)?.standing.is === 'hidden') continue;
    if (storage.get(`${queue}/${id}`)?.receipt !== there.receipt) {
      ledger.fail(`${wordsOf(page)} keeps no receipt of "${there.text}"`);
    }
  }
}

/** After a look at the queue every visible message is shown, and nothing else but what is leased or was browsed. */
export function checkPeek(page: Page): void {
  const { ledger, queue, tab } = page;
  const now = ledger.time.now();
  const rows = new Set(page.rows().peek.map(({ id }) => id));
  for (const { id, text, visibleAt } of ledger.in(queue).values()) {
    // What is being deleted has left the screen already.
    const isHere = rows.has(id) || page.recordsHere.get(id)?.pending?.kind === 'delete';
    if (visibleAt <= now && !isHere && !ledger.waiting[tab].has(id)) {
      ledger.fail(`${wordsOf(page)} does not show "${text}", which it has just seen`);
    }
  }
}
