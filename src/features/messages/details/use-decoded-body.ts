import type { Limits } from '@/azure/bodies/budget';
import type { DecodedBody } from '@/azure/bodies/model';
import { useAsync } from '@/ui/browser/use-async';
import type { Steps } from '../rows/decoded-text-cache';

/** The decode chain of a message text; undefined while it is being decoded. */
export const useDecodedBody = (text: string, steps: Steps, limits?: Limits): DecodedBody | undefined =>
  useAsync([text, steps, limits], async (signal) => {
    const { decoder } = await import('@/search/decode-client');
    return decoder.decode(text, { steps, signal, ...(limits && { limits }) });
  }).value;
