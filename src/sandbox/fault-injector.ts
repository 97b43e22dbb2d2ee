import type { Faults } from './faults';
import type { Random } from './random';
import { StorageFault } from './storage-fault';

/** Decides what goes wrong with one request after the other. */
export type FaultInjector = {
  /**
   * Before the service acts.
   * @throws TypeError when the connection breaks, StorageFault when the service cannot now.
   */
  before(): void;
  /** @throws TypeError when the connection breaks after the service acted. */
  after(): void;
  /** Whether this answer breaks off in its body. */
  truncates(): boolean;
};

/** Browsers say no more than that of a connection that broke. */
export const brokenConnection = (): TypeError => new TypeError('Failed to fetch');

/** `faults` is asked for each request, since they change; a chance of 0 draws nothing. */
export function createFaultInjector(faults: () => Faults, random: Random): FaultInjector {
  const happens = (share = 0): boolean => share > 0 && random.share() < share;
  let windowStart = -Infinity;
  let inWindow = 0;

  /** Counts the requests of one second after the other. */
  function isOverRate(perSecond: number | undefined): boolean {
    if (perSecond === undefined) return false;
    const now = performance.now();
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
