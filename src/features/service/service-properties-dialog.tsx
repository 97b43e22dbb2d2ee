import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { READ_ONCE } from '@/queries/live';
import { serviceProperties } from '@/queries/service';
import { withAccount } from '@/queries/use-account';
import { FailureView } from '@/state/navigation/failure-view';
import { Tabs } from '@/ui/controls/tabs';
import { Skeleton } from '@/ui/feedback/skeleton';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { EditProperties } from './edit-properties';
import { GeoReplication } from './geo-replication';
import { SECTION_NAMES } from './property-lines';
import { READING_NEEDS } from './required-permissions';

export type PropertiesTab = 'cors' | 'logging' | 'hourMetrics' | 'minuteMetrics' | 'replication';

const TABS: readonly { value: PropertiesTab; label: string }[] = [
  { value: 'cors', label: SECTION_NAMES.cors },
  { value: 'logging', label: SECTION_NAMES.logging },
  { value: 'hourMetrics', label: SECTION_NAMES.hourMetrics },
  { value: 'minuteMetrics', label: SECTION_NAMES.minuteMetrics },
  { value: 'replication', label: 'Geo-replication' },
];

type ServicePropertiesOfProps = { account: Account; tab?: PropertiesTab; onClose: () => void };

/** Edits the properties of the queue service, as it has them now, and shows its geo-replication. */
export function ServicePropertiesOf({ account, tab: first = 'cors', onClose }: ServicePropertiesOfProps) {
  const [tab, setTab] = useState(first);
  const { data, error, refetch } = useQuery({
    ...serviceProperties(account),
    ...READ_ONCE,
  });
  const tabs = (panel: ReactNode) => (
    <Tabs label="Service properties" value={tab} onChange={setTab} tabs={TABS} listClassName="border-b border-line">
      {/* As tall with every tab, so that nothing jumps. */}
      <div className="min-h-100 pt-4 max-desk:min-h-0">
        {tab === 'replication' ? <GeoReplication account={account} /> : panel}
      </div>
    </Tabs>
  );
  if (data) {
    return (
      <EditProperties
        account={account}
        loaded={data}
        section={tab === 'replication' ? undefined : tab}
        tabs={tabs}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      title={`Service properties of ${account.name}`}
      size="lg"
      onClose={onClose}
      footer={<CloseButton onClick={onClose} />}
    >
      {tabs(
        error ? (
          <>
            <FailureView error={error} connectionId={account.id} onRetry={() => void refetch()} />
            <p className="mt-3 text-12 text-text-3">{READING_NEEDS}</p>
          </>
        ) : (
          <Skeleton label={`Reading service properties of ${account.name}`} columns={[160, 320]} rows={4} />
        ),
      )}
    </Dialog>
  );
}

export default withAccount(ServicePropertiesOf);
