import type { Params } from '@/lab/run/params';
import { type Run, writeRun } from '@/lab/run/run';
import { routeHref } from '@/state/navigation/route';
import { copyText } from '@/ui/code/code';
import { announce } from '@/ui/feedback/live-region';
import { toast } from '@/ui/overlay/toast-store';
import { exactly } from '@/words/counts';

/** Characters of a link that mail, chats and slides take as a whole. */
const MOST_LINK = 2000;

/** A run and the part of the lab that it is opened in. */
type Shared = {
  /** `free` or a lesson. */
  part: string;
  run: Run;
  /** Settings that the part has by itself, which an address need not name. */
  usual: Partial<Params>;
  /** Parameters besides those of the run. */
  extra?: Readonly<Record<string, string>> | undefined;
};

/** Copies the address of a run; one that is too long to be passed on is not copied, and what to do instead is said. */
export async function copyRunLink({ part, run, usual, extra = {} }: Shared): Promise<void> {
  const query = new URLSearchParams([...Object.entries(extra), ...writeRun(run, usual)]).toString();
  const address = `${location.origin}${location.pathname}${routeHref({ screen: 'lab', part, query })}`;
  if (address.length > MOST_LINK)
    toast({
      title: 'The link is too long for this run; save it as a file',
      detail: `What was done makes it ${exactly(address.length, 'character')} long, of ${MOST_LINK} at most. "Save run" keeps all of it.`,
      tone: 'warn',
    });
  else if (await copyText(address)) announce('Link copied');
}
