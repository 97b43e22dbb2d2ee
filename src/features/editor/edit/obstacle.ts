import { claimedBy, type LeaseEnding, type MessageRecord, type RecordLease, type Removal } from '@/messages/record';
import { clockTime } from '@/words/times';

/**
 * Why the draft of a message cannot simply be saved.
 * - `lease`: the message has to be leased again, or that nextSteps out.
 * - `wait`: a claim of this tab works on the message.
 * - `again`: the result of the last request is unknown. Saving again does no harm, and tells.
 * - `gone`: the message is certainly gone.
 */
export type Obstacle = {
  way: 'lease' | 'wait' | 'again' | 'gone';
  title: string;
  reason: string;
  /** False when the queue is gone too, so that the draft cannot become a new message. */
  canAdd: boolean;
};

type Facts = {
  /** Epoch ms of the service's clock. */
  serviceNow: number;
  /** True when the text of the save without an answer is the current draft. */
  isMaybeMine: boolean;
  /** True when a repeat of that save was refused. */
  isRefused: boolean;
};

/** Returns why the text of a message cannot be saved; undefined when it can. */
export function obstacleTo(record: MessageRecord | undefined, facts: Facts): Obstacle | undefined {
  if (!record) return lease('This tab no longer knows the message', 'Lease it to save your text.');
  const { standing, claim, pending, maybeText } = record;
  if (standing.is === 'deleted') return gone(...removed(standing), standing.how !== 'queueDeleted');
  const expiresAt = record.facts?.expiresAt?.getTime() ?? Infinity;
  if (expiresAt <= facts.serviceNow) return gone('The message has expired', `It expired at ${clockTime(expiresAt)}.`);
  if (claim?.kind === 'delete') {
    return obstacle('wait', 'The message is about to be deleted', 'Undo the delete to save your text.');
  }
  if (claim) return obstacle('wait', withoutFullStop(claimedBy(claim)), 'Nothing can be saved until that is done.');
  if (pending?.kind === 'delete')
    return obstacle('wait', 'The message is being deleted', 'The answer has not arrived yet.');
  if (standing.is === 'unknown') return unknown(record, standing, facts);
  if (!record.lease) return notLeased(record);
  if (record.lease.holder === 'elsewhere') {
    return lease('Another tab of this browser has the message', `Its lease ends at ${clockTime(record.lease.endsAt)}.`);
  }
  if (record.lease.state === 'ended') return ended(record.lease);
  if (record.lease.state === 'held') return undefined;
  if (record.lease.because === 'hiddenReceipt') {
    return lease(
      'The new receipt is hidden',
      'The CORS rule leaves out x-ms-popreceipt, so this page can save no more under this lease.',
    );
  }
  return maybeText === undefined ? extendedUnseen(record.lease, facts) : savedUnseen(record.lease, facts);
}

/** The reason on the Save button; undefined when the text can be saved. */
export function obstacleReason(between: Obstacle | undefined): string | undefined {
  if (!between || between.way === 'again') return undefined;
  return between.way === 'lease' ? 'Saving needs a lease' : between.title;
}

const obstacle = (way: Obstacle['way'], title: string, reason: string, canAdd = true): Obstacle => ({
  way,
  title,
  reason,
  canAdd,
});
const lease = (title: string, reason: string): Obstacle => obstacle('lease', title, reason);
const gone = (title: string, reason: string, canAdd?: boolean): Obstacle => obstacle('gone', title, reason, canAdd);

function removed(removal: Removal): [title: string, reason: string] {
  switch (removal.how) {
    case 'deleted':
      return ['The message is deleted', 'This tab deleted it.'];
    case 'cleared':
      return ['The message is deleted', 'The queue was cleared.'];
    case 'queueDeleted':
      return ['The queue is deleted', 'Its messages are deleted with it.'];
    case 'elsewhere':
      return ['The message is deleted', 'Another tab of this browser deleted it.'];
    case 'moved':
      return [`The message was moved to ${removal.to.queue}`, 'There it is a new message with another id.'];
  }
}

type Unknown = Extract<MessageRecord['standing'], { is: 'unknown' }>;

function unknown({ lease: heldLease, maybeText }: MessageRecord, { since, likely }: Unknown, facts: Facts): Obstacle {
  const way = heldLease && heldLease.state !== 'ended' ? 'again' : 'lease';
  const nextStep = way === 'again' ? 'Saving tells whether it is still there.' : 'Lease it again to find out.';
  switch (since) {
    case 'delete':
      return likely
        ? lease(
            'The message is most likely deleted',
            'No answer came to its delete, and the repeat found its receipt no longer valid. Lease it again to find out.',
          )
        : obstacle(way, 'The message may be deleted', `No answer came to its delete. ${nextStep}`);
    case 'clear':
      return obstacle(way, 'The message may be deleted', `No answer came when the queue was cleared. ${nextStep}`);
    case 'return':
      if (maybeText !== undefined) return savedUnseen(heldLease, facts);
      return obstacle(
        way,
        heldLease ? 'The lease may be released' : 'The lease is most likely released',
        `No answer came to its release. ${way === 'again' ? 'Saving tells.' : nextStep}`,
      );
    case 'refused':
      return lease(
        'The receipt is no longer valid',
        'Another consumer received the message, or it was deleted or has expired. Lease it again to find out.',
      );
  }
}

/** After a save without an answer: whether it was made depends on the answer to its repeat. */
function savedUnseen(heldLease: RecordLease | undefined, { isMaybeMine, isRefused }: Facts): Obstacle {
  if (!isRefused && heldLease?.receipt !== undefined) {
    return obstacle(
      'again',
      isMaybeMine ? 'Your text may or may not be saved' : 'An earlier text of yours may or may not be saved',
      'No answer arrived. Saving again does no harm, and tells.',
    );
  }
  const until = heldLease && heldLease.state !== 'ended' ? ` It is hidden until ${clockTime(heldLease.endsAt)}.` : '';
  const detail = `No answer arrived, and the repeat found the receipt no longer valid, as after a save.${until}`;
  return isMaybeMine
    ? lease('Your text is most likely saved', detail)
    : lease('An earlier text of yours is most likely saved', `${detail} What you wrote since then is not.`);
}

/** After an extension without an answer: it was most likely made, with a receipt that this tab does not have. */
function extendedUnseen({ endsAt }: RecordLease, { isRefused }: Facts): Obstacle {
  const hidden = `which hides the message until ${clockTime(endsAt)}`;
  return isRefused
    ? lease(
        'The receipt is no longer valid',
        `Nothing was saved. Most likely an extension was made whose answer was lost, ${hidden}.`,
      )
    : obstacle(
        'again',
        'The receipt may no longer be valid',
        `No answer came to an extension, ${hidden}. Saving tells whether the receipt still works.`,
      );
}

function notLeased({ standing }: MessageRecord): Obstacle {
  return standing.is === 'hidden'
    ? lease(
        `The message is hidden until ${clockTime(standing.until)}`,
        'It was hidden for that time, which ended the lease.',
      )
    : lease('You have no lease on this message', 'It was released, so other consumers can receive it.');
}

function ended({ ending, endsAt }: RecordLease): Obstacle {
  return lease(...(ending === 'time' ? lapsed(endsAt) : ENDINGS[ending ?? 'seen']));
}

const lapsed = (endsAt: number): [title: string, reason: string] => [
  `Your lease ended at ${clockTime(endsAt)}`,
  'Since then other consumers can receive the message.',
];

const ENDINGS: Record<Exclude<LeaseEnding, 'time'>, [title: string, reason: string]> = {
  refused: [
    'The receipt is no longer valid',
    'Another consumer received the message, or it was deleted or has expired. Lease it again to find out.',
  ],
  seen: ['The message is visible again', 'A later peek shows it, so your lease is over.'],
  elsewhere: ['Another tab of this browser has received the message', 'The receipt of this tab is no longer valid.'],
  malformed: [
    'The receipt is not accepted',
    'Azure says that it is not a receipt. Lease the message again for another one.',
  ],
};

const withoutFullStop = (sentence = ''): string => sentence.replace(/\.$/, '');
