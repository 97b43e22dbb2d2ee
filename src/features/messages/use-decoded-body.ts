import { useEffect, useState } from 'react';
import { type DecodedBody, decodeBody } from '@/azure/body';

/** What a message text means, step by step; undefined while it is being unpacked. */
export function useDecodedBody(text: string): DecodedBody | undefined {
  const [decoded, setDecoded] = useState<{ text: string; body: DecodedBody }>();
  useEffect(() => {
    const control = new AbortController();
    decodeBody(text, { signal: control.signal }).then(
      (body) => setDecoded({ text, body }),
      () => {
        // Aborted: another message is open.
      },
    );
    return () => control.abort();
  }, [text]);
  return decoded?.text === text ? decoded.body : undefined;
}
