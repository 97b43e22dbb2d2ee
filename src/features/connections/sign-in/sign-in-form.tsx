import { useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { CLOUDS, type CloudName, cloudOf } from '@/azure/protocol/clouds';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { addressWith, type Endpoint, endpointOf, readEndpoint } from '@/azure/protocol/endpoint';
import { accountNameProblem, queueNameProblem } from '@/azure/protocol/input-rules';
import { besideOther } from '@/state/connections/beside';
import {
  addConnection,
  currentConnections,
  type Keep,
  type StoredConnection,
  useIsVaultDurable,
} from '@/state/connections/connections';
import { rememberQueue } from '@/state/connections/opened-queues';
import { ANY_DIRECTORY, findSignInApp, isDirectoryName, type SignInApp } from '@/state/sign-in/app-registration';
import type { SignedIn } from '@/state/sign-in/msal';
import { mayReach } from '@/state/tab/page-policy';
import { Button } from '@/ui/controls/button';
import { Field, Select, TextInput } from '@/ui/controls/field';
import { NameAQueue } from '../check/name-a-queue';
import { useCheck } from '../check/use-check';
import { VerdictBox } from '../check/verdict-box';
import { RememberChoice } from '../input/remember-choice';
import { BlockedAddress } from '../reach/blocked-address';
import { keepSignInAddress, keptAddress } from '../reach/kept-address';
import { CommandLine } from '../shared/command-line';
import { SignInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

type SignInFormProps = {
  /** The address of an account to start with. */
  address?: string | undefined;
  /** The queue that the address of the page names for a connection. */
  linkedQueue: (connectionId: string) => string | undefined;
  /** `open`: the queue of the address, or the one that the person named. */
  onConnected: (connection: StoredConnection, open: { queue: string | undefined; isChosen: boolean }) => void;
};

/** Signs in with Microsoft, tries the connection with the token, and stores it. */
export default function SignInForm({ address = '', linkedQueue, onConnected }: SignInFormProps) {
  const { data: knownApp = null, isPending } = useQuery({
    queryKey: ['sign-in-app'],
    queryFn: async () => (await findSignInApp()) ?? lastSignInApp() ?? null,
    staleTime: Infinity,
  });
  const [place, setPlace] = useState(() => address || (keptAddress(true)?.endpoint ?? ''));
  const [typed, setTyped] = useState<TypedApp>({ clientId: '', tenant: '', cloud: '' });
  const [keep, setKeep] = useState<Keep>('tab');
  const [mistake, setMistake] = useState<string>();
  const isDurable = useIsVaultDurable();
  const { signIn, signInHere, isWaiting, isBlocked, problem } = useSignIn();
  const { check, verdict, named, run, clear } = useCheck();
  const [signedIn, setSignedIn] = useState<SignedIn>();

  const where = endpointAt(place);
  /** The address, while this page may not reach it: nobody signs in before that. */
  const blocked = where && !mayReach(where.endpoint) ? where.endpoint : undefined;
  const app = appOf(typed, knownApp, where?.endpoint);
  const isRunning = check?.isRunning ?? false;
  const queueInAddress = queueNameProblem(where?.queue ?? '') === undefined ? where?.queue : undefined;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    clear();
    const wrong = inputProblem(where, app);
    setMistake(wrong);
    if (wrong !== undefined || !where?.account || blocked !== undefined) return;
    const result = await signIn(app);
    if (!result) return;
    setSignedIn(result);
    await attempt(connectionAt(where, where.account, result), result);
  }

  async function attempt(connection: Connection, result: SignedIn) {
    const { works, readInstead } = await run(connection, {
      queue: linkedQueue(accountId(connection)) ?? queueInAddress,
    });
    if (works) await save(connection, result, { readInstead });
  }

  /** Tries a queue that the person names, where the list is refused. */
  async function openNamed(connection: Connection, result: SignedIn, queue: string) {
    const { works } = await run(connection, { queue, isNamed: true });
    if (works) await save(connection, result, { readInstead: queue, isChosen: true });
  }

  async function save(
    connection: Connection,
    { signIn: who }: SignedIn,
    {
      // One that is not there is none to remember.
      readInstead = verdict?.kind === 'queueMissing' ? undefined : named,
      isChosen = readInstead !== undefined,
    }: { readInstead?: string | undefined; isChosen?: boolean } = {},
  ) {
    const facts = { holder: { who: who.username }, signIn: who };
    const credential = { kind: 'token', token: '' } as const;
    const added = await addConnection(
      { ...connection, ...besideOther(connection), credential, ...facts },
      isDurable ? keep : 'tab',
    );
    if (readInstead !== undefined) await rememberQueue(added.id, readInstead);
    onConnected(added, { queue: isChosen ? readInstead : queueInAddress, isChosen });
  }

  function leave() {
    if (!where?.account) return;
    const { account, endpoint, secondaryEndpoint } = where;
    void signInHere(app, {
      account,
      endpoint,
      secondaryEndpoint,
      keep: isDurable ? keep : 'tab',
      ...(queueInAddress && { queue: queueInAddress }),
    });
  }

  return (
    <form
      onSubmit={(event) => void submit(event)}
      aria-label="Sign in with Microsoft"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4"
    >
      <Field label="Account name or endpoint" error={mistake}>
        <TextInput
          mono
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- The button that opened the form is gone.
          autoFocus
          value={place}
          onChange={(text) => setPlace(text.trim())}
        />
      </Field>
      {blocked !== undefined && (
        <BlockedAddress
          address={blocked}
          beforeReload={() => keepSignInAddress(addressWith(blocked, queueInAddress))}
        />
      )}
      {!isPending && <AppFields known={knownApp} typed={typed} onChange={setTyped} />}
      <RememberChoice
        value={keep}
        onChange={(choice) => setKeep(choice === 'tab' ? 'tab' : 'device')}
        secret="signIn"
      />
      <SignInProblem problem={problem} onSignInHere={isBlocked ? leave : undefined} />
      {verdict && check && signedIn && (
        <VerdictBox
          verdict={verdict}
          connection={check.connection}
          onRelay={() => void attempt({ ...check.connection, relay: true }, signedIn)}
        >
          <NameAQueue
            connection={check.connection}
            kind={verdict.kind}
            tried={isRunning ? undefined : check.queue}
            isBusy={isRunning}
            onOpen={(queue) => void openNamed(check.connection, signedIn, queue)}
          />
        </VerdictBox>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="flex-1 text-12 text-text-3 max-desk:basis-full">
          {isWaiting
            ? 'Waiting for the window in which you sign in.'
            : isRunning
              ? 'Connecting'
              : 'Connecting lists the queues. It changes nothing.'}
        </span>
        {verdict && check && signedIn && (
          <Button variant="ghost" size="lg" onClick={() => void save(check.connection, signedIn)}>
            Save anyway
          </Button>
        )}
        <Button type="submit" variant="primary" size="lg" icon={<LogIn />} className="max-desk:flex-1">
          {isWaiting ? 'Start again' : 'Sign in with Microsoft'}
        </Button>
      </div>
    </form>
  );
}

/** The queue service of an account, by its name or an address; undefined when the text is neither. */
function endpointAt(place: string): Endpoint | undefined {
  if (place === '') return undefined;
  return /[:/.]/.test(place) ? readEndpoint(place) : endpointOf(place);
}

/** The app registration of the latest connection that signed in. */
const lastSignInApp = (): SignInApp | undefined => currentConnections().findLast(({ signIn }) => signIn)?.signIn;

function appOf({ clientId, tenant, cloud }: TypedApp, knownApp: SignInApp | null, endpoint = ''): SignInApp {
  const byEndpoint = cloudOf(endpoint);
  // The cloud of the address comes before that of the known app.
  const usual = byEndpoint === 'public' && knownApp ? knownApp.authority : CLOUDS[byEndpoint].authority;
  return {
    clientId: clientId || (knownApp?.clientId ?? ''),
    tenant: tenant || (knownApp?.tenant ?? ANY_DIRECTORY),
    authority: cloud === '' ? usual : CLOUDS[cloud].authority,
  };
}

function inputProblem(where: Endpoint | undefined, { clientId, tenant }: SignInApp): string | undefined {
  if (!where) return 'Type the account’s name, or the address of its queue service.';
  if (where.account === undefined)
    return 'This address does not tell the account: use the one that ends in the cloud’s name.';
  if (where.endpoint.startsWith('http:')) return 'A token is sent over https only, and this endpoint is http.';
  const name = accountNameProblem(where.account);
  if (name !== undefined) return name;
  if (!isDirectoryName(clientId)) return 'The application (client) ID is missing.';
  return isDirectoryName(tenant) ? undefined : 'A directory is an id or a domain.';
}

const connectionAt = ({ endpoint, secondaryEndpoint }: Endpoint, account: string, { token }: SignedIn): Connection => ({
  account,
  endpoint,
  ...(secondaryEndpoint && { secondaryEndpoint }),
  credential: { kind: 'token', getToken: async () => token },
});

/** The typed fields; a blank one stands for the known or usual value. */
type TypedApp = { clientId: string; tenant: string; cloud: CloudName | '' };

type AppFieldsProps = {
  /** The app that the deployer of this page set up, or that an earlier sign-in used. */
  known: SignInApp | null;
  typed: TypedApp;
  onChange: (typed: TypedApp) => void;
};

/** The app registration, directory and cloud of the sign-in; folded when the app is known. */
function AppFields({ known, typed, onChange }: AppFieldsProps) {
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
            onChange={(clientId) => onChange({ ...typed, clientId: clientId.trim() })}
          />
        </Field>
        <Field label="Directory (tenant)" hint="Id or domain. Blank: any work account.">
          <TextInput
            mono
            value={typed.tenant}
            placeholder={known?.tenant ?? ANY_DIRECTORY}
            onChange={(tenant) => onChange({ ...typed, tenant: tenant.trim() })}
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
