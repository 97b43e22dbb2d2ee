import { useState } from 'react';
import { type Keep, useIsVaultDurable, usePassphraseState } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';

/** Where a person wants a secret to be kept: `device` is under the passphrase, `open` on the device without one. */
export type KeepChoice = Keep | 'open';

/**
 * The choice of where to keep a secret, at first the tab. The device is chosen only while the passphrase is unlocked: without,
 * choosing it asks for one.
 */
export function useKeepChoice() {
  const [wanted, setWanted] = useState<KeepChoice>('tab');
  const isDurable = useIsVaultDurable();
  const passphrase = usePassphraseState();
  const choice = isDurable && (wanted !== 'device' || passphrase === 'unlocked') ? wanted : 'tab';

  function choose(next: KeepChoice) {
    setWanted(next);
    if (next === 'device' && passphrase !== 'unlocked')
      openDialog({ kind: 'passphrase', mode: passphrase === 'none' ? 'set' : 'unlock' });
  }

  const keep: Keep = choice === 'tab' ? 'tab' : 'device';
  return { choice, choose, keep, isProtected: choice !== 'open' };
}
