import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { addableOrigin } from '@/azure/protocol/addable-origin';
import { addHost, canAddHosts } from '@/state/tab/added-hosts';
import { isKeptBackByHost } from '@/state/tab/page-policy';
import { Button } from '@/ui/controls/button';
import { CommandLine } from '../shared/command-line';

type AllowAddressProps = {
  /** An address that this page may not reach. */
  address: string;
  /** Keeps what is to be there after the page has loaded again; never a secret. */
  beforeReload?: () => void;
};

/**
 * Offers to add a host to what this page may reach, which takes the local server and a reload; elsewhere says who can.
 */
export function AllowAddress({ address, beforeReload }: AllowAddressProps) {
  const [problem, setProblem] = useState<string>();
  const [isAdding, setIsAdding] = useState(false);
  const { data: canAdd } = useQuery({ queryKey: ['can-add-hosts'], queryFn: canAddHosts, staleTime: Infinity });
  const origin = addableOrigin(address);
  if (origin === undefined) return <p className="text-12 text-text-2">{UNNAMEABLE}</p>;
  if (isKeptBackByHost(address)) return <p className="text-12 text-text-2">{KEPT_BACK}</p>;
  if (canAdd === undefined) return null;
  if (!canAdd) return <ByTheHost origin={origin} />;

  async function allow(added: string) {
    setIsAdding(true);
    setProblem(undefined);
    try {
      await addHost(added);
      beforeReload?.();
      location.reload();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsAdding(false);
    }
  }

  return (
    <div className="grid justify-items-start gap-2 text-12">
      <p className="text-text-2">
        The local server remembers <span className="font-mono [overflow-wrap:anywhere] text-text">{origin}</span> and
        loads the page again. A secret that was typed is not kept over that, and is asked for afterwards.
      </p>
      <Button
        data-question="allow"
        variant="primary"
        icon={<ShieldCheck />}
        aria-disabled={isAdding || undefined}
        onClick={() => !isAdding && void allow(origin)}
      >
        Allow this address
      </Button>
      {problem !== undefined && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

const UNNAMEABLE =
  'A content policy cannot name an address of this form. Use a name or an IPv4 address, such as 127.0.0.1, in its place.';

const KEPT_BACK =
  'The page allows this address, and the host of the page sends a content policy of its own that leaves it out. Whoever runs the host can add it there.';

/** A static host has the list in the page that it serves. */
const ByTheHost = ({ origin }: { origin: string }) => (
  <div className="grid gap-2 text-12">
    <p className="text-text-2">
      The list is a part of this page. Whoever hosts it can build it with this address, as “Content policy” in
      docs/hosting.md says:
    </p>
    <CommandLine text={`QUEUESCOPE_ALLOW_HOSTS="${origin}" npm run build`} label="Copy build command" />
  </div>
);
