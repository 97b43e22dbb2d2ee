import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useRef, useState } from 'react';
import { isCovered } from '@/azure/protocol/content-policy';
import { KNOWN_HOSTS, sourcesFor } from '@/azure/protocol/known-hosts';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { addHost, allowedHosts, canAddHosts, removeHost, useRemovedHosts } from '@/state/tab/added-hosts';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { FormDialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';
import { Group, nameOf, Row } from './settings-row';

const canAdd = queryOptions({ queryKey: ['can-add-hosts'], queryFn: canAddHosts, staleTime: Infinity });
/** Read again when the screen opens: other tabs add and remove too. */
const list = queryOptions({ queryKey: ['allowed-hosts'], queryFn: allowedHosts, staleTime: 0 });

/** The hosts and ports of this machine that this page may reach beside the known ones, to remove. */
export function AllowedHosts() {
  const { data: isKept } = useQuery(canAdd);
  return (
    <Group title="Allowed hosts">
      {isKept === undefined ? (
        <Row title="Asking who serves this page" hint="">
          {null}
        </Row>
      ) : isKept ? (
        <Kept />
      ) : (
        <Row
          title="The list is a part of this page"
          hint="The policy is fixed by whoever serves this page: it is built with the hosts that the page may reach, as “Content policy” in docs/hosting.md says. The local server of Queuescope keeps a list that can be changed here."
        >
          {null}
        </Row>
      )}
    </Group>
  );
}

function Kept() {
  const { data, error, refetch } = useQuery(list);
  const connections = useConnections();
  const [asked, setAsked] = useState<string>();
  const client = useQueryClient();
  const reload = useRef<HTMLButtonElement>(null);
  const changing = useMutation({
    mutationFn: (change: () => Promise<void>) => change(),
    onSettled: () => client.invalidateQueries({ queryKey: list.queryKey }),
  });
  const removed = useRemovedHosts();

  if (!data)
    return error ? (
      <Row title="The list could not be read" hint={<span role="alert">{error.message}</span>}>
        <Button onClick={() => void refetch()}>Try again</Button>
      </Row>
    ) : (
      <Row title="Reading the list" hint="">
        {null}
      </Row>
    );

  function remove(origin: string) {
    setAsked(undefined);
    // The row and its button go: what is left to do gets the focus.
    changing.mutate(() => removeHost(origin), {
      onSuccess: () => requestAnimationFrame(() => reload.current?.focus()),
    });
  }

  const added = data.hosts.filter((origin) => !data.given.includes(origin));
  const last = removed.at(-1);
  return (
    <>
      {last !== undefined && (
        <Strip
          tone="info"
          icon={<RotateCw />}
          title={removed.length === 1 ? `${last} is removed` : `${counted(removed.length, 'host')} are removed`}
          className="rounded-t-12"
          action={
            <>
              <Button size="sm" onClick={() => changing.mutate(() => addHost(last))}>
                Undo
              </Button>
              <Button ref={reload} size="sm" variant="primary" onClick={() => location.reload()}>
                Reload now
              </Button>
            </>
          }
        >
          The new policy holds after the next reload of this page, in each of its tabs. The place is kept; what is for
          this tab only is asked for again.
        </Strip>
      )}
      {changing.error && (
        <p role="alert" className="border-b border-line px-4 py-2 text-danger">
          {changing.error.message}
        </p>
      )}
      {data.hosts.map((origin) => (
        <Host
          key={origin}
          origin={origin}
          uses={usesOf(origin, data.hosts, connections)}
          label={`Remove ${labelOf(origin, added)}`}
          isGiven={data.given.includes(origin)}
          isBusy={changing.isPending}
          onRemove={(isUsed) => (isUsed ? setAsked(origin) : remove(origin))}
        />
      ))}
      {data.hosts.length === 0 && (
        <Row
          title="No hosts were added"
          hint="The page reaches the queue services and the sign-in of Azure, and the emulator at its usual port. It asks before it reaches another host."
        >
          {null}
        </Row>
      )}
      {asked !== undefined && (
        <FormDialog
          size="sm"
          title={`Remove ${labelOf(asked, added)}?`}
          label="Remove"
          cancelLabel="Keep it"
          isDanger
          dismissible
          onSubmit={() => remove(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p className="text-text-2">
            {usesOf(asked, data.hosts, connections).join(', ')} cannot be reached after the next reload. Until then
            nothing changes, and the address can be allowed again.
          </p>
        </FormDialog>
      )}
    </>
  );
}

type HostProps = {
  origin: string;
  /** The names of connections that need it. */
  uses: readonly string[];
  label: string;
  /** True when the local server was started with it. */
  isGiven: boolean;
  isBusy: boolean;
  onRemove: (isUsed: boolean) => void;
};

function Host({ origin, uses, label, isGiven, isBusy, onRemove }: HostProps) {
  const hint = uses.length > 0 ? `Used by ${uses.join(', ')}.` : 'No connection uses it.';
  return (
    <Row
      title={<span className="font-mono text-12">{origin}</span>}
      hint={isGiven ? `${hint} Named with --allow-host, for this run of the local server.` : hint}
    >
      {!isGiven && (
        <Button
          aria-label={label}
          aria-disabled={isBusy || undefined}
          onClick={() => !isBusy && onRemove(uses.length > 0)}
        >
          Remove
        </Button>
      )}
    </Row>
  );
}

/** The host and the port, with the scheme where another entry differs in that alone. */
function labelOf(origin: string, all: readonly string[]): string {
  const { host } = new URL(origin);
  return all.filter((one) => new URL(one).host === host).length > 1 ? origin : host;
}

/** The connections that no other entry lets the page reach. One by the relay needs none. */
function usesOf(origin: string, all: readonly string[], connections: readonly StoredConnection[]): string[] {
  const others = [...KNOWN_HOSTS, ...all.filter((one) => one !== origin).flatMap(sourcesFor)];
  return connections
    .filter(({ relay, endpoint }) => !relay && isCovered(sourcesFor(origin), endpoint) && !isCovered(others, endpoint))
    .map(nameOf);
}
