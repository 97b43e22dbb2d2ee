import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { diagnose } from '@/azure/diagnosis/diagnose';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import { UnreachableError } from '@/azure/protocol/errors';
import type { Account } from '@/azure/protocol/model';
import { serviceKeys } from '@/queries/service';
import { connectionOf } from '@/state/connections/connections';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Strip, ViewRequest } from '@/ui/feedback/failure';

type SecondaryFailureProps = { account: Account; endpoint: string; error: Error };

/** Says why the secondary did not answer: there is none, its answer is hidden, or it refused. */
export function SecondaryFailure({ account, endpoint, error }: SecondaryFailureProps) {
  const { data: cause } = useQuery({
    queryKey: [...serviceKeys.all(account), 'secondary failure', describeError(error).exchangeId],
    queryFn: ({ signal }) => causeOf(account, endpoint, error, signal),
  });
  const { reason, code } = describeError(error);
  const { host } = new URL(endpoint);
  const [title, text] =
    error instanceof UnreachableError ? causeText(cause, host) : (['The secondary refused', reason] as const);
  return (
    <Strip
      tone="warn"
      role="alert"
      icon={<TriangleAlert />}
      title={title}
      className="rounded-8"
      action={<ViewRequest onView={viewRequestOf(error)} />}
    >
      {text} {code && <span className="font-mono">{code}</span>}
    </Strip>
  );
}

async function causeOf(account: Account, endpoint: string, error: Error, signal: AbortSignal) {
  const connection = connectionOf(account.id);
  if (!connection) return null;
  let kind: VerdictKind | undefined;
  for await (const { verdict } of diagnose({ ...connection, endpoint }, error, { signal })) kind = verdict?.kind;
  return kind ?? null;
}

function causeText(kind: VerdictKind | null | undefined, host: string): readonly [string, string] {
  if (kind === undefined) return ['The secondary does not answer', 'Finding out why.'];
  if (kind === 'offline') return ['This device is offline', 'Connect it to a network, then ask again.'];
  if (kind === 'corsNoRule' || kind === 'corsMethodOrHeaders') {
    return [
      'The secondary hides its answer from this page',
      `${host} answers, but its CORS rules leave this page out. It has the rules of the primary; a change takes a while to reach it.`,
    ];
  }
  if (kind === 'redirected')
    return ['The secondary answers with a redirect', `${host} leads to another address, which is never followed.`];
  return [
    'There is no secondary endpoint to read',
    `Nothing answers at ${host}. Only geo-redundant accounts with read access (RA-GRS, RA-GZRS) have it; others have no second copy, or one that cannot be read.`,
  ];
}
