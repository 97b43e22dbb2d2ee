import { type Limits, WHOLE } from '@/azure/bodies/budget';
import type { BodyView } from '@/search/task';
import { useAsync } from '@/ui/browser/use-async';
import type { Steps } from '../rows/row-view-cache';

/** The decode chain of a message text; undefined while it is being decoded. */
export const useDecodedBody = (text: string, steps: Steps, limits: Limits = WHOLE): BodyView | undefined =>
  useAsync([text, steps, limits], async (signal) => {
    const { decoder } = await import('@/search/decode-client');
    return decoder.run({ kind: 'view', text, steps, limits }, { signal, isUrgent: true });
  }).value;
