import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import { refreshAccount, serviceStats } from '@/queries/service';
import { useAccount } from '@/queries/use-account';
import { useNetworkLoss } from '@/state/activity/network';
import { useSecondaryEndpoint } from '@/state/connections/secondary-endpoint';
import { readFromPrimary } from '@/state/connections/secondary-reads';
import { useServiceNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { duration } from '@/words/times';

/** Ms; how far the secondary is behind changes slowly. */
const REFRESH_MS = 60_000;

/** Says, above all content, that the secondary is read, and how far it is behind. */
export default function SecondaryStrip({ connectionId }: { connectionId: string }) {
  const account = useAccount(connectionId);
  return account && <Reading account={account} />;
}

function Reading({ account }: { account: Account }) {
  const client = useQueryClient();
  const hasNetwork = useNetworkLoss(account.id) === undefined;
  const { data } = useQuery({
    ...serviceStats(account, useSecondaryEndpoint(account.id)),
    refetchInterval: hasNetwork && REFRESH_MS,
  });
  const now = useServiceNow();
  const behind = data?.lastSyncTime && duration(Math.max(0, now - data.lastSyncTime.getTime()));
  function goBack() {
    readFromPrimary(account.id);
    void refreshAccount(client, account);
  }
  return (
    <Strip
      tone="warn"
      icon={<Globe />}
      title={`Reading the secondary, read-only, ${behind === undefined ? 'how far behind is unknown' : `up to ${behind} behind`}`}
      action={<Button onClick={goBack}>Back to the primary</Button>}
    >
      Nothing can be added, received, changed or deleted until you go back.
    </Strip>
  );
}
