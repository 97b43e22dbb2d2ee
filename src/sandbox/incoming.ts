import type { Address } from './address';
import type { Received } from './received';

/** A request at the service: where it went, and what it says. Nothing of it is believed yet. */
export type Incoming = Address &
  Pick<Received, 'method' | 'headers' | 'sentNames' | 'body' | 'bodyLength'> & {
    /** Version of the protocol that it is to be judged by, `YYYY-MM-DD`. */
    version: string;
  };
