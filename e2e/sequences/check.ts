import { Fault } from './fault';
import { endDeletes, type Item, liveIn, type Model, mustUndo, pending, setText, stateWords } from './model';
import type { Side, Sight } from './stage';
import type { Row } from './tab';
import { brief, exact, keyOf } from './text';
import { blamesOthers, briefOfPreview } from './words';
import { type Matched, match, type World } from './world';

/** Ms until page, service and model must agree. */
const PATIENCE = 5000;

type Wrong = { kind: string; words: string };

/**
 * Compares everything until it agrees.
 * @throws Fault when it does not in time
 */
export async function check(world: World) {
  const { tab, model, ground } = world;
  checkUndo(world);
  // The messages of a job are checked once it has ended; of added ones only the id is needed.
  if (model.running) {
    match(model, 'source', (await ground.look()).source);
    return;
  }
  await tab.quiet();
  let wrong: Wrong[] = [];
  let found: string[] = [];
  let sent = 0;
  const agrees = await tab.until(async () => {
    const sight = await ground.look();
    const rows = await tab.readRows();
    const { source, target } = {
      source: match(model, 'source', sight.source),
      target: match(model, 'target', sight.target),
    };
    wrong = [
      ...serviceFaults(model, 'source', sight.source, source),
      ...serviceFaults(model, 'target', sight.target, target),
      ...rowFaults(model, rows, source),
    ];
    sent = liveIn(model, 'source').length - sight.source.count;
    found = [...sightWords('source', sight.source), ...sightWords('target', sight.target), ...rowWords(rows)];
    return wrong.length === 0;
  }, PATIENCE);
  const said = await tab.said();
  const blame = model.hasOthers ? undefined : said.map(blamesOthers).find((words) => words !== undefined);
  if (blame !== undefined)
    wrong = [{ kind: 'blames others', words: `nobody else has done anything, and it says: ${blame}` }, ...wrong];
  if (agrees && blame === undefined) {
    // Their time for Undo ended meanwhile.
    if (sent > 0) endDeletes(model, doubtful(model).slice(0, sent));
    return;
  }
  throw faultOf(wrong, model, [...found, ...said.map((words) => `said    ${words}`)]);
}

/** A delete must not be sent while it can be undone. */
function checkUndo({ model, wire }: World) {
  for (const item of pending(model)) {
    const sent = wire.deletedAt(item.id ?? '');
    if (sent !== undefined && sent > (item.deleting ?? 0) && mustUndo(model, item, sent))
      throw new Fault(
        ['no undo'],
        `The delete of ${item.name} was sent after ${((sent - (item.deleting ?? 0)) / 1000).toFixed(1)} s: too soon to undo it`,
      );
  }
}

/** Deletes whose time for Undo may be over, oldest first. */
const doubtful = (model: Model) =>
  pending(model)
    .filter((item) => !mustUndo(model, item, Date.now()))
    .toSorted((a, b) => (a.deleting ?? 0) - (b.deleting ?? 0));

/** Compares everything after every lease is over and the page is closed. */
export async function checkAll({ model, ground }: Pick<World, 'model' | 'ground'>) {
  for (const item of model.items) {
    item.hold = 'none';
    if (item.deleting !== undefined) item.gone = true;
  }
  const sight = await ground.lookLater();
  const wrong = (['source', 'target'] as const).flatMap((side) =>
    serviceFaults(model, side, sight[side], match(model, side, sight[side])),
  );
  if (wrong.length > 0)
    throw faultOf(wrong, model, [...sightWords('source', sight.source), ...sightWords('target', sight.target)]);
}

function faultOf(wrong: Wrong[], model: Model, found: string[]) {
  const kinds = [...new Set(wrong.map(({ kind }) => kind))];
  return new Fault(kinds, wrong.map(({ words }) => words).join('; '), stateWords(model), found);
}

const sightWords = (side: Side, { visible, count }: Sight) => [
  ...visible.map(({ text }) => `${side}  ${exact(text)}`).toSorted(),
  ...(count > visible.length ? [`${side}  ${count - visible.length} hidden`] : []),
];
const rowWords = (rows: Row[]) =>
  rows.map(({ preview, leased }) => `row     ${briefOfPreview(preview)}${leased ? '  leased' : ''}`);

/** Messages that the service should not have, or should have and has not. */
function serviceFaults(model: Model, side: Side, { visible, count }: Sight, { seen, unknown, awaited }: Matched) {
  const wrong: Wrong[] = [];
  const live = liveIn(model, side);
  const maySent = side === 'source' ? doubtful(model).length : 0;
  for (const [item, { text }] of seen) {
    if (item.gone) wrong.push({ kind: 'revived', words: `${item.name} is there again, as ${brief(text)}` });
    else if (item.hold !== 'none' && !item.vague)
      wrong.push({ kind: 'visible', words: `${item.name} can be seen, and should be hidden` });
    if (item.maybe.includes(text)) setText(item, text);
    if (!item.gone && text !== item.text)
      wrong.push({
        kind: item.older.includes(text) ? 'old text' : 'other text',
        words: `${item.name} is ${brief(text)}, and should be ${brief(item.text)}`,
      });
  }
  const left = [...awaited];
  for (const { text } of unknown) {
    const key = keyOf(text);
    const at = left.findIndex((item) => item.key === key);
    const [meant] = at === -1 ? [] : left.splice(at, 1);
    if (meant) {
      wrong.push({ kind: 'old text', words: `the ${side} has ${brief(text)} in place of ${brief(meant.text)}` });
      continue;
    }
    const isAlive = model.items.some((item) => item.key === key && !item.gone);
    wrong.push({
      kind: isAlive ? 'twice' : 'revived',
      words: `the ${side} has ${brief(text)}, ${isAlive ? 'which is there already' : 'which was deleted'}`,
    });
  }
  for (const item of left) wrong.push({ kind: 'lost', words: `${brief(item.text)} is not in the ${side}` });
  const hidden = count - visible.length;
  const meant = live.filter(({ hold }) => hold !== 'none').length;
  for (const item of live) {
    if (item.hold !== 'none' || seen.has(item) || awaited.includes(item) || item.vague) continue;
    wrong.push({
      kind: hidden > meant ? 'hidden' : 'lost',
      words: `${item.name} cannot be seen in the ${side}, and ${hidden > meant ? 'is hidden' : 'is gone'}`,
    });
  }
  if (wrong.length === 0 && (count > live.length || count < live.length - maySent))
    wrong.push({
      kind: count < live.length ? 'lost' : 'revived',
      words: `the ${side} has ${count} messages with those hidden, and should have ${live.length}`,
    });
  return wrong;
}

/** Rows that differ from what the page can know. */
function rowFaults(model: Model, rows: Row[], { seen }: Matched) {
  const wrong: Wrong[] = [];
  const source = model.items.filter(({ side, id }) => side === 'source' && id !== undefined);
  const shown = new Map<Item, Row>();
  for (const row of rows) {
    const item = source.find(({ id }) => id?.startsWith(row.short));
    if (!item) {
      wrong.push({ kind: 'rows', words: `there is a row ${row.short} of no message` });
      continue;
    }
    shown.set(item, row);
    if (item.stale || item.vague) continue;
    if (item.gone || item.deleting !== undefined) {
      wrong.push({ kind: 'rows', words: `there is a row of ${item.name}, which was deleted or moved` });
      continue;
    }
    const isHeld = item.hold === 'page';
    if (row.leased !== isHeld)
      wrong.push({
        kind: 'lease mark',
        words: `the row of ${item.name} shows ${row.leased ? 'a' : 'no'} lease of ours, and there is ${isHeld ? 'one' : 'none'}`,
      });
    if (!isHeld && item.hold !== 'none' && model.browsed === undefined)
      wrong.push({ kind: 'rows', words: `there is a row of ${item.name}, which is hidden` });
    const texts = [item.text, ...item.maybe].map(brief);
    const now = briefOfPreview(row.preview);
    if (!texts.includes(now))
      wrong.push({ kind: 'row text', words: `the row of ${item.name} shows ${now}, and it is ${texts[0]}` });
    const count = isHeld ? item.dequeueCount : seen.get(item)?.dequeueCount;
    if (model.browsed === undefined && count !== undefined && count !== row.dequeueCount)
      wrong.push({
        kind: 'dequeue count',
        words: `the row of ${item.name} shows ${row.dequeueCount} dequeues, and it has ${count}`,
      });
  }
  const free = source.filter(({ gone, hold }) => !gone && hold === 'none');
  // Messages that were there at the last look and are gone had rows too.
  const had = [...shown.keys()].filter((item) => item.stale && !free.includes(item));
  const isAll = model.browsed === undefined && free.length + had.length <= model.peekCount;
  for (const item of source) {
    if (item.gone || item.deleting !== undefined || item.stale || item.vague || shown.has(item)) continue;
    if (item.hold === 'page')
      wrong.push({ kind: 'lease mark', words: `there is no row of ${item.name}, which the page holds` });
    else if (item.hold === 'none' && isAll)
      wrong.push({ kind: 'rows', words: `there is no row of ${item.name}, which can be seen` });
  }
  return wrong;
}
