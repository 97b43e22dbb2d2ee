import { CLOUDS, type CloudName } from '@/azure/protocol/clouds';
import { ANY_DIRECTORY, type SignInApp } from '@/state/sign-in/app-registration';
import { CopyButton } from '@/ui/code/code';
import { Field, Select, TextInput } from '@/ui/controls/field';

/** What a person can change; blank fields stand for what the deployer gave, or for what is usual. */
export type TypedApp = { clientId: string; tenant: string; cloud: CloudName | '' };

type AppFieldsProps = {
  /** What the deployer of this page gave, or an earlier sign-in used. */
  given: SignInApp | null;
  typed: TypedApp;
  onChange: (typed: TypedApp) => void;
};

/** Through which app registration people sign in, in which directory and cloud; folded away when it is known. */
export function AppFields({ given, typed, onChange }: AppFieldsProps) {
  return (
    <details open={given === null}>
      <summary className="w-fit text-12 leading-6 font-semibold max-desk:leading-9">Application and directory</summary>
      <div className="mt-2 grid grid-cols-2 gap-3 max-desk:grid-cols-[minmax(0,1fr)]">
        <Field
          label="Application (client) ID"
          hint={given ? 'Blank: the one that is set up for this page.' : 'Of an app registration in your directory.'}
          className="col-span-full"
        >
          <TextInput
            mono
            value={typed.clientId}
            placeholder={given?.clientId ?? '00000000-0000-0000-0000-000000000000'}
            onChange={({ target }) => onChange({ ...typed, clientId: target.value.trim() })}
          />
        </Field>
        <Field label="Directory (tenant)" hint="Id or domain. Blank: any work account.">
          <TextInput
            mono
            value={typed.tenant}
            placeholder={given?.tenant ?? ANY_DIRECTORY}
            onChange={({ target }) => onChange({ ...typed, tenant: target.value.trim() })}
          />
        </Field>
        <Field label="Cloud" hint="Where you sign in.">
          <Select value={typed.cloud} onChange={(cloud) => onChange({ ...typed, cloud })} options={CHOICES} />
        </Field>
        <div className="col-span-full grid gap-1.5">
          <span className="text-12 font-semibold">Redirect URI to register, as a single-page application</span>
          <span className="flex h-8 items-center gap-2 rounded-6 border border-line bg-sunken pr-1 pl-2.5 max-desk:h-11">
            <code className="min-w-0 flex-1 truncate font-mono text-12">{redirectAddress()}</code>
            <CopyButton size="sm" label="Copy redirect URI" text={redirectAddress()} />
          </span>
          <span className="text-12 text-text-3">
            Its API permission is Azure Storage, user_impersonation. The page needs no secret of the app.
          </span>
        </div>
      </div>
    </details>
  );
}

/** As `redirectUri` of `msal.ts`, which comes with all of MSAL. */
const redirectAddress = () => new URL('signed-in.html', document.baseURI).href;

const CHOICES: { value: CloudName | ''; label: string }[] = [
  { value: '', label: 'As the endpoint says' },
  ...(Object.keys(CLOUDS) as CloudName[]).map((name) => ({ value: name, label: CLOUDS[name].name })),
];
