import type { Message } from '@/azure/protocol/model';
import { copyText } from '@/ui/code/code';
import { counted } from '@/ui/format/counts';
import { toast } from '@/ui/overlay/toast-store';

/** Copies the exact texts, one after the other, each from a new line. */
export async function copyMessages(messages: readonly Message[]) {
  if (messages.length === 0 || !(await copyText(messages.map(({ text }) => text).join('\n')))) return;
  const title =
    messages.length === 1 ? 'Copied the message text' : `Copied ${counted(messages.length, 'message text')}`;
  toast({ title, tone: 'success' });
}
