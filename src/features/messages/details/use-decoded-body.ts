import { type Limits, WHOLE } from '@/azure/bodies/budget';
import { insist } from '@/parts/insist';
import type { BodyView } from '@/search/task';
import { useAsync } from '@/ui/browser/use-async';
import type { Steps } from '../rows/row-reading';

type How = {
  limits?: Limits | undefined;
  /** The way to an inner value: the path of one string after the other. */
  inside?: readonly string[];
};

/** The decode chain of a message text, or of an inner value of it; undefined while it is being decoded. */
export function useDecodedBody(text: string, steps: Steps, { limits = WHOLE, inside = [] }: How = {}) {
  const way = JSON.stringify(inside);
  return useAsync([text, steps?.join(), limits, way], async (signal): Promise<BodyView> => {
    const { decoder } = await insist(() => import('@/search/decode-client'));
    const to = JSON.parse(way) as string[];
    return decoder.run({ kind: 'view', text, steps, limits, inside: to }, { signal, isUrgent: true });
  }).value;
}
