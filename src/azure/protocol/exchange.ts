/** One attempt of one call as sent, with every secret replaced by dots. */
export type Exchange = {
  /** Unique within this tab. */
  id: string;
  /** Same for all attempts of one call. */
  callId: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** The REST operation in the documentation's words, e.g. `Peek Messages`. */
  operation: string;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Full URL as sent, except that secrets are dots; pop receipts are shown. */
  url: string;
  /** When it was sent; while it waits for its turn, when that began. */
  startedAt: Date;
  /** Milliseconds that it waited for its turn before. */
  waited?: number;
  /** True when sent through the relay; `url` is still the account's. */
  relayed?: boolean;
  /** Milliseconds from send to the last byte; undefined while running. */
  duration?: number;
  request: { headers: [name: string, value: string][]; body?: string; stringToSign?: string };
  response?: { status: number; statusText: string; headers: [name: string, value: string][]; body: string };
  /** Why there is no response, or the service's error. */
  failure?: { code?: string; message: string };
  /** True when the transport repeats this call. */
  willRetry?: boolean;
};

/** Called when an attempt starts (without `response`) and again, with the same id, when it ends. */
export type Observe = (exchange: Exchange) => void;
