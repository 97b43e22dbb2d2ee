/**
 * Runs in the page before anything else: a queue whose messages are made when they are asked for, so that the service
 * is no part of what is measured. `moved` messages have left the front of the queue, and as many have come, before each peek.
 * @param {{ queue: string, rows: number, size: number, moved?: number }} options
 */
export function serveInPage({ queue, rows, size, moved = 0 }) {
  const original = globalThis.fetch;
  let next = 0;
  const seen = { peeks: 0 };
  Object.assign(globalThis, { serviceInPage: seen });
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    if (!url.includes(`/${queue}`)) return original(input, init);
    // As over a wire: not before the page had a turn.
    await new Promise((resolve) => setTimeout(resolve));
    if (method === 'POST') {
      return new Response(
        `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${message(next++, url)}</QueueMessagesList>`,
        { status: 201, headers: { 'content-type': 'application/xml' } },
      );
    }
    if (method === 'PUT')
      return new Response(null, { status: 204, headers: { 'x-ms-popreceipt': 'AgAAAAMAAAAAAAAA' } });
    if (url.includes('comp=metadata')) {
      return new Response('', { headers: { 'x-ms-approximate-messages-count': String(rows) } });
    }
    const isPeek = url.includes('peekonly=true');
    const from = isPeek ? moved * seen.peeks++ : next;
    const until = isPeek ? from + Math.min(rows, 32) : Math.min(rows, from + 32);
    if (!isPeek) next = until;
    const messages = Array.from({ length: until - from }, (_, index) => message(from + index, url));
    return new Response(
      `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${messages.join('')}</QueueMessagesList>`,
      { headers: { 'content-type': 'application/xml' } },
    );
  };

  /** @param {number} n @param {string} url */
  function message(n, url) {
    const now = Date.now();
    const text = JSON.stringify({ order: n, total: (n * 7919) % 100_000, note: '' });
    const note = `Parcel ${n} waits at the door. `.repeat(40).slice(0, size - text.length);
    const lease = url.includes('peekonly')
      ? ''
      : `<PopReceipt>AgAAAAMAAAAAAAAA${n.toString(36)}</PopReceipt><TimeNextVisible>${new Date(now + 600_000).toUTCString()}</TimeNextVisible>`;
    return `<QueueMessage><MessageId>${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000</MessageId><InsertionTime>${new Date(now - n * 1000).toUTCString()}</InsertionTime><ExpirationTime>${new Date(now + 604_800_000).toUTCString()}</ExpirationTime>${lease}<DequeueCount>1</DequeueCount><MessageText>${text.replace('""', `"${note}"`)}</MessageText></QueueMessage>`;
  }
}
