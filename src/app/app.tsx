import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { PartError } from '@/parts/part-error';
import { type Failure, FailureViewProvider } from '@/state/navigation/failure-view';
import { useClock, useServiceSkew } from '@/state/time/connection-clocks';
import { useLocale } from '@/ui/browser/use-locale';
import { NowProvider, ServiceAheadProvider } from '@/ui/browser/use-now';
import { LiveRegions } from '@/ui/feedback/live-region';
import { lazyPart } from '@/ui/parts/lazy-part';
import { PartFailure, ReloadCost } from '@/ui/parts/part-failure';

import { useKeys } from './bindings';
import { Dialogs } from './dialogs';
import { ErrorBoundary } from './error-boundary';
import { LateToasts } from './late-toasts';
import { LateTooltips } from './late-tooltips';
import { NewVersion } from './new-version';
import { useCurrentConnection, usePageActions } from './page';
import { queryClient } from './query-client';
import { reloadCost } from './reload-cost';
import { Screen } from './router';
import { Shell } from './shell';
import { TokenWish } from './token-wish';

const ConnectionFailure = lazyPart(
  async () => (await import('@/features/connections/check/connection-failure')).ConnectionFailure,
);
const explain = (failure: Failure) =>
  failure.error instanceof PartError ? (
    <PartFailure shape="pane" failure={failure.error} onRetry={failure.onRetry} onClose={undefined} />
  ) : (
    <ConnectionFailure {...failure} />
  );

export function App() {
  // Numbers and times of all screens are written anew.
  useLocale();
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <ReloadCost value={reloadCost}>
          <FailureViewProvider explain={explain}>
            <ErrorBoundary>
              <OnTime>
                <Shell>
                  <Screen />
                </Shell>
                <Dialogs />
                <TokenWish />
              </OnTime>
              <Keys />
            </ErrorBoundary>
          </FailureViewProvider>
        </ReloadCost>
        <NewVersion />
        <LateToasts />
        <LateTooltips />
        <LiveRegions />
      </QueryClientProvider>
    </CSPProvider>
  );
}

/** Provides the clock of the connection, and how far the clock of its service is ahead. */
function OnTime({ children }: { children: ReactNode }) {
  const id = useCurrentConnection()?.id;
  return (
    <NowProvider value={useClock(id)}>
      <ServiceAheadProvider value={useServiceSkew(id) ?? 0}>{children}</ServiceAheadProvider>
    </NowProvider>
  );
}

/** Apart from the shell, so that changed commands do not draw it anew. */
function Keys() {
  usePageActions();
  useKeys();
  return null;
}
