import type { MessageRecord, QueueRef } from '@/messages/record';

/** What became of a message that is gone. */
export type MessageEnd = { title: string; detail: string };

const CERTAIN = 'Nothing can be done with it here any more.';

const isSameQueue = (one: QueueRef, other: QueueRef | undefined): boolean =>
  one.queue === other?.queue && one.connectionId === other.connectionId;

/** What became of a message of a queue that is known to be gone or being deleted; undefined for one that may be there. */
export function messageEnd(record: MessageRecord | undefined, from?: QueueRef): MessageEnd | undefined {
  const { standing, claim, pending } = record ?? {};
  if (claim?.kind === 'delete' || pending?.kind === 'delete')
    return { title: 'This message is being deleted', detail: CERTAIN };
  if (standing?.is === 'unknown' && standing.likely)
    return {
      title: 'This message was most likely deleted',
      detail: 'No answer came to its delete, and the delete that was sent again found it gone.',
    };
  if (standing?.is !== 'deleted') return undefined;
  const title =
    standing.how === 'moved'
      ? isSameQueue(standing.to, from)
        ? 'This message was requeued'
        : `This message was moved to ${standing.to.queue}`
      : {
          deleted: 'This message was deleted',
          elsewhere: 'Another tab of this browser deleted this message',
          cleared: 'This message went when the queue was cleared',
          queueDeleted: 'This message went with its queue',
        }[standing.how];
  const isRequeued = standing.how === 'moved' && isSameQueue(standing.to, from);
  return { title, detail: isRequeued ? 'It is at the end of this queue, as a new message with another id.' : CERTAIN };
}
