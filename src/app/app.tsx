import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { type Failure, FailureViewProvider } from '@/state/navigation/failure-view';
import { usePendingTokenPrompt } from '@/state/sign-in/token-prompts';
import { useClock, useServiceSkew } from '@/state/time/connection-clocks';
import { NowProvider, ServiceAheadProvider } from '@/ui/browser/use-now';
import { LiveRegions } from '@/ui/feedback/live-region';
import { Toasts } from '@/ui/overlay/toast';
import { Dialogs } from './dialogs';
import { ErrorBoundary } from './error-boundary';
import { useCurrentConnection } from './last-route';
import { createQueryClient } from './query-client';
import { Screen } from './router';
import { Shell } from './shell';
import { useKeys } from './use-keys';
import { usePageActions } from './use-page';

const queryClient = createQueryClient();
const ConnectionFailure = lazy(() =>
  import('@/features/connections/check/connection-failure').then((module) => ({ default: module.ConnectionFailure })),
);
const NewToken = lazy(() => import('@/features/connections/sign-in/new-token-dialog'));
const explain = (failure: Failure) => (
  <Suspense>
    <ConnectionFailure {...failure} />
  </Suspense>
);

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider>
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
          <Toasts />
          <LiveRegions />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

/** Above all dialogs: one of them may hold the draft of what was refused. */
function TokenWish() {
  const connectionId = usePendingTokenPrompt();
  return <Suspense>{connectionId && <NewToken key={connectionId} connectionId={connectionId} />}</Suspense>;
}

/** What is on screen goes by the clock of the connection that it is of; what its service dated, by the service's. */
function OnTime({ children }: { children: ReactNode }) {
  const id = useCurrentConnection()?.id;
  return (
    <NowProvider value={useClock(id)}>
      <ServiceAheadProvider value={useServiceSkew(id) ?? 0}>{children}</ServiceAheadProvider>
    </NowProvider>
  );
}

/** Apart from the shell, so that a change of the commands draws nothing anew. */
function Keys() {
  usePageActions();
  useKeys();
  return null;
}
