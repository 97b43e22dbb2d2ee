// Every text of the page that the sequences depend on, in one place.

/** Accessible names of controls. */
export const NAMES = {
  mode: { peek: 'Peek', receive: 'Receive', browse: /^Browse all/ },
  rows: /^Select message /,
  selectRow: (short: string) => `Select message ${short}`,
  details: (short: string) => `Message ${short}`,
  closeDetails: /^Close details/,
  clearSelection: /^Clear selection/,
  leased: /^Leased by you/,
  notifications: /^Notifications/,
  jobs: 'Jobs',
  jobList: /^Jobs of this tab/,
  jobEnded: /^(Save|Copy) report/,
  selectionBar: /selected/i,
  moreForSelection: /^More for the selected messages/,
  queueActions: /^More queue actions/,
  countToReceive: 'Messages to receive',
  visibilityTimeout: 'Visibility timeout',
  unitOfTimeout: /^Unit of visibility timeout/i,
  unitOfHiddenFor: /^Unit of hidden for/i,
  seconds: 'seconds',
  minutes: 'minutes',
  browsePanel: 'Browse all',
  receive: /^Receive( \d+)?$/,
  receive16: /^16 for 5 min/,
  peekCount: /^Messages to peek/,
  browseStart: /^Browse (all )?[\d,]+$|^Browse all$/,
  keepLeases: /^Work on these/,
  returnLeases: /^Look only/,
  leaseIt: /^Lease it/,
  leaseAgain: /^Lease it again/,
  extend: /^Extend/,
  release: /^Release lease/,
  releaseThem: /^Release them/,
  releaseKept: /^Release (it|them|[\d,]+)/,
  edit: /^Edit/,
  editor: /^Edit message/,
  body: 'Message body',
  save: /^Save message/,
  keepMine: /^Keep mine/,
  saveAnyhow: /^Save (message|over)/,
  afterSaving: { keep: /^Keep lease/, release: /^Release lease/ },
  adder: /^Add message/,
  add: /^Add message/,
  deleteButton: /^Delete/,
  undo: /^Undo/,
  move: /^Move/,
  copyTo: /^Copy to a queue/,
  requeue: /^Requeue/,
  changeText: /^Change text/,
  setVisibility: /^Set visibility/,
  exporting: /^Export/,
  importing: /^Import/,
  moveAll: /^Move all/,
  copyAll: /^Copy all/,
  changeTextOfAll: /^Change text of all/,
  setVisibilityOfAll: /^Set visibility of all/,
  clear: /^Clear queue/,
  addAgainMenu: /^Add deleted messages again/,
  addAgain: /^Add (them )?again/,
  addAgainStart: /^Add [\d,]+ messages? again/,
  refresh: /^Refresh/,
  redrive: /^Redrive/,
  toQueue: 'To queue',
  concurrency: /^Parallel requests/,
  perSecond: /^Messages per second/,
  findAndReplace: /^Find and replace/,
  jsonValue: /^JSON value/,
  path: /^Path/,
  newValue: /^New value/,
  findText: /^Find$/,
  replaceWith: /^Replace with/,
  hiddenFor: 'Hidden for',
  file: /^File to import/,
  /** The last button of the dialogs that begin a job. */
  begin:
    /^(Move|Copy|Redrive|Requeue|Change|Change and hide|Hide|Show|Delete|Export|Import) (about |all )?(all messages|[\d,]+ messages?|messages)/,
  workInSteps: /^Work in steps/,
  removeStep: (step: string) => `Remove step ${step}`,
  addStep: /^Add step/,
  leases: /^Leases\b/,
  leaseTray: 'Leases',
  leasesSelected: /leases? selected$/,
  selectLease: (short: string) => `Select lease ${short}`,
  leaveDialog: /^(Cancel|Keep messages|Close|Keep queue)/,
  pause: /^Pause/,
  resume: /^Resume/,
  cancel: /^Cancel/,
  retry: /^Retry failed/,
  showFailures: /^Show (failures|skipped)/,
  failures: /^What is not simply done/,
} as const;

/** What notifications, alerts and reports say. */
export const SAYS = {
  deleting: /^Deleting/,
  maybeBefore: /(\d+) of them may have been deleted or moved before the queue was cleared/,
  saved: /Message saved/,
  added: /Message added/,
  released: /released/i,
  notDeleted: /not deleted|\d+ not\b/i,
  browsed: /^(Browsed|Cancelled after|Stopped after)/,
  /** In an editor whose lease is gone. */
  leaseLost: /no longer yours|lease ended|lease was given back|somebody else/i,
  draft: /draft/i,
  /** Accounts for a copy beside its original. */
  stillLeased: /still leased by this tab|Leased before the reload/,
};

/** True when a text blames others; false in a sequence in which nobody else acts. */
export const blamesOthers = (words: string) =>
  words
    .split(/(?<=[.!])\s+|\n+/)
    .find(
      (sentence) =>
        /(deleted|received|held|updated) by (somebody|someone) else|(somebody|someone) else has|another (receiver|consumer) (was|has|had|is)|other consumers (were|have)/i.test(
          sentence,
        ) && !/\b(may|might|this tab|you)\b|, or held|or another/i.test(sentence),
    );

const COUNT = String.raw`([\d,]+)`;
const numberIn = (text: string, pattern: string) => {
  const found = new RegExp(pattern, 'i').exec(text)?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
};

/** The report of a job, in numbers. */
export type Report = {
  words: string;
  done: number;
  failed: number;
  skipped: number;
  maybeDone: number;
  maybeTwice: number;
  inBoth: number;
  missing: number;
  notBegun: number;
  returned: number;
  cancelled: boolean;
};

const DONE =
  'moved back|moved|copied|redriven|requeued|deleted|set visibility of|hidden|shown|changed text of|restored the text of|exported|imported|added again|added|sent|cleared';

/** Reads the report of an ended job; undefined when this file does not understand it. */
export function readReport(words: string): Report | undefined {
  const text = words.replaceAll(/\s+/g, ' ');
  // "Nothing of this job is hidden any more" is about its leases.
  const done = /nothing (?!of )(was )?\w+/i.test(text) ? 0 : numberIn(text, String.raw`(?:${DONE}):? ${COUNT}\b`);
  if (done === undefined) return undefined;
  const of = (pattern: string) => numberIn(text, pattern) ?? 0;
  return {
    words: text,
    done,
    // "kept": another text stood in them.
    failed:
      of(String.raw`${COUNT} kept\b`) +
      of(
        String.raw`${COUNT} (?:messages? )?not (?:moved back|moved|copied|redriven|requeued|deleted|set|changed|restored|exported|imported|added|sent)`,
      ),
    skipped: of(String.raw`${COUNT} (?:messages? )?skipped`),
    maybeDone: of(String.raw`${COUNT} (?:messages? )?may(?:be| have been) (?!twice)`),
    maybeTwice: of(String.raw`${COUNT} (?:messages? )?(?:maybe|may be)(?: \S+){0,4}? twice`),
    inBoth: of(String.raw`${COUNT} (?:messages? )?(?:are |is |now )?in both`),
    missing: of(String.raw`${COUNT} (?:messages? )?(?:was |were )?not found`),
    notBegun: of(String.raw`${COUNT} (?:messages? )?not begun`),
    returned: of(String.raw`${COUNT} messages? returned`),
    cancelled: /^(Cancelled|Stopped)/i.test(text),
  };
}

/** The fields of a text as a row shows them, without what only JSON needs. */
export const briefOfPreview = (preview: string) => {
  const field = (name: string) => new RegExp(String.raw`\b${name}: "?(\w+)`).exec(preview)?.[1] ?? '?';
  return `${field('m')} e${field('e')} j${field('j')} r${field('r')}`;
};
