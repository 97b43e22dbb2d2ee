import { decodeBody } from '@/azure/bodies/decode-body';
import type { DecodedBody } from '@/azure/bodies/model';
import { useAsync } from '@/ui/browser/use-async';
import type { Steps } from '../rows/decoded-text-cache';

/** The decode chain of a message text; undefined while it is being decoded. */
export const useDecodedBody = (text: string, steps: Steps): DecodedBody | undefined =>
  useAsync([text, steps], (signal) => decodeBody(text, { steps, signal })).value;
