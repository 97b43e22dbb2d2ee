import type { Command } from '@/state/navigation/commands';
import { toast } from '@/ui/overlay/toast-store';

/** Does what the command is for, or says why it cannot be done now. */
export function runCommand({ title, reason, run }: Command) {
  if (reason === undefined) run();
  else toast({ title: `${title}: not possible here`, detail: reason, tone: 'warn' });
}
