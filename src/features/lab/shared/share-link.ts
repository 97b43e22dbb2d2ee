import { copyText } from '@/ui/code/code';
import { announce } from '@/ui/feedback/live-region';
import { toast } from '@/ui/overlay/toast-store';

/** Characters of a link that mail, chats and slides take as a whole. */
const MOST_LINK = 2000;

/** Copies the address of a run; one that is too long to be passed on is not copied, and what to do instead is said. */
export async function copyRunLink(address: string): Promise<void> {
  if (address.length > MOST_LINK)
    toast({
      title: 'The link is too long for this run; save it as a file',
      detail: `What was done makes it ${address.length} characters long, of ${MOST_LINK} at most. "Save run" keeps all of it.`,
      tone: 'warn',
    });
  else if (await copyText(address)) announce('Link copied');
}
