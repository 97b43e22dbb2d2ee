import { type SubmitEvent, useId, useRef, useState } from 'react';
import { lookForOther } from '@/parts/other-build';
import { openWith } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { Field, TextInput } from '@/ui/controls/field';

type UnlockFormProps = {
  onUnlocked?: () => void;
  /** True takes the focus, where nothing else is on the screen; a dialog does that by itself. */
  takesFocus?: boolean;
};

/** Unlocks the secrets that this device remembers with their passphrase. */
export function UnlockForm({ onUnlocked, takesFocus = false }: UnlockFormProps) {
  const [problem, setProblem] = useState<string>();
  const [isTrying, setIsTrying] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  async function unlock(event: SubmitEvent) {
    event.preventDefault();
    const input = field.current;
    if (!input || isTrying) return;
    setIsTrying(true);
    setProblem(undefined);
    try {
      const passphrase = await import('@/state/connections/passphrase');
      await openWith(await passphrase.unlock(input.value));
      input.value = '';
      onUnlocked?.();
    } catch (error) {
      void lookForOther(error);
      setProblem(error instanceof Error ? error.message : String(error));
      input.select();
    }
    setIsTrying(false);
  }

  return (
    <form aria-label="Unlock" onSubmit={(event) => void unlock(event)} className="grid w-full max-w-90 gap-3">
      <Field label="Passphrase" error={problem}>
        {/* Uncontrolled: the passphrase is in the field alone. */}
        <TextInput
          id={id}
          ref={field}
          type="password"
          autoComplete="current-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- Nothing else can be done on the screen.
          autoFocus={takesFocus}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={isTrying}>
          {isTrying ? 'Unlocking' : 'Unlock'}
        </Button>
        <Button variant="ghost" onClick={() => openDialog({ kind: 'forgetAll' })}>
          Forgot it
        </Button>
      </div>
    </form>
  );
}
