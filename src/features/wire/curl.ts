import type { Exchange } from '@/azure/protocol/exchange';
import type { LoggedExchange } from '@/state/activity/request-log';
import { openDialog } from '@/state/navigation/open-dialog';
import { copyText } from '@/ui/code/code';
import { toast } from '@/ui/overlay/toast-store';

/** Copies an exchange as a curl command that holds no secret. */
export async function copyCurl(exchange: Exchange) {
  const { exchangeCurl } = await import('@/samples/exchange-curl');
  if (await copyText(exchangeCurl(exchange))) toast({ title: 'Copied as curl, key left out', tone: 'success' });
}

/** Opens an exchange as code in all languages; false for one that no sample shows. */
export async function openAsCode({ connectionId, ...exchange }: LoggedExchange): Promise<void> {
  const { askedIn } = await import('@/samples/read-exchange');
  const asked = askedIn(exchange);
  if (asked) openDialog({ kind: 'copyAs', connectionId, asked });
}
