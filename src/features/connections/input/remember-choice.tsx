import { useQuery } from '@tanstack/react-query';
import { AppWindow, Laptop, LockKeyholeOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { type PassphraseState, useIsVaultDurable, usePassphraseState } from '@/state/connections/connections';
import { findInstallation } from '@/state/connections/installation';
import { cx } from '@/ui/format/cx';
import type { KeepChoice } from './use-keep-choice';

type RememberChoiceProps = {
  value: KeepChoice;
  onChange: (choice: KeepChoice) => void;
  secret: 'key' | 'sas' | 'token' | 'signIn';
};

const LEGENDS: Record<RememberChoiceProps['secret'], string> = {
  key: 'Where to keep the key',
  sas: 'Where to keep the key',
  token: 'Where to keep the token',
  signIn: 'Where to keep the connection',
};

const SEALED: Record<PassphraseState, string> = {
  none: 'Encrypted under a passphrase that you set now',
  locked: 'Encrypted under your passphrase: type it now',
  unlocked: 'Encrypted under your passphrase',
};

/** What it means to keep a secret without a passphrase, by whether it is bound to an installation. */
const OPEN = {
  bound:
    'Encrypted for this installation of Queuescope. Whoever can read this browser’s files and the folder of Queuescope can have it.',
  unbound:
    'Whoever can read this browser’s files can have it, also after “Forget”. So can a program that is served at this address later.',
};

/** What is kept is for one address of the page, and what another program gets of it that is there later. */
const HERE = {
  bound: 'Another program that is there later cannot open it without the folder of Queuescope.',
  unbound: 'Whatever is there later finds it: under a passphrase it has to guess that one.',
};

const IDS_ONLY = 'Ids only, never a token: after a reload you sign in again';

/** Asks where to keep a secret; this tab, the safest choice, is selected first. */
export function RememberChoice({ value, onChange, secret }: RememberChoiceProps) {
  const passphrase = usePassphraseState();
  const isDurable = useIsVaultDurable();
  const isSignIn = secret === 'signIn';
  const { data: installation } = useQuery({
    queryKey: ['installation'],
    queryFn: async () => ((await findInstallation()) ? 'bound' : 'unbound'),
    staleTime: Infinity,
  });
  return (
    <fieldset className="grid min-w-0 grid-cols-2 gap-2 max-desk:grid-cols-1">
      <legend className="mb-1.5 text-12 font-semibold">{LEGENDS[secret]}</legend>
      <Option
        name="This tab only"
        note={isSignIn ? 'Forgotten when the tab closes' : 'In memory alone: a reload asks for it again'}
        icon={<AppWindow />}
        isChosen={value === 'tab'}
        onChoose={() => onChange('tab')}
      />
      <Option
        name="Remember on this device"
        note={isDurable ? (isSignIn ? IDS_ONLY : SEALED[passphrase]) : 'This browser stores nothing for this page'}
        icon={<Laptop />}
        isChosen={value === 'device'}
        isOff={!isDurable}
        onChoose={() => onChange('device')}
      />
      {isDurable && !isSignIn && (
        <Option
          name="Remember without a passphrase"
          note={OPEN[installation ?? 'unbound']}
          icon={<LockKeyholeOpen />}
          isChosen={value === 'open'}
          onChoose={() => onChange('open')}
          className="col-span-full"
        />
      )}
      {value !== 'tab' && !isSignIn && installation && (
        <p role="status" className="col-span-full text-12 text-text-3">
          Kept for this page at {location.origin} alone. {HERE[installation]}
        </p>
      )}
    </fieldset>
  );
}

type OptionProps = {
  name: string;
  note: string;
  icon: ReactNode;
  isChosen: boolean;
  isOff?: boolean;
  onChoose: () => void;
  className?: string;
};

function Option({ name, note, icon, isChosen, isOff = false, onChoose, className }: OptionProps) {
  return (
    <label
      className={cx(
        'relative flex items-center gap-2.5 rounded-8 border px-3 py-2 max-desk:min-h-14',
        'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-accent-solid',
        isChosen ? 'border-ink inset-ring inset-ring-ink' : 'border-line-strong',
        isOff ? 'border-dashed text-text-3' : 'hover:bg-hover',
        className,
      )}
    >
      <input
        type="radio"
        name="keep"
        // Covers the whole choice, so that it takes every press.
        className="absolute inset-0 size-full opacity-0"
        checked={isChosen}
        disabled={isOff}
        onChange={onChoose}
      />
      <span
        aria-hidden="true"
        className={cx(
          'grid size-3.5 flex-none place-items-center rounded-full border bg-surface',
          isChosen ? 'border-4 border-ink' : 'border-line-control',
        )}
      />
      <span className="grid min-w-0 flex-1">
        <span className="font-semibold">{name}</span>
        <span className="text-12 text-text-3">{note}</span>
      </span>
      <span className="text-text-3 max-[360px]:hidden">{icon}</span>
    </label>
  );
}
