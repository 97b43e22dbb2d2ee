import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation, useHashSearch } from '@/state/hash-location';
import { createQueryClient } from './query-client';
import { Screen } from './router';
import { Shell } from './shell';

const queryClient = createQueryClient();

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Router hook={useHashLocation} searchHook={useHashSearch}>
          <Shell>
            <Screen />
          </Shell>
        </Router>
      </QueryClientProvider>
    </CSPProvider>
  );
}
