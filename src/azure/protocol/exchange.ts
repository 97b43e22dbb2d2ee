/** One attempt of one call as it went over the wire, with every secret already replaced by dots. */
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
  /** Full URL; SAS signatures and pop receipts appear as sent except that secrets are dots. */
  url: string;
  startedAt: Date;
  /** True when it went by the relay of this page's server; `url` is the account's all the same. */
  relayed?: boolean;
  /** Milliseconds from send to the last byte, or undefined while under way. */
  duration?: number;
  request: { headers: [name: string, value: string][]; body?: string; stringToSign?: string };
  response?: { status: number; statusText: string; headers: [name: string, value: string][]; body: string };
  /** Why there is no response, or what the service said was wrong. */
  failure?: { code?: string; message: string };
  /** True when the transport is about to repeat this call. */
  willRetry?: boolean;
};

/** Called when an attempt starts (without `response`) and again, with the same id, when it ends. */
export type Observe = (exchange: Exchange) => void;
