import { CLOUDS, type CloudName } from '@/azure/protocol/clouds';
import { ANY_DIRECTORY, type SignInApp } from '@/state/sign-in/app-registration';
import { Field, Select, TextInput } from '@/ui/controls/field';
import { CommandLine } from '../shared/command-line';

/** The typed fields; a blank one stands for the known or usual value. */
export type TypedApp = { clientId: string; tenant: string; cloud: CloudName | '' };

type AppFieldsProps = {
  /** The app that the deployer of this page set up, or that an earlier sign-in used. */
  known: SignInApp | null;
  typed: TypedApp;
  onChange: (typed: TypedApp) => void;
};

/** The app registration, directory and cloud of the sign-in; folded when the app is known. */
export function AppFields({ known, typed, onChange }: AppFieldsProps) {
  return (
    <details open={known === null}>
      <summary className="w-fit text-12 leading-6 font-semibold max-desk:leading-9">Application and directory</summary>
      <div className="mt-2 grid grid-cols-2 gap-3 max-desk:grid-cols-[minmax(0,1fr)]">
        <Field
          label="Application (client) ID"
          hint={known ? 'Blank: the one set up for this page.' : 'From an app registration in your directory.'}
          className="col-span-full"
        >
          <TextInput
            mono
            value={typed.clientId}
            placeholder={known?.clientId ?? '00000000-0000-0000-0000-000000000000'}
            onChange={({ target }) => onChange({ ...typed, clientId: target.value.trim() })}
          />
        </Field>
        <Field label="Directory (tenant)" hint="Id or domain. Blank: any work account.">
          <TextInput
            mono
            value={typed.tenant}
            placeholder={known?.tenant ?? ANY_DIRECTORY}
            onChange={({ target }) => onChange({ ...typed, tenant: target.value.trim() })}
          />
        </Field>
        <Field label="Cloud" hint="Where you sign in.">
          <Select value={typed.cloud} onChange={(cloud) => onChange({ ...typed, cloud })} options={CHOICES} />
        </Field>
        <div className="col-span-full grid gap-1.5">
          <span className="text-12 font-semibold">Redirect URI to register, as a single-page application</span>
          <CommandLine text={redirectAddress()} label="Copy redirect URI" />
          <span className="text-12 text-text-3">
            Its API permission is Azure Storage, user_impersonation. The page needs no secret of the app.
          </span>
        </div>
      </div>
    </details>
  );
}

/** Equals `redirectUri` of `msal.ts`, which would load MSAL. */
const redirectAddress = () => new URL('signed-in.html', document.baseURI).href;

const CHOICES: { value: CloudName | ''; label: string }[] = [
  { value: '', label: 'As the endpoint says' },
  ...(Object.keys(CLOUDS) as CloudName[]).map((name) => ({ value: name, label: CLOUDS[name].name })),
];
