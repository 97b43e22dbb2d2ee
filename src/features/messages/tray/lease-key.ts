import type { QueueRef } from '@/messages/record';

/** Names a lease over all queues. */
export const leaseKey = ({ connectionId, queue }: QueueRef, id: string): string => `${connectionId}/${queue}/${id}`;
