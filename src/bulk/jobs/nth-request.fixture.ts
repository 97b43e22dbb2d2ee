/** What can happen to a request: as `Faults` of the sandbox say; `refused` is a right that is missing. */
export const FAULTS_OF_ONE = [
  'lostBefore',
  'lostAfter',
  'busy',
  'failedBefore',
  'failedAfter',
  'truncated',
  'refused',
] as const;
export type FaultOfOne = (typeof FAULTS_OF_ONE)[number];

/** What happens to one request, or to all from one on. */
export type NthRequest = {
  around: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
  /** From now on requests count. */
  begin: () => void;
  /** From now on nothing happens to any. */
  end: () => void;
  /** Requests that were counted. */
  readonly requests: number;
};

/** A fault of the request `at`, from 1 on, and with `forever` of all after it. Repeats by the client are requests of their own. */
export function nthRequest(fault: FaultOfOne, at: number, forever = false): NthRequest {
  let isOn = false;
  let count = 0;
  const isMeant = () => {
    if (!isOn) return false;
    count++;
    return forever ? count >= at : count === at;
  };
  return {
    around: (fetch) => (input, init) => (isMeant() ? withFault(fault, () => fetch(input, init)) : fetch(input, init)),
    begin: () => void (isOn = true),
    end: () => void (isOn = false),
    get requests() {
      return count;
    },
  };
}

async function withFault(fault: FaultOfOne, send: () => Promise<Response>): Promise<Response> {
  switch (fault) {
    case 'lostBefore':
      throw broken();
    case 'busy':
      return refusal(503, 'ServerBusy');
    case 'failedBefore':
      return refusal(500, 'InternalError');
    case 'refused':
      return refusal(403, 'AuthorizationPermissionMismatch');
    case 'lostAfter':
      await send();
      throw broken();
    case 'failedAfter':
      await send();
      return refusal(500, 'InternalError');
    case 'truncated':
      return truncated(await send());
  }
}

const broken = () => new TypeError('Failed to fetch');

const refusal = (status: number, code: string) =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>Made up.</Message></Error>`, {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
  });

/** The answer, whose body breaks off in its middle; nothing can break off in the middle of nothing. */
async function truncated(answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const body = await answer.text();
  if (body === '') return new Response(null, { status, headers });
  const half = new TextEncoder().encode(body).subarray(0, body.length / 2);
  let isSent = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) controller.error(broken());
      else controller.enqueue(half);
      isSent = true;
    },
  });
  return new Response(stream, { status, headers });
}
