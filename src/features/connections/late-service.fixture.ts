/** A refused signature, written at that time. */
export const refusedAt = (now: number) =>
  new Response('<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>No.</Message></Error>', {
    status: 403,
    headers: { date: new Date(now).toUTCString() },
  });

/** A service without queues whose clock is that many ms behind, and which refuses what is dated over 15 minutes from it. */
export function serviceThatIsBehind(milliseconds: number): typeof fetch {
  return (input, init) => {
    const now = Date.now() - milliseconds;
    const dated = Date.parse(new Request(input, init).headers.get('x-ms-date') ?? '');
    return Promise.resolve(
      Math.abs(dated - now) > 900_000
        ? refusedAt(now)
        : new Response('<?xml version="1.0"?><EnumerationResults><Queues/><NextMarker/></EnumerationResults>'),
    );
  };
}
