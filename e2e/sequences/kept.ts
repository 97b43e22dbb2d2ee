import type { Sequence, Step } from './play';

// Shortened sequences that once failed. They are played before the random ones.

type Short = [action: string, how?: string, items?: string, waits?: Step['waits']];

const sequence = (messages: number, ...steps: Short[]): Sequence => ({
  messages,
  steps: steps.map(([action, how = '', items = '', waits = 'for nothing']) => ({
    action,
    args: { items: items.split(' ').filter(Boolean), how },
    waits,
  })),
});

const RECEIVE: Short = ['receive', '16'];
const DELETE = (item: string): Short => ['delete', 'by its button', item];
const DELETE_AND_WAIT = (item: string): Short => ['delete', 'by its button', item, 'for all'];
const SLOWLY: Short = ['move all', 'slowly'];
const CHANGE: Short = ['change the text of all', 'JSON value'];

/** The sequences by their subject. */
export const KEPT: Readonly<Record<string, Sequence>> = {
  'a delete that waits, and Move all': sequence(3, RECEIVE, DELETE('m0'), ['move all']),
  'a delete that waits, and Copy all': sequence(3, RECEIVE, DELETE('m0'), ['copy all']),
  'a delete that waits, and Redrive': sequence(3, RECEIVE, DELETE('m0'), ['redrive']),
  'a delete that waits, and Export all': sequence(3, RECEIVE, DELETE('m0'), ['export all']),
  'a delete that waits, and Change text of all': sequence(3, RECEIVE, DELETE('m0'), CHANGE),
  'a delete that waits, and Set visibility of all': sequence(3, RECEIVE, DELETE('m0'), ['set the visibility of all']),
  'a delete that waits, and Release them': sequence(3, RECEIVE, DELETE('m0'), ['release all that was received']),
  'a delete that waits, and Clear': sequence(3, RECEIVE, DELETE('m0'), ['clear the queue', 'and add again']),
  'a move whose delete got no answer, Clear and Add again': sequence(
    4,
    ['move all', 'lose DELETE'],
    ['add a message', '', '', 'for the job'],
    ['clear the queue', 'and add again'],
  ),
  'a delete of what a slow move has': sequence(4, RECEIVE, SLOWLY, DELETE('m3')),
  'Clear and Add again after an older peek': sequence(
    4,
    ['set "Messages to peek" to', '2'],
    RECEIVE,
    DELETE_AND_WAIT('m0'),
    ['edit and save', 'keep the lease', 'm1'],
    ['clear the queue', 'and add again'],
  ),
  'Change text, then Move all': sequence(3, RECEIVE, CHANGE, ['move all']),
  'Change text, then Export all': sequence(3, RECEIVE, CHANGE, ['export all']),
  'Change text, then Edit': sequence(2, RECEIVE, CHANGE, ['edit and save', 'keep the lease', 'm0']),
  'Change text, Delete, Add again': sequence(3, RECEIVE, CHANGE, DELETE_AND_WAIT('m0'), ['add deleted messages again']),
  'Retry of a move of what another consumer has changed': sequence(
    2,
    RECEIVE,
    ['another consumer gets what the page holds,', 'and changes the text', 'm1'],
    ['move all'],
    ['another consumer, with what it holds,', 'shows it again', 'm1'],
    ['retry what failed'],
  ),
  'Retry of a copy of what another consumer has changed': sequence(
    1,
    RECEIVE,
    ['another consumer gets what the page holds,', 'and changes the text', 'm0'],
    ['copy all', 'refuse POST'],
    ['retry what failed'],
  ),
  'a message that is added while all are redriven slowly': sequence(3, ['redrive', 'slowly'], ['add a message']),
  'a message that is added while all are changed and redriven slowly': sequence(
    3,
    ['work in steps on all:', 'change send delete; slowly'],
    ['add a message'],
  ),
  'Change, send and delete what is leased, then Undo': sequence(
    3,
    RECEIVE,
    ['work in steps on all:', 'change send delete'],
    ['undo a move by its report'],
  ),
  'Change what is leased, edit one, then Undo': sequence(
    3,
    RECEIVE,
    ['work in steps on all:', 'change'],
    ['edit and save', 'keep the lease', 'm1'],
    ['undo a change of texts by its report'],
  ),
  'Change and hide, of leased and of free messages': sequence(
    4,
    ['lease it', '', 'm0'],
    ['work in steps on all:', 'change hide'],
  ),
  'the tray deletes what a slow change has': sequence(
    4,
    RECEIVE,
    ['work in steps on all:', 'change; slowly'],
    ['in the tray of leases,', 'delete', 'm3'],
  ),
  'Set visibility of all': sequence(2, ['set the visibility of all']),
  'others checked, one open, Delete': sequence(3, RECEIVE, [
    'check other messages, open one, and press the Delete key',
    '',
    'm0 m1',
  ]),
  'five deletes, and Undo of all': sequence(
    5,
    RECEIVE,
    ['delete one after another, by the key', '', 'm0 m1 m2 m3 m4'],
    ['undo every delete'],
  ),
  'browse, edit, release': sequence(
    3,
    ['browse all', 'returned'],
    ['lease it', '', 'm1'],
    ['edit and save', 'release', 'm1'],
  ),
  'browse, delete': sequence(3, ['browse all', 'returned'], ['lease it', '', 'm1'], DELETE_AND_WAIT('m1')),
  'browse, clear': sequence(3, ['browse all', 'returned'], ['clear the queue']),
  'browse, move all': sequence(3, ['browse all', 'returned'], ['move all']),
  'a retry that worked, and the older one once more': sequence(
    3,
    ['copy all', 'refuse POST'],
    ['retry what failed'],
    ['press Retry failed of every earlier job'],
  ),
  'Extend without an answer, then Release': sequence(
    2,
    RECEIVE,
    ['extend', 'and the answer is lost', 'm0'],
    ['release', '', 'm0'],
  ),
  'Save without an answer, then Release': sequence(
    2,
    RECEIVE,
    ['edit and save', 'keep the lease, answer lost', 'm0'],
    ['release', '', 'm0'],
  ),
  'Extend of what a slow move has': sequence(5, RECEIVE, SLOWLY, ['extend', '', 'm4']),
  'an edit of what a slow move has': sequence(6, RECEIVE, SLOWLY, ['edit and save', 'keep the lease', 'm5']),
  'Release of what a slow move has': sequence(5, RECEIVE, SLOWLY, ['release', '', 'm4']),
  'Release of what a slow copy has': sequence(5, RECEIVE, ['copy all', 'slowly'], ['release', '', 'm4']),
  'an edit of what a slow Change text has': sequence(
    6,
    RECEIVE,
    ['change the text of all', 'JSON value, slowly'],
    ['edit and save', 'keep the lease', 'm5'],
  ),
  'an edit over what another consumer has written': sequence(2, RECEIVE, [
    'edit, while another consumer changes the text;',
    'lease it again in the editor, and save',
    'm0',
  ]),
  'a draft of what another consumer has changed': sequence(2, RECEIVE, [
    'edit, while another consumer changes the text;',
    'leave the editor, lease it, and edit again',
    'm0',
  ]),
};
