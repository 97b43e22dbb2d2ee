import type { MessageRow } from '@/messages/message-rows';

const HOUR = 3_600_000;

/** True within an hour of the expiry; never for a message that does not expire. */
export const isExpiring = ({ message }: MessageRow, now: number) =>
  message.expiresAt !== null && message.expiresAt.getTime() - now < HOUR;

export const isPoison = ({ message }: MessageRow, threshold: number) => message.dequeueCount >= threshold;
