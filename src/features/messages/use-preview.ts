import { useEffect, useSyncExternalStore } from 'react';
import type { Message } from '@/azure/account';
import { lookInside, whenDecoded } from './inside-texts';
import { previewOf } from './message-preview';

/** Format and one-line preview of a message in sight; what is packed is unpacked for it. */
export function usePreview(message: Message) {
  useEffect(() => {
    if (previewOf(message).isPacked) void lookInside(message.text);
  }, [message]);
  return useSyncExternalStore(whenDecoded, () => previewOf(message));
}
