import type { Message } from '@/azure/model';
import { copyText } from '@/ui/code';
import { counted } from '@/ui/counts';
import { toast } from '@/ui/toast-store';

/** Copies the exact texts, one after the other, each from a new line. */
export async function copyMessages(messages: readonly Message[]) {
  if (messages.length === 0 || !(await copyText(messages.map(({ text }) => text).join('\n')))) return;
  const title =
    messages.length === 1 ? 'Copied the message text' : `Copied ${counted(messages.length, 'message text')}`;
  toast({ title, tone: 'success' });
}
