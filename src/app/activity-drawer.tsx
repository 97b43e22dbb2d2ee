import { useSyncExternalStore } from 'react';
import { openJobs, useJobsOpen } from '@/state/jobs/job-store';
import { setPreference, USUAL_DRAWER_PX, usePreference } from '@/state/settings/preferences';
import { rem, useTextScale } from '@/ui/browser/text-size';
import { Splitter } from '@/ui/controls/splitter';
import { quietPart } from '@/ui/parts/lazy-part';
import { useRoomBelowRows } from './room-below-rows';

const RequestsDrawer = quietPart(async () => (await import('@/features/wire/requests-drawer')).RequestsDrawer, {
  shape: 'pane',
});
const JobsPanel = quietPart(async () => (await import('@/features/jobs/jobs-panel')).JobsPanel, { shape: 'pane' });

function onResize(changed: () => void) {
  addEventListener('resize', changed);
  return () => removeEventListener('resize', changed);
}

const LEAST_HEIGHT_PX = 120;
/** The head and a row, where bars and rows leave no more. */
const HEAD_AND_ROW_PX = 64;
/** A running job, with what closing would leave, beside a report. */
const JOBS_HEIGHT_PX = 288;

/** The log of requests and the jobs, under the main part. */
export default function ActivityDrawer() {
  const drawer = usePreference('drawer');
  const isJobsOpen = useJobsOpen();
  return (drawer.open || isJobsOpen) && <Drawer isJobsOpen={isJobsOpen} />;
}

/** 120 px to half of the window high, less where the rows above would not keep a third of the window. */
function Drawer({ isJobsOpen }: { isJobsOpen: boolean }) {
  const drawer = usePreference('drawer');
  const details = usePreference('details');
  const room = useRoomBelowRows();
  const windowHeight = useSyncExternalStore(onResize, () => innerHeight);
  const scale = useTextScale();
  const half = Math.max(LEAST_HEIGHT_PX, Math.round(windowHeight / 2 / scale));
  const most = Math.max(HEAD_AND_ROW_PX, Math.min(half, room));
  const least = Math.min(LEAST_HEIGHT_PX, most);
  // The height for requests alone is too little for jobs, as long as nobody has chosen another.
  const wanted = isJobsOpen && drawer.height === USUAL_DRAWER_PX ? JOBS_HEIGHT_PX : drawer.height;
  const height = Math.min(most, Math.max(least, wanted));
  const resize = (to: number) => setPreference('drawer', { ...drawer, height: to });
  return (
    <section
      aria-label="Activity"
      className="flex flex-none flex-col bg-surface max-desk:hidden"
      style={{ height: rem(height) }}
    >
      <Splitter
        label="Resize activity"
        orientation="horizontal"
        value={height}
        min={least}
        max={most}
        onChange={resize}
        inverted
      />
      <div className="flex min-h-0 flex-1">
        {drawer.open && <RequestsDrawer onRoomNeeded={(needed) => wanted < needed && resize(needed)} />}
        {isJobsOpen && (
          <JobsPanel
            // As wide as the details above.
            {...(drawer.open && { width: details.width })}
            onClose={() => openJobs(false)}
          />
        )}
      </div>
    </section>
  );
}
