import { type ComponentProps, type SubmitEvent, useId, useRef, useState } from 'react';
import { openWith, useConnections } from '@/state/connections/connections';
import {
  changePassphrase,
  removePassphrase,
  SHORTEST_PASSPHRASE,
  setPassphrase,
  unlock,
} from '@/state/connections/passphrase';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Button } from '@/ui/controls/button';
import { Field, TextInput } from '@/ui/controls/field';
import { Dialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';

type Mode = 'set' | 'change' | 'remove' | 'unlock';
type PassphraseDialogProps = { mode: Mode; onClose: () => void };

const WORDS: Record<Mode, { title: string; label: string; done: string }> = {
  set: { title: 'Set a passphrase', label: 'Set passphrase', done: 'Passphrase set' },
  change: { title: 'Change the passphrase', label: 'Change passphrase', done: 'Passphrase changed' },
  remove: { title: 'Remove the passphrase', label: 'Remove passphrase', done: 'Passphrase removed' },
  unlock: { title: 'Unlock what is remembered', label: 'Unlock', done: 'Unlocked' },
};

/** Takes the passphrase, twice when it is new. What is typed is in the fields alone. */
export default function PassphraseDialog({ mode, onClose }: PassphraseDialogProps) {
  const { title, label, done } = WORDS[mode];
  const old = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const form = useId();
  const [problem, setProblem] = useState<{ field: 'old' | 'next' | 'again'; words: string }>();
  const [isPending, setIsPending] = useState(false);
  const asksOld = mode !== 'set';
  const asksNew = mode === 'set' || mode === 'change';

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const [before, wanted, repeated] = [old, next, again].map(({ current }) => current?.value ?? '') as [
      string,
      string,
      string,
    ];
    if (isPending) return;
    if (asksNew && wanted.length < SHORTEST_PASSPHRASE)
      return setProblem({
        field: 'next',
        words: `At least ${SHORTEST_PASSPHRASE} characters. Longer is safer than odder.`,
      });
    if (asksNew && wanted !== repeated) return setProblem({ field: 'again', words: 'This is not the same as above.' });
    setIsPending(true);
    setProblem(undefined);
    try {
      await openWith(await work(mode, before, wanted));
      toast({ title: done, tone: 'success' });
      onClose();
    } catch (error) {
      setProblem({ field: asksOld ? 'old' : 'next', words: error instanceof Error ? error.message : String(error) });
      setIsPending(false);
    }
  }

  const errorOf = (field: 'old' | 'next' | 'again') => (problem?.field === field ? problem.words : undefined);
  return (
    <Dialog
      size="sm"
      title={title}
      onClose={onClose}
      dismissible={false}
      footer={
        <>
          {asksOld && (
            <Button size="lg" variant="ghost" className="mr-auto" onClick={() => openDialog({ kind: 'forgetAll' })}>
              Forgot it
            </Button>
          )}
          <Button size="lg" kbd="Esc" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} size="lg" variant="primary" disabled={isPending}>
            {label}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="grid gap-4">
        {asksOld && (
          <Field label={mode === 'change' ? 'Passphrase so far' : 'Passphrase'} error={errorOf('old')}>
            <Secret ref={old} autoComplete="current-password" />
          </Field>
        )}
        {asksNew && (
          <>
            <Field label="New passphrase" error={errorOf('next')}>
              <Secret ref={next} autoComplete="new-password" />
            </Field>
            <Field label="New passphrase again" error={errorOf('again')}>
              <Secret ref={again} autoComplete="new-password" />
            </Field>
          </>
        )}
        {mode === 'set' && <Consequences />}
        {mode === 'remove' && (
          <p className="text-12 text-pretty text-text-2">
            What is remembered opens without it again. Account keys become keys that no script can read.
          </p>
        )}
      </form>
    </Dialog>
  );
}

const Secret = (props: ComponentProps<typeof TextInput>) => <TextInput {...props} type="password" />;

/** Resolves to what it opened; undefined when nothing is locked any more. */
async function work(mode: Mode, before: string, wanted: string): Promise<CryptoKey | undefined> {
  switch (mode) {
    case 'set':
      return setPassphrase(wanted);
    case 'change':
      return changePassphrase(before, wanted);
    case 'unlock':
      return unlock(before);
    case 'remove':
      await removePassphrase(before);
      return undefined;
  }
}

/** What a passphrase does and what it cannot do, before it is set. */
function Consequences() {
  const keys = useConnections().filter(
    (one) => one.keep === 'device' && one.kind === 'key' && !one.isProtected && !isSandbox(one),
  );
  return (
    <ul className="grid list-disc gap-1.5 pl-4 text-12 text-pretty text-text-2">
      <li>Asked for after each load of the page. What is kept for a tab alone, and the sandbox, work without it.</li>
      <li>Nobody can recover it. Forgotten, all that it protects has to be forgotten and added again.</li>
      <li>Signatures that are remembered already come under it at once.</li>
      {keys.length > 0 && (
        <li className="font-semibold text-warn">
          {keys.map(({ account }) => account).join(', ')}: the account {keys.length === 1 ? 'key is' : 'keys are'}{' '}
          stored as what nobody can read, so {keys.length === 1 ? 'it' : 'they'} cannot be brought under a passphrase.
          Add {keys.length === 1 ? 'it' : 'them'} again afterwards; until then{' '}
          {keys.length === 1 ? 'it works' : 'they work'} without it.
        </li>
      )}
    </ul>
  );
}
