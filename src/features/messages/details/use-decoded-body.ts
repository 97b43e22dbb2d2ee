import { useEffect, useState } from 'react';
import { decodeBody } from '@/azure/bodies/decode-body';
import { type DecodedBody } from '@/azure/bodies/model';
import type { Steps } from '../rows/decoded-text-cache';

/** What a message text means, step by step; undefined while it is being unpacked. */
export function useDecodedBody(text: string, steps: Steps): DecodedBody | undefined {
  const [decoded, setDecoded] = useState<{ text: string; steps: Steps; body: DecodedBody }>();
  useEffect(() => {
    const control = new AbortController();
    decodeBody(text, { steps, signal: control.signal }).then(
      (body) => setDecoded({ text, steps, body }),
      () => {
        // Aborted: another message is open.
      },
    );
    return () => control.abort();
  }, [text, steps]);
  return decoded?.text === text && decoded.steps === steps ? decoded.body : undefined;
}
