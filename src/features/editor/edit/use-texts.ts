import { useState } from 'react';
import type { Step } from '@/azure/bodies/model';
import type { Unwrapped } from '@/azure/bodies/unwrap-text';
import { arrivedDecoder } from '@/search/arrived-decoder';
import { useAsync } from '@/ui/browser/use-async';

/** Returns a function that gives a message text without its layers; undefined while that is being read. */
export function useTexts(
  wires: readonly (string | undefined)[],
  steps: readonly Step[] | undefined,
): (wire: string | undefined) => Unwrapped | undefined {
  const [read, setRead] = useState<ReadonlyMap<string, Unwrapped>>(new Map());
  const missing = wires.find((wire) => wire !== undefined && !read.has(wire));
  useAsync(missing === undefined ? undefined : [missing, steps], async (signal) => {
    if (missing === undefined) return;
    const decoder = await arrivedDecoder();
    const unwrapped = await decoder.run({ kind: 'unwrap', text: missing, steps }, { signal, isUrgent: true });
    if (!signal.aborted) setRead((known) => new Map([...known, [missing, unwrapped]]));
  });
  return (wire) => (wire === undefined ? undefined : read.get(wire));
}
