import type { Address } from './address';
import type { Received } from './received';

/** A parsed request, before authentication. */
export type Incoming = Address &
  Pick<Received, 'method' | 'headers' | 'sentNames' | 'body' | 'bodyLength'> & {
    /** Service version, `YYYY-MM-DD`. */
    version: string;
  };
