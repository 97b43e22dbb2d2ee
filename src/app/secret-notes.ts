import { parseConnectionInput } from '@/azure/connection-input/parse-connection-input';
import { kindText } from '@/azure/connection-input/parsed-connection';
import { goTo } from '@/state/navigation/route';
import { endSecretOffer, handToConnect, type SecretOffer } from '@/state/navigation/secret-offer';
import { dismissToast, toast } from '@/ui/overlay/toast-store';

/** Tells that an earlier version left secrets, which are removed now. */
export const tellSecretsRemoved = (): void =>
  void toast({
    title: 'Keys that an earlier version stored for tabs are removed',
    detail:
      'Their bytes may still be in the files of this browser. To be sure, clear the data of this site, or rotate the keys.',
    tone: 'warn',
    duration: 0,
  });

/** The toast of the last secret that a person gave. It alone has the text. */
let lastToast: string | undefined;

/** Tells that a secret was kept out of the address, and offers to connect with what a person gave. */
export function showSecretOffer(offer: SecretOffer): void {
  endSecretOffer();
  if (offer.from === 'link') {
    toast({
      title: 'There was a key in this address',
      detail:
        'The page took it out. The history of this browser, and where the link came from, may still have it: rotate the key.',
      tone: 'warn',
      duration: 0,
    });
    return;
  }
  const { text } = offer;
  const what = spoken(text);
  if (lastToast !== undefined) dismissToast(lastToast);
  lastToast = toast({
    title: what === undefined ? 'This looks like a secret' : `This looks like ${what}. Connect with it?`,
    detail: 'It was left out: what this field says would be in the address, be stored or be shown.',
    tone: 'warn',
    duration: 0,
    ...(what !== undefined && {
      action: {
        label: 'Connect',
        onClick: () => {
          handToConnect(text);
          goTo({ screen: 'connect' });
        },
      },
    }),
  });
}

/** What Connect takes the text for; undefined for what it cannot connect with. */
function spoken(text: string): string | undefined {
  const input = parseConnectionInput(text);
  if (input.kind === 'several') return 'several connections';
  return input.kind === 'nothing' || input.kind === 'unknown' ? undefined : kindText(input).spoken;
}
