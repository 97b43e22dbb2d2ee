import { AppWindow, Laptop } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Keep, usePassphraseState } from '@/state/connections/connections';
import { cx } from '@/ui/format/cx';

type RememberChoiceProps = {
  value: Keep;
  onChange: (keep: Keep) => void;
  durable: boolean;
  secret: 'key' | 'sas' | 'token' | 'signIn';
};

const REMEMBERED: Record<RememberChoiceProps['secret'], string> = {
  key: 'The stored key can sign but cannot be read back',
  sas: 'The signature is stored encrypted',
  token: 'The token is stored encrypted',
  signIn: 'Ids only, never a token: after a reload you sign in again',
};

const LEGENDS: Record<RememberChoiceProps['secret'], string> = {
  key: 'Where to keep the key',
  sas: 'Where to keep the key',
  token: 'Where to keep the token',
  signIn: 'Where to keep the connection',
};

/** Asks where to keep a secret; this tab, the safer choice, is selected first. */
export function RememberChoice({ value, onChange, durable, secret }: RememberChoiceProps) {
  const passphrase = usePassphraseState();
  const isOff = !durable || passphrase === 'locked';
  const remember =
    passphrase === 'unlocked' && secret !== 'signIn' ? 'Encrypted under your passphrase' : REMEMBERED[secret];
  return (
    <fieldset className="grid min-w-0 grid-cols-2 gap-2 max-desk:grid-cols-1">
      <legend className="mb-1.5 text-12 font-semibold">{LEGENDS[secret]}</legend>
      <Option
        name="This tab only"
        note={durable ? 'Forgotten when the tab closes' : 'Forgotten when the page reloads'}
        icon={<AppWindow />}
        isChosen={value === 'tab' || isOff}
        onChoose={() => onChange('tab')}
      />
      <Option
        name="Remember on this device"
        note={
          !durable
            ? 'This browser stores nothing for this page'
            : isOff
              ? 'Locked: type the passphrase in Settings first'
              : remember
        }
        icon={<Laptop />}
        isChosen={value === 'device' && !isOff}
        isOff={isOff}
        onChoose={() => onChange('device')}
      />
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
};

function Option({ name, note, icon, isChosen, isOff = false, onChoose }: OptionProps) {
  return (
    <label
      className={cx(
        'relative flex items-center gap-2.5 rounded-8 border px-3 py-2 max-desk:min-h-14',
        'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-accent-solid',
        isChosen ? 'border-ink inset-ring inset-ring-ink' : 'border-line-strong',
        isOff ? 'border-dashed text-text-3' : 'hover:bg-hover',
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
