import { EMULATOR } from '@/azure/protocol/emulator';
import { createSandbox } from '@/sandbox/service';

/** A key that is not the service's. */
export const OTHER_KEY = btoa('w'.repeat(64));

/** The service of contosoq without queues, whose clock is `behind` ms behind this device's; `key` in Base64. */
export function serviceThatIsBehind(milliseconds: number, key: string = EMULATOR.key): typeof fetch {
  const account = { name: 'contosoq', key, endpoint: 'https://contosoq.queue.core.windows.net' };
  const sandbox = createSandbox({ account });
  sandbox.setFaults({ clockSkew: -milliseconds });
  return sandbox.fetch;
}
