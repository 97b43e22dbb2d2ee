import type { Exchange } from '@/azure/protocol/exchange';
import { copyText } from '@/ui/code/code';
import { toast } from '@/ui/overlay/toast';
import { toCurl } from './curl';

/** Copies the exchange as a command that anybody may see. */
export async function copyCurl(exchange: Exchange) {
  if (await copyText(toCurl(exchange))) toast({ title: 'Copied as curl, key left out', tone: 'success' });
}
