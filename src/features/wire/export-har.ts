import { loggedExchanges } from '@/state/activity/request-log';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { counted } from '@/ui/format/counts';
import { toast } from '@/ui/overlay/toast-store';
import { version } from '../../../package.json';
import { toHar } from './har';

/** Saves the log of requests as an HTTP Archive, and says what is not in it. */
export function exportHar() {
  const exchanges = loggedExchanges();
  const har = toHar(exchanges, { name: 'Queuescope', version });
  const content = new Blob([JSON.stringify(har, undefined, 2)], { type: 'application/json' });
  saveFile(`${timedName('queuescope', new Date())}.har`, content);
  toast({
    title: `Exported ${counted(exchanges.length, 'request')}, keys left out`,
    detail: 'Signatures and tokens too. Message texts are in it.',
    tone: 'success',
  });
}
