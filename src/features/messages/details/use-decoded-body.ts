import { useState } from 'react';
import { type Limits, WHOLE } from '@/azure/bodies/budget';
import { PartError } from '@/parts/part-error';
import type { BodyView } from '@/search/task';
import { useAsync } from '@/ui/browser/use-async';
import { quietly } from '@/ui/parts/lazy-part';
import type { Steps } from '../rows/row-reading';

type How = {
  limits?: Limits | undefined;
  /** The way to an inner value: the path of one string after the other. */
  inside?: readonly string[];
};

type Decoded = {
  /** Undefined while it is being decoded. */
  view: BodyView | undefined;
  /** Why the decoder is not here; it stands until the next try has ended. */
  missing: PartError | undefined;
  /** Asks for the decoder again. */
  retry: () => void;
};

const loadDecoder = () => import('@/search/decode-client');
quietly(loadDecoder);

/** The decode chain of a message text, or of an inner value of it. */
export function useDecodedBody(text: string, steps: Steps, { limits = WHOLE, inside = [] }: How = {}): Decoded {
  const way = JSON.stringify(inside);
  const [tries, setTries] = useState(0);
  const { value, last } = useAsync<BodyView | PartError>([text, steps?.join(), limits, way, tries], async (signal) => {
    const to = JSON.parse(way) as string[];
    try {
      const { decoder } = await loadDecoder();
      return await decoder.run({ kind: 'view', text, steps, limits, inside: to }, { signal, isUrgent: true });
    } catch (cause) {
      if (cause instanceof PartError) return cause;
      throw cause;
    }
  });
  const known = value ?? last;
  return {
    view: value instanceof PartError ? undefined : value,
    missing: known instanceof PartError ? known : undefined,
    retry: () => setTries(tries + 1),
  };
}
