import { brokenConnection } from './broken-connection';
import type { Faults } from './faults';
import type { Network } from './network';
import type { Random } from './random';
import { StorageFault } from './storage-fault';

/** Injects faults into requests. */
export type FaultInjector = {
  /**
   * Called before the operation.
   * @throws TypeError when the connection breaks, StorageFault when the service is busy or fails.
   */
  before(): void;
  /** Called after the operation. @throws TypeError when the connection breaks. */
  after(): void;
  /** True when the body of this response is truncated. */
  truncates(): boolean;
};

/** `faults` is called for each request, since they change; a share of 0 draws no random number. */
export function createFaultInjector(
  faults: () => Faults,
  random: Random,
  network: Pick<Network, 'now'>,
): FaultInjector {
  const happens = (share = 0): boolean => share > 0 && random.share() < share;
  let windowStart = -Infinity;
  let inWindow = 0;

  /** Counts the requests of the current second of the network. */
  function isOverRate(perSecond: number | undefined): boolean {
    if (perSecond === undefined) return false;
    const now = network.now();
    if (now - windowStart >= 1000) {
      windowStart = now;
      inWindow = 0;
    }
    return ++inWindow > perSecond;
  }

  return {
    before() {
      const { lostBefore, busy, serverErrors, perSecond } = faults();
      if (happens(lostBefore)) throw brokenConnection();
      if (isOverRate(perSecond) || happens(busy)) throw new StorageFault('ServerBusy');
      if (happens(serverErrors)) throw new StorageFault('InternalError');
    },
    after() {
      if (happens(faults().lostAfter)) throw brokenConnection();
    },
    truncates: () => happens(faults().truncated),
  };
}
