import { FlaskConical, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ACCOUNT_NAME } from '@/azure/protocol/limits';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { routePath, useRoute } from '@/state/navigation/route';
import { AzuriteCard } from './connect/azurite-card';
import { ConnectForm } from './connect/connect-form';
import { MovedNote } from './connect/moved-note';
import { SandboxCard } from './connect/sandbox-card';
import { SavedConnections } from './connect/saved-connections';
import type { QueueToOpen } from './connect/use-connect-attempt';
import { openConnection } from './shared/open-connection';
import { SignInCard } from './sign-in/sign-in-card';

type ConnectScreenProps = {
  /** The connection that the address names, when this browser does not have it. */
  wanted?: string | undefined;
  /** Shown at the top while there is no other chrome: brand and theme. */
  header?: ReactNode;
};

/** The screen to connect: the sandbox and the emulator in one click, or an account by whatever the person can paste. */
export function ConnectScreen({ wanted, header }: ConnectScreenProps) {
  const isFirst = useConnections().length === 0;
  // In one column the form comes first once there are connections; its keys keep the draft when that changes.
  const isFormFirst = !isFirst || wanted !== undefined;

  // Every request opens the form anew, also after it was closed.
  const [signIn, setSignIn] = useState<{ address: string | undefined; times: number }>({
    address: undefined,
    times: 0,
  });

  // The address leads to the wanted connection already.
  function open({ id }: StoredConnection, { queue, isChosen }: Partial<QueueToOpen> = {}) {
    if (id !== wanted || isChosen) openConnection(id, queue);
  }

  const route = useRoute();
  const linkedQueue = (id: string) =>
    route?.screen === 'explorer' && route.connectionId === id ? route.queue : undefined;

  const others = (
    <div key="others" className="col-start-1 row-start-1 grid min-w-0 gap-6 max-wide:row-auto">
      <section aria-labelledby="try-it-now" className="grid gap-2.5">
        <h2 id="try-it-now" className="text-15 font-semibold">
          {isFirst ? 'Try it now' : 'Without an account'}
        </h2>
        <SandboxCard onConnected={open} />
        <AzuriteCard onConnected={open} />
        <a
          href={`#${routePath({ screen: 'lab' })}`}
          className="flex min-h-9 items-center gap-2 px-1 text-accent underline underline-offset-2"
        >
          <FlaskConical size={16} aria-hidden="true" className="flex-none" />
          Learn how queues work
        </a>
      </section>
      <SavedConnections />
      <p className="flex gap-2 px-1 text-12 text-text-3">
        <ShieldCheck aria-hidden="true" className="flex-none" />
        <span>
          Queuescope sends requests only to the account you connect.{' '}
          <a href={`#${routePath({ screen: 'wire' })}`} className="text-accent underline underline-offset-2">
            Check it in the wire log
          </a>
        </span>
      </p>
    </div>
  );
  const account = (
    <section
      key="account"
      aria-labelledby="connect-an-account"
      className="col-start-2 row-start-1 grid min-w-0 gap-2.5 max-wide:col-start-1 max-wide:row-auto"
    >
      <h2 id="connect-an-account" className="text-15 font-semibold">
        Connect an account
      </h2>
      <ConnectForm
        key={wanted}
        account={isAccountName(wanted) ? wanted : ''}
        linkedQueue={linkedQueue}
        onConnected={open}
        onSignIn={(address) => setSignIn(({ times }) => ({ address, times: times + 1 }))}
      />
      <SignInCard
        key={`sign-in-${signIn.times}`}
        address={signIn.address}
        linkedQueue={linkedQueue}
        onConnected={open}
      />
    </section>
  );
  return (
    <div className="h-full min-h-0 overflow-auto bg-canvas max-desk:scroll-pb-24 short:h-auto short:overflow-visible">
      {header}
      <div className="mx-auto grid max-w-292 gap-6 px-6 pt-6 pb-8 max-desk:gap-5 max-desk:px-4 max-desk:pt-2">
        <div>
          <h1 className="text-24 font-semibold">See what is in your queues</h1>
          <p className="mt-1 max-w-160 text-text-2">
            Queuescope talks to Azure Queue Storage straight from this tab. There is no server in between: your keys,
            messages and history stay in this browser.
          </p>
        </div>
        <MovedNote />
        {wanted !== undefined && (
          <p role="status" className="rounded-8 border border-info-line bg-info-tint px-3 py-2">
            This address leads to <strong className="font-semibold">{wanted}</strong>. Connect it to continue.
          </p>
        )}
        <div className="grid grid-cols-[384px_minmax(0,1fr)] items-start gap-8 max-xwide:grid-cols-[320px_minmax(0,1fr)] max-xwide:gap-6 max-wide:grid-cols-1">
          {isFormFirst ? [account, others] : [others, account]}
        </div>
      </div>
    </div>
  );
}

/** True for an id that is an account name, as in the public cloud. */
const isAccountName = (id: string | undefined): id is string => id !== undefined && ACCOUNT_NAME.test(id);
