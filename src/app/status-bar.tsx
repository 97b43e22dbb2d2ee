import { Activity, Layers, PanelLeftOpen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useAccount } from '@/queries/use-account';
import { useExchanges, useExchangeTotal } from '@/state/activity/request-log';
import type { StoredConnection } from '@/state/connections/connections';
import { isEnded, openJobs, useJobs, useJobsOpen } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { useSignsWithAzureTime } from '@/state/time/signing-time';
import { Dot } from '@/ui/controls/badge';
import { Kbd } from '@/ui/controls/kbd';
import { ReadOnlyButton } from './connection-buttons';
import { connectionHealth } from './connection-health';
import { SandboxTime } from './sandbox-time';

const SasExpiry = lazy(() => import('@/features/connections/sas/sas-expiry-badge'));
const TokenExpiry = lazy(() => import('@/features/connections/sign-in/token-expiry-badge'));
const JobShare = lazy(() => import('@/features/jobs/job-share'));
const item = 'inline-flex h-6 items-center gap-1.5 rounded-4 px-2 text-text-2';

/** 28 px at the foot of the explorer: the way to the requests, how the connection is, and the keys. */
export function StatusBar({ connection }: { connection: StoredConnection }) {
  const total = useExchangeTotal();
  const drawer = usePreference('drawer');
  const sidebar = usePreference('sidebar');
  return (
    <footer
      aria-label="Status"
      className="flex h-7 flex-none items-center gap-1 overflow-hidden border-t border-line bg-canvas px-2 text-12 whitespace-nowrap max-desk:hidden"
    >
      {!sidebar.open && (
        <button
          type="button"
          aria-keyshortcuts="["
          onClick={() => setPreference('sidebar', { ...sidebar, open: true })}
          className={`${item} hover:bg-hover max-wide:hidden`}
        >
          <PanelLeftOpen className="size-3.5" />
          Show queues
        </button>
      )}
      <button
        type="button"
        aria-expanded={drawer.open}
        aria-keyshortcuts="Backquote"
        onClick={() => setPreference('drawer', { ...drawer, open: !drawer.open })}
        className={`${item} hover:bg-hover aria-expanded:bg-active aria-expanded:text-text`}
      >
        <Activity className="size-3.5" />
        Requests <b className="font-semibold text-text">{total.toLocaleString('en')}</b>
      </button>
      <JobsToggle />
      <span className="flex-1" />
      {connection.readOnly && (
        <Suspense>
          <ReadOnlyButton connection={connection} variant="bar" />
        </Suspense>
      )}
      <Health connection={connection} />
      {connection.kind === 'token' && (
        <Suspense>
          <TokenExpiry connection={connection} />
        </Suspense>
      )}
      {connection.kind === 'sas' && (
        <Suspense>
          <SasExpiry connection={connection} />
        </Suspense>
      )}
      {isSandbox(connection) ? (
        <Suspense>
          <SandboxTime variant="bar" />
        </Suspense>
      ) : (
        <ClockSkew connection={connection} />
      )}
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: 'shortcuts' })}
        className={`${item} hover:bg-hover`}
      >
        <Kbd>?</Kbd> Shortcuts
      </button>
    </footer>
  );
}

function JobsToggle() {
  const isOpen = useJobsOpen();
  const [running, ...others] = useJobs().filter(({ job }) => !isEnded(job));
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={() => openJobs(!isOpen)}
      className={`${item} hover:bg-hover aria-expanded:bg-active aria-expanded:text-text`}
    >
      <Layers className="size-3.5" />
      Jobs <b className="font-semibold text-text">{running ? others.length + 1 : 0}</b>
      <Suspense>{running && <JobShare job={running.job} />}</Suspense>
    </button>
  );
}

function Health({ connection }: { connection: StoredConnection }) {
  const { tone, words } = connectionHealth(connection, useExchanges());
  return (
    <span className={item}>
      <Dot tone={tone} />
      {words}
    </span>
  );
}

function ClockSkew({ connection }: { connection: StoredConnection }) {
  // The skew is measured anew with each answer; only the log says that there was one.
  'use no memo';
  useExchanges();
  const skew = useAccount(connection.id)?.clockSkew();
  const isOverruled = useSignsWithAzureTime(connection.id);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => openDialog({ kind: 'connectionDetails', connectionId: connection.id })}
      className={`${item} hover:bg-hover`}
    >
      {isOverruled && 'Signing with Azure time, '}
      Clock skew {skew === undefined ? 'unknown' : shownSkew(skew)}
    </button>
  );
}

/** `+0.4 s`: how far the service's clock is ahead of this device's. */
const shownSkew = (milliseconds: number) => {
  const tenths = Math.round(milliseconds / 100);
  return `${tenths < 0 ? '−' : '+'}${Math.abs(tenths / 10).toFixed(1)} s`;
};
