import { Tooltip } from '@base-ui/react/tooltip';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { inject } from 'vitest';
import { render as renderInBrowser } from 'vitest-browser-react';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { Toasts } from '@/ui/overlay/toast';
import '@/styles.css';

/** Test helper: the account of the emulator that runs beside the tests, or one answered by `fetch`. */
export async function testAccount(fetch?: typeof globalThis.fetch) {
  const { url, account } = inject('azurite');
  const connection = {
    account,
    endpoint: url,
    credential: { kind: 'key', key: await importKey(EMULATOR.key) },
  } as const;
  return connect(connection, fetch && { fetch });
}

/** A queue name that no other test uses. */
export const uniqueName = (start: string) => `${start}-${crypto.randomUUID().slice(0, 8)}`;

/** Renders with what the app gives every screen. */
export function render(element: ReactElement) {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: false } },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, { options }) => {
        if (options.mutationKey) void client.invalidateQueries({ queryKey: options.mutationKey });
      },
    }),
  });
  return renderInBrowser(
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <div style={{ height: 600, width: 260, display: 'flex' }}>{element}</div>
        <Toasts />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
}
