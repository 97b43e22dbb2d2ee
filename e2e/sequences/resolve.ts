import { Fault } from './fault';
import { addItem, type Item, type Model, type RunningJob, reachedPerhaps, setText, stateWords } from './model';
import type { Seen, Sight } from './stage';
import type { Row } from './tab';
import { brief, exact, keyOf } from './text';
import type { Wire } from './wire';
import type { Report } from './words';
import { match } from './world';

// What came of a job. Where nothing else happened meanwhile there is one right end. Where something was done to a message
// that the job had, more than one is right, and the model goes on with the one that came; but nothing may be lost, old,
// or twice without a word.

type Ending = {
  job: RunningJob;
  model: Model;
  report: Report;
  sight: { source: Sight; target: Sight };
  rows: Row[];
  wire: Pick<Wire, 'isRemoved' | 'writtenSince'>;
};

export function resolveJob(ending: Ending) {
  const { job, model } = ending;
  const { kind } = job;
  takeReached(ending);
  if (kind === 'move' || kind === 'copy') resolveCopies(ending);
  else if (kind === 'text') resolveText(ending);
  else if (kind === 'visibility') resolveVisibility(ending);
  else resolveDelete(ending);
  for (const item of job.items) if (item.hold === 'job') item.hold = 'none';
  model.running = undefined;
}

/**
 * Takes what was added after the job began, and what it has reached all the same, among its messages. Whether it was inserted in time is
 * known to two full seconds.
 */
function takeReached({ job, model, sight }: Ending) {
  const { seen } = match(model, 'source', sight.source);
  const { unknown } = match(model, 'target', sight.target);
  for (const item of reachedPerhaps(model, job)) {
    const isCopied = unknown.some(({ text }) => keyOf(text) === item.key);
    const isChanged = job.change !== undefined && seen.get(item)?.text === job.change(item.text);
    const isHidden = job.kind === 'visibility' && !seen.has(item);
    if (isCopied || isChanged || isHidden) job.items.push(item);
  }
}

/** Why the job may not have done this message. */
const mayStay = (job: RunningJob, item: Item) =>
  job.touched.has(item) ||
  item.vague ||
  job.ended !== undefined ||
  (job.upset !== undefined && job.upset !== 'lose DELETE');

/** Hidden messages of the queue, apart from those that are hidden for another reason. */
function hiddenForJob({ job, model, sight: { source }, wire }: Ending) {
  // A delete that waited for Undo may have been sent meanwhile.
  const wasSent = ({ deleting, id = '' }: Item) => deleting !== undefined && wire.isRemoved(id);
  const others = model.items.filter(
    (item) =>
      item.side === 'source' && !item.gone && !job.items.includes(item) && item.hold !== 'none' && !wasSent(item),
  );
  return source.count - source.visible.length - others.length;
}

function resolveCopies(ending: Ending) {
  const { job, model, report, sight, wire } = ending;
  const { seen } = match(model, 'source', sight.source);
  const { unknown } = match(model, 'target', sight.target);
  const isMove = job.kind === 'move';
  const { change: sent = (text: string) => text } = job;
  const earlier = new Map(job.again?.map(({ item, copy }) => [item, copy]));
  const copies = new Map<Item, Seen>();
  for (const isExact of [true, false]) {
    for (const item of job.items) {
      if (copies.has(item)) continue;
      const at = unknown.findIndex(({ text }) => (isExact ? text === sent(item.text) : keyOf(text) === item.key));
      const [copy] = at === -1 ? [] : unknown.splice(at, 1);
      if (copy) copies.set(item, copy);
    }
  }

  // Which of the invisible messages are hidden, and which are gone.
  const isDeleted = (item: Item) => item.gone || item.deleting !== undefined || job.ended === 'cleared';
  const out = job.items.filter((item) => !seen.has(item) && !item.gone);
  const hidden = new Set<Item>();
  let left = hiddenForJob(ending);
  const rank = (item: Item) =>
    (copies.has(item) || earlier.get(item) ? 4 : 0) + (isDeleted(item) ? 2 : 0) + (mayStay(job, item) ? 0 : 1);
  for (const item of out.toSorted((a, b) => rank(a) - rank(b))) {
    if (left <= 0) break;
    left--;
    hidden.add(item);
  }

  const wrong: string[] = [];
  const kinds = new Set<string>();
  const blame = (item: Item, fault: string, words: string) => {
    kinds.add(fault);
    wrong.push(`${item.name}: ${words}`);
  };
  let moved = 0;
  let both = 0;
  const undoable: { item: Item; copy: Item }[] = [];
  const failed: { item: Item; copy: Item | undefined }[] = [];
  for (const item of job.items) {
    const copy = copies.get(item);
    const stays = seen.has(item) || hidden.has(item);
    const before = earlier.get(item);
    const made =
      copy && addItem(model, { key: item.key, side: 'target', text: copy.text, id: copy.id, older: [...item.older] });
    const isNew = copy === undefined || [item.text, ...item.maybe].map(sent).includes(copy.text);
    if (copy && item.deleting !== undefined && !stays && !item.gone) item.gone = true;
    if (!isMove) {
      if (copy) moved++;
      else if (mayStay(job, item)) failed.push({ item, copy: undefined });
      else blame(item, 'not done', 'was not copied');
      if (!isNew && !job.touched.has(item) && !(isUnseen(item) && item.older.map(sent).includes(copy.text)))
        blame(item, 'old text', `its copy is ${brief(copy.text)}`);
      continue;
    }
    if (copy && stays) {
      both++;
      if (!mayStay(job, item)) blame(item, 'twice', 'is in both queues');
      failed.push({ item, copy: made });
    } else if (copy) {
      moved++;
      if (made) undoable.push({ item, copy: made });
      if (!isNew) blame(item, 'old text', `what was moved is ${brief(copy.text)}, and ${brief(item.text)} is nowhere`);
      const wasFirst = job.cleared.has(item) && (wire.isRemoved(item.id ?? '') || job.upset === 'lose DELETE');
      if (wasFirst) forget(model, item);
      else if (item.deleting !== undefined || item.gone) blame(item, 'revived', 'was deleted, and is in the target');
      item.gone = true;
    } else if (stays) {
      if (!mayStay(job, item)) blame(item, 'not done', 'was not moved');
      failed.push({ item, copy: before });
    } else if (before) {
      moved++;
      if (before.text !== sent(item.text))
        blame(item, 'lost', `deleted, and its text ${brief(item.text)} is nowhere: the copy is ${brief(before.text)}`);
      item.gone = true;
    } else if (job.ended === 'cleared' || item.deleting !== undefined) item.gone = true;
    else if (!item.gone) blame(item, 'lost', `${brief(item.text)} is in neither queue`);
  }

  for (const { text } of unknown) {
    const isOf = ({ key, side }: Item) => side === 'source' && key === keyOf(text);
    const of = job.items.find(isOf) ?? model.items.find(isOf);
    if (!of) continue;
    if (of.gone && of.stale) {
      // Another consumer deleted it during the page's lease: the copy has the text that was last seen.
      addItem(model, { key: of.key, side: 'target', text, older: [...of.older] });
      moved++;
      continue;
    }
    blame(of, of.deleting === undefined ? 'twice' : 'revived', `the target has ${brief(text)} besides`);
  }
  const twiceSaid = report.inBoth + report.maybeTwice;
  const found = sight.target.visible.map(({ text }) => `target  ${exact(text)}`);
  if (wrong.length > 0) return tell(ending, kinds, wrong, found);
  if (both > twiceSaid) {
    kinds.add('words');
    wrong.push(`${both} are in both queues, and the report says ${twiceSaid}`);
  }
  // Messages that were moved without a report are covered by the uncertain ones.
  const unsure = Math.max(0, twiceSaid + report.maybeDone - both);
  if (report.done > moved || report.done + unsure < moved) {
    kinds.add('words');
    wrong.push(`${moved} were ${isMove ? 'moved' : 'copied'}, and the report says ${report.done}`);
  }
  if (isMove && report.inBoth > both + unsureBoth(job)) {
    kinds.add('words');
    wrong.push(`the report says ${report.inBoth} in both queues, and ${both} are`);
  }
  // Of what is in doubt it is not known what its undo brings back.
  const isPlain = report.done === undoable.length && moved === undoable.length && unsure === 0;
  if (isMove && undoable.length > 0 && isPlain) model.moves.push({ number: job.number, moved: undoable });
  note(model, job, failed, report.failed + report.inBoth);
  tell(ending, kinds, wrong, found);
}

/** Another consumer received it, and no answer has shown that to the page since. */
const isUnseen = (item: Item) => item.vague && (item.stale || item.hold === 'other');

/** It was moved before the clear, which did not delete it then. */
function forget(model: Model, { text, maybe, older }: Item) {
  const own = new Set([text, ...maybe, ...older]);
  for (const deletion of model.deletions.filter(({ what }) => what === 'cleared')) {
    deletion.sure = deletion.sure.filter((one) => !own.has(one));
    deletion.maybe = deletion.maybe.filter((one) => !own.has(one));
  }
}

/** A copy whose original another consumer deleted is in one queue only. */
const unsureBoth = (job: RunningJob) => (job.ended === 'cleared' ? job.items.length : 0);

/** Notes what can be retried, where that is clear. */
function note(model: Model, job: RunningJob, failed: { item: Item; copy: Item | undefined }[], said: number) {
  const alive = failed.filter(({ item }) => !item.gone);
  if (alive.length > 0 && alive.length === said && job.ended === undefined)
    model.ended.push({ number: job.number, kind: job.kind, change: job.change, failed: alive });
}

function resolveText(ending: Ending) {
  const { job, model, report, sight, wire } = ending;
  const { seen } = match(model, 'source', sight.source);
  const { change = (text) => text } = job;
  const wrong: string[] = [];
  let changed = 0;
  let open = 0;
  const isPlain = job.touched.size === 0 && job.ended === undefined && job.upset === undefined && !model.hasOthers;
  const undoable = job.items.flatMap((item) =>
    job.wasHeld.has(item) && !item.vague && !item.gone && item.maybe.length === 0
      ? { item, before: item.text, after: change(item.text) }
      : [],
  );
  for (const item of job.items) {
    const next = change(item.text);
    const writes = wire.writtenSince(item.id ?? '', job.began);
    const made = new Set([item.text, ...item.maybe, ...item.older].map(change));
    // Perhaps before it was deleted or overwritten by an edit.
    const wasChanged = writes.some((text) => made.has(text));
    if (item.gone) {
      if (wasChanged) changed++;
      continue;
    }
    const mayNot = mayStay(job, item);
    const now = seen.get(item)?.text;
    const last = writes.at(-1);
    if (now === undefined && mayNot && (last === undefined || last === next || last === item.text)) {
      // It is hidden, and the service answered whether it accepted a text.
      if (last === next) rewrite(item, change);
      if (wasChanged) changed++;
    } else if (now === undefined) {
      const before = item.text;
      rewrite(item, change);
      if (mayNot) item.maybe.push(before);
      if (mayNot) open++;
      else changed++;
    } else if (now === next || (mayNot && now === item.text)) {
      if (now === next || wasChanged) changed++;
      setText(item, now);
    } else {
      // The check that follows finds what it is instead.
      setText(item, next);
      changed++;
    }
  }
  if (report.done < changed || report.done > changed + open)
    wrong.push(`${changed} texts were changed, and the report says ${report.done}`);
  // Of what is in doubt it is not known what its undo writes.
  if (isPlain && undoable.length > 0 && report.done === changed && open === 0)
    model.changes.push({ number: job.number, changed: undoable });
  tell(ending, new Set(['words']), wrong, []);
}

/** Changes whichever of its texts it has. */
function rewrite(item: Item, change: (text: string) => string) {
  const others = item.maybe.map(change);
  setText(item, change(item.text));
  item.maybe = others;
}

function resolveVisibility(ending: Ending) {
  const { job, model, report, sight, rows } = ending;
  const { seen } = match(model, 'source', sight.source);
  const wrong: string[] = [];
  for (const item of job.items) {
    if (item.gone) continue;
    // What is hidden has its new text; what is seen is checked against its old one.
    if (job.change && !seen.has(item)) {
      const before = item.text;
      rewrite(item, job.change);
      if (mayStay(job, item)) item.maybe.push(before);
    }
    if (!mayStay(job, item)) item.hold = 'nobody';
    else if (seen.has(item)) item.hold = 'none';
    else {
      const row = rows.find(({ short }) => item.id?.startsWith(short));
      item.hold = row?.leased ? 'page' : 'nobody';
    }
  }
  // A returned message may have been received again meanwhile.
  const again = job.items.filter((item) => !seen.has(item) && job.touched.get(item)?.includes('receive'));
  const free = sight.source.visible.length + again.length;
  if (report.returned > free)
    wrong.push(`${free} can be seen, and the report says that ${report.returned} were returned`);
  tell(ending, new Set(['words']), wrong, []);
}

function resolveDelete(ending: Ending) {
  const { job, model, report, sight, wire } = ending;
  const { seen } = match(model, 'source', sight.source);
  let left = hiddenForJob(ending);
  let deleted = 0;
  const wrong: string[] = [];
  const sure: string[] = [];
  for (const item of job.items.toSorted((a, b) => Number(mayStay(job, b)) - Number(mayStay(job, a)))) {
    if (item.gone) continue;
    // What the service answered that it deleted is not hidden, whatever was received meanwhile.
    const isRemoved = wire.isRemoved(item.id ?? '');
    if (!isRemoved && mayStay(job, item) && (seen.has(item) || left > 0)) {
      if (!seen.has(item)) left--;
      continue;
    }
    item.gone = true;
    deleted++;
    sure.push(item.text);
  }
  const isCleared = job.ended === 'cleared';
  const texts = isCleared ? { sure: [], maybe: job.items.map(({ text }) => text) } : { sure, maybe: [] };
  if (sure.length > 0 || isCleared) model.deletions.unshift({ what: 'deleted', ...texts });
  if (isCleared) return;
  if (report.done + report.maybeDone < deleted || report.done > deleted)
    wrong.push(`${deleted} were deleted, and the report says ${report.done}`);
  tell(ending, new Set(['words']), wrong, []);
}

function tell({ model, report }: Ending, kinds: Set<string>, wrong: string[], found: string[]) {
  if (wrong.length === 0) return;
  throw new Fault([...kinds], wrong.join('; '), stateWords(model), [...found, `report: ${report.words}`]);
}
