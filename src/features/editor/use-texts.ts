import { useEffect, useState } from 'react';
import { type Unwrapped, unwrapText } from '@/azure/bodies/encode-layers';
import type { Step } from '@/azure/bodies/model';

/** What message texts mean without their layers; undefined for those that are being read. */
export function useTexts(
  wires: readonly (string | undefined)[],
  steps: readonly Step[] | undefined,
): (wire: string | undefined) => Unwrapped | undefined {
  const [read, setRead] = useState<ReadonlyMap<string, Unwrapped>>(new Map());
  const missing = wires.find((wire) => wire !== undefined && !read.has(wire));
  useEffect(() => {
    if (missing === undefined) return;
    let isCurrent = true;
    void unwrapText(missing, { steps }).then(
      (unwrapped) => isCurrent && setRead((known) => new Map([...known, [missing, unwrapped]])),
    );
    return () => {
      isCurrent = false;
    };
  }, [missing, steps]);
  return (wire) => (wire === undefined ? undefined : read.get(wire));
}
