import { type ComponentProps, useRef, useState } from 'react';
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
import { cx } from '@/ui/format/cx';
import { FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { exactly, plural } from '@/words/counts';
import { passphraseStrength, type Strength } from './passphrase-strength';

type Mode = 'set' | 'change' | 'remove' | 'unlock';
type PassphraseDialogProps = { mode: Mode; onClose: () => void };

const TEXTS: Record<Mode, { title: string; label: string; done: string }> = {
  set: { title: 'Set a passphrase', label: 'Set passphrase', done: 'Passphrase set' },
  change: { title: 'Change the passphrase', label: 'Change passphrase', done: 'Passphrase changed' },
  remove: { title: 'Remove the passphrase', label: 'Remove passphrase', done: 'Passphrase removed' },
  unlock: { title: 'Unlock what is remembered', label: 'Unlock', done: 'Unlocked' },
};

/** Asks for the passphrase, twice for a new one. It is in the fields alone. */
export default function PassphraseDialog({ mode, onClose }: PassphraseDialogProps) {
  const { title, label, done } = TEXTS[mode];
  const old = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<{ field: 'old' | 'next' | 'again'; text: string }>();
  const [isPending, setIsPending] = useState(false);
  const [strength, setStrength] = useState<Strength>();
  const asksOld = mode !== 'set';
  const asksNew = mode === 'set' || mode === 'change';

  async function submit() {
    const [before = '', wanted = '', repeated = ''] = [old, next, again].map(({ current }) => current?.value);
    if (asksNew && wanted.length < SHORTEST_PASSPHRASE)
      return setProblem({
        field: 'next',
        text: `At least ${exactly(SHORTEST_PASSPHRASE, 'character')}. A longer one is safer than a cryptic one.`,
      });
    if (asksNew && wanted !== repeated) return setProblem({ field: 'again', text: 'It differs from the one above.' });
    setIsPending(true);
    setProblem(undefined);
    try {
      await openWith(await apply(mode, before, wanted));
      for (const { current } of [old, next, again]) if (current) current.value = '';
      toast({ title: done, tone: 'success' });
      onClose();
    } catch (error) {
      setProblem({ field: asksOld ? 'old' : 'next', text: error instanceof Error ? error.message : String(error) });
      setIsPending(false);
    }
  }

  const errorOf = (field: 'old' | 'next' | 'again') => (problem?.field === field ? problem.text : undefined);
  return (
    <FormDialog
      size="sm"
      title={title}
      onClose={onClose}
      label={label}
      isOff={isPending}
      note={
        asksOld && (
          <Button size="lg" variant="ghost" className="mr-auto" onClick={() => openDialog({ kind: 'forgetAll' })}>
            Forgot it
          </Button>
        )
      }
      onSubmit={() => void submit()}
    >
      {asksOld && (
        <Field label={mode === 'change' ? 'Current passphrase' : 'Passphrase'} error={errorOf('old')}>
          <Secret ref={old} autoComplete="current-password" />
        </Field>
      )}
      {asksNew && (
        <>
          <Field label="New passphrase" error={errorOf('next')} hint={strength ? strengthText(strength) : HINT}>
            <Secret
              ref={next}
              autoComplete="new-password"
              onChange={(text) => setStrength(text === '' ? undefined : passphraseStrength(text))}
            />
          </Field>
          <Field label="New passphrase again" error={errorOf('again')}>
            <Secret ref={again} autoComplete="new-password" />
          </Field>
        </>
      )}
      {mode === 'set' && <Consequences />}
      {mode === 'remove' && (
        <p className="text-12 text-pretty text-text-2">
          Remembered secrets will open without it. Whoever can read this browser’s files can then have them, also after
          “Forget”.
        </p>
      )}
    </FormDialog>
  );
}

const HINT = 'Four or five words that have nothing to do with each other are strong and can be remembered.';
const LEVELS: Record<Strength['level'], string> = { weak: 'Weak', fair: 'Fair', strong: 'Strong' };

/** The strength in words. It is counted from the kinds and number of characters, common words, rows and repeats. */
const strengthText = ({ level, advice }: Strength) => (
  <span role="status">
    <strong
      className={cx('font-semibold', level === 'weak' ? 'text-danger' : level === 'fair' ? 'text-warn' : 'text-text')}
    >
      {LEVELS[level]}.
    </strong>{' '}
    {advice ?? 'It holds out for centuries, unless somebody knows it or it is a known saying.'}
  </span>
);

/** A password to the browser, unlike a key: a password manager may keep it, and makes a longer one likely. */
const Secret = (props: ComponentProps<typeof TextInput>) => <TextInput {...props} type="password" />;

/** Resolves to the key that it opened; undefined when nothing is locked any more. */
async function apply(mode: Mode, before: string, wanted: string): Promise<CryptoKey | undefined> {
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

/** What a passphrase does and cannot do, before it is set. */
function Consequences() {
  const keys = useConnections().filter(
    (one) => one.keep === 'device' && one.kind === 'key' && !one.isProtected && !isSandbox(one),
  );
  return (
    <ul className="grid list-disc gap-1.5 pl-4 text-12 text-pretty text-text-2">
      <li>Asked for after each load of the page. The sandbox works without it.</li>
      <li>
        A password manager is a good place for it, but not the browser’s own, which keeps it beside what it protects.
      </li>
      <li>Nobody can recover it. If you forget it, everything under it has to be forgotten and added again.</li>
      <li>Signatures that are remembered already are protected at once.</li>
      {keys.length > 0 && (
        <li className="font-semibold text-warn">
          {keys.map(({ account }) => account).join(', ')}: the account {plural(keys.length, 'key is', 'keys are')}{' '}
          stored so that nobody can read {plural(keys.length, 'it', 'them')}, which rules out a passphrase. Add{' '}
          {plural(keys.length, 'it', 'them')} again afterwards; until then{' '}
          {plural(keys.length, 'it works', 'they work')} without one.
        </li>
      )}
    </ul>
  );
}
