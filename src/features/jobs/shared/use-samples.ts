import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { loadedMessages } from '@/queries/messages';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { messagesOf } from './scope';

/** The messages that the change is tried on, as they were when these were first meant. */
export function useSamples(
  account: Account,
  { queue, ids }: Pick<MessageScope, 'queue'> & { ids: MessageScope['ids'] | undefined },
) {
  const take = () => ({ ids, messages: ids ? messagesOf(account, { queue, ids }) : loadedMessages(account, queue) });
  const [taken, setTaken] = useState(take);
  if (taken.ids === ids) return taken.messages;
  const anew = take();
  setTaken(anew);
  return anew.messages;
}
