import { openWith, usePassphraseState } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { Row } from './settings-row';

const HINTS = {
  none: 'None. With one, what is remembered on this device opens only after it was typed, also for whoever copies the files of this browser.',
  locked: 'Locked. Type it to use what is remembered on this device.',
  unlocked: 'Set, and unlocked in this tab until it is reloaded.',
};

const open = (mode: 'set' | 'change' | 'remove' | 'unlock') => openDialog({ kind: 'passphrase', mode });

/** The passphrase of what is kept on this device: set it, change it, take it away, lock and unlock. */
export function PassphraseRow() {
  const state = usePassphraseState();
  return (
    <Row title="Passphrase" hint={HINTS[state]}>
      <span className="flex flex-wrap gap-2">
        {state === 'none' && <Button onClick={() => open('set')}>Set passphrase</Button>}
        {state === 'locked' && <Button onClick={() => open('unlock')}>Unlock</Button>}
        {state === 'unlocked' && <Button onClick={() => void openWith(undefined)}>Lock now</Button>}
        {state !== 'none' && (
          <>
            <Button aria-label="Change passphrase" onClick={() => open('change')}>
              Change
            </Button>
            <Button aria-label="Remove passphrase" onClick={() => open('remove')}>
              Remove
            </Button>
          </>
        )}
      </span>
    </Row>
  );
}
