import { whenInsisting } from '@/parts/insist';
import { isOutdated, whenOutdated } from '@/parts/other-build';
import { PartError } from '@/parts/part-error';
import { toast } from '@/ui/overlay/toast-store';
import { tellNewVersion } from './new-version';

/** Says of parts that have no place on screen that they did not arrive. */
export function tellMissingParts(): void {
  whenOutdated(tellNewVersion);
  whenInsisting((cause) => void say(cause, 'It is asked for again by itself.'));
  addEventListener('unhandledrejection', (event) => {
    if (!(event.reason instanceof PartError)) return;
    event.preventDefault();
    void say(event.reason, 'What it was needed for is not done. Try again.');
  });
}

async function say(cause: unknown, next: string): Promise<void> {
  if (await isOutdated()) tellNewVersion();
  else
    toast({
      title: 'A part of this page did not arrive',
      detail: cause instanceof PartError && cause.problem === 'reload' ? cause.message : next,
      tone: 'danger',
    });
}
