import { Activity, Layers, PanelLeftOpen } from 'lucide-react';
import { type ComponentProps } from 'react';
import { runAction, shownKey } from '@/actions/action';
import { layoutActions } from '@/actions/app-actions';
import { connectionActions } from '@/actions/connection-actions';
import { useAccount } from '@/queries/use-account';
import { useExchanges, useExchangeTotal } from '@/state/activity/request-log';
import type { StoredConnection } from '@/state/connections/connections';
import { isEnded, openJobs, useJobs, useJobsOpen } from '@/state/jobs/job-store';
import { isSandbox } from '@/state/sandbox/sandbox';
import { usePreference } from '@/state/settings/preferences';
import { useSignsWithAzureTime } from '@/state/time/signing-time';
import { Kbd } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { lazyPart } from '@/ui/parts/lazy-part';
import { exact, tenths } from '@/words/counts';
import { ConnectionDot } from './connection-dot';
import { LeasesToggle, ReadOnlyButton, SandboxTime } from './late';
import { usePage } from './page';

const SasExpiry = lazyPart(async () => (await import('@/features/connections/sas/sas-expiry-badge')).default);
const TokenExpiry = lazyPart(async () => (await import('@/features/connections/sign-in/token-expiry-badge')).default);
const JobShare = lazyPart(async () => (await import('@/features/jobs/job-share')).default);
const item = 'inline-flex h-6 items-center gap-1.5 rounded-4 px-2 text-text-2';

const BarButton = ({ className, ...button }: ComponentProps<'button'>) => (
  <button
    type="button"
    {...button}
    className={cx(item, 'hover:bg-hover aria-expanded:bg-active aria-expanded:text-text', className)}
  />
);

/** 28 px at the foot of the explorer: requests, jobs, the connection and the shortcuts. */
export function StatusBar({ connection }: { connection: StoredConnection }) {
  const total = useExchangeTotal();
  const drawer = usePreference('drawer');
  const page = usePage();
  const sidebar = usePreference('sidebar');
  return (
    <footer
      aria-label="Status"
      className="flex h-7 flex-none items-center gap-1 overflow-hidden border-t border-line bg-canvas px-2 text-12 whitespace-nowrap max-desk:hidden"
    >
      {!sidebar.open && (
        <BarButton
          aria-keyshortcuts={layoutActions.sidebar.keys?.[0]}
          onClick={() => runAction(layoutActions.sidebar, page)}
          className="max-wide:hidden"
        >
          <PanelLeftOpen className="size-3.5" />
          Show queues
        </BarButton>
      )}
      <BarButton
        aria-expanded={drawer.open}
        aria-keyshortcuts={layoutActions.drawer.keys?.[0]}
        onClick={() => runAction(layoutActions.drawer, page)}
      >
        <Activity className="size-3.5" />
        Requests <b className="font-semibold text-text">{exact(total)}</b>
      </BarButton>
      <JobsToggle />
      <LeasesToggle className={item} />
      <span className="flex-1" />
      <ConnectionState connection={connection} />
      <BarButton aria-haspopup="dialog" onClick={() => runAction(layoutActions.shortcuts, page)}>
        <Kbd>{shownKey(layoutActions.shortcuts) ?? ''}</Kbd> Shortcuts
      </BarButton>
    </footer>
  );
}

/** What the connection may do, whether it answers, and its clock. */
export function ConnectionState({ connection }: { connection: StoredConnection }) {
  return (
    <>
      {connection.readOnly && <ReadOnlyButton connection={connection} variant="bar" />}
      <ConnectionDot connection={connection} className={cx(item, 'min-w-0')} />
      {connection.kind === 'token' && <TokenExpiry connection={connection} />}
      {connection.kind === 'sas' && <SasExpiry connection={connection} />}
      {isSandbox(connection) ? <SandboxTime variant="bar" /> : <ClockSkew connection={connection} />}
    </>
  );
}

function JobsToggle() {
  const isOpen = useJobsOpen();
  const [running, ...others] = useJobs().filter(({ job }) => !isEnded(job));
  return (
    <BarButton aria-expanded={isOpen} onClick={() => openJobs(!isOpen)}>
      <Layers className="size-3.5" />
      Jobs <b className="font-semibold text-text">{running ? others.length + 1 : 0}</b>
      <JobShare job={running?.job} />
    </BarButton>
  );
}

function ClockSkew({ connection }: { connection: StoredConnection }) {
  // Each answer measures the skew, and the log draws this anew after each.
  'use no memo';
  useExchanges();
  const skew = useAccount(connection.id)?.clockSkew();
  const isOverruled = useSignsWithAzureTime(connection.id);
  return (
    <BarButton
      aria-haspopup="dialog"
      onClick={() => runAction(connectionActions.details, { connectionId: connection.id })}
    >
      {isOverruled && 'Signing with Azure time, '}
      Clock skew {skew === undefined ? 'unknown' : shownSkew(skew)}
    </BarButton>
  );
}

/** `+0.4 s`: how far the service's clock is ahead of this device's. */
const shownSkew = (milliseconds: number) => {
  const rounded = Math.round(milliseconds / 100) / 10;
  return `${rounded < 0 ? '−' : '+'}${tenths(Math.abs(rounded))} s`;
};
