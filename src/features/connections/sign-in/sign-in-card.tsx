import { LogIn, X } from 'lucide-react';
import { type ComponentProps, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { TOKEN_COMMAND } from '@/azure/credentials/access-token';
import { useReturnProblem } from '@/state/start/finish-redirect';
import { Button, IconButton } from '@/ui/controls/button';
import { lazyPart } from '@/ui/parts/lazy-part';
import { keptAddress } from '../reach/kept-address';
import { CommandLine } from '../shared/command-line';
import { SignInProblem } from './sign-in-problem';

const SignInForm = lazyPart(async () => (await import('./sign-in-form')).default, {
  waiting: <p role="status">Loading</p>,
});

type SignInCardProps = Pick<ComponentProps<typeof SignInForm>, 'linkedQueue' | 'onConnected'> & {
  /** Opens the form at once, with this address of an account. */
  address: string | undefined;
};

/**
 * Connects with Microsoft Entra ID, by signing in or by a token that the Azure CLI prints. The form and MSAL are loaded on
 * demand.
 */
export function SignInCard({ address, ...form }: SignInCardProps) {
  const [isOpen, setIsOpen] = useState(() => address !== undefined || keptAddress(true) !== undefined);
  const opener = useRef<HTMLButtonElement>(null);
  const problem = useReturnProblem();

  function close() {
    flushSync(() => setIsOpen(false));
    opener.current?.focus();
  }

  return (
    <section
      aria-labelledby="sign-in-with-microsoft"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-12 border border-line-strong bg-surface p-4"
    >
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <h3 id="sign-in-with-microsoft" className="font-semibold">
            Microsoft Entra ID
          </h3>
          <p className="text-12 text-text-2">With your own roles, also where the account accepts no keys</p>
        </div>
        {isOpen ? (
          <IconButton label="Close sign-in" icon={<X />} onClick={close} />
        ) : (
          <Button ref={opener} icon={<LogIn />} className="max-desk:h-11" onClick={() => setIsOpen(true)}>
            Sign in
          </Button>
        )}
      </div>
      <SignInProblem problem={problem} onSignInHere={undefined} />
      {isOpen && <SignInForm address={address} {...form} />}
      <CommandLine text={TOKEN_COMMAND} label="Copy token command" copied="Command copied" />
      <p className="text-12 text-text-3">Or paste above what this command of the Azure CLI prints.</p>
    </section>
  );
}
