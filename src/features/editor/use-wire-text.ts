import { useEffect, useState } from 'react';
import { encodeBase64 } from '@/azure/bodies/decode-body';
import { type Layer, wrapText } from '@/azure/bodies/encode-layers';

/** The text as it travels in its layers; undefined while it is being packed. */
export function useWireText(text: string, layers: readonly Layer[]): string | undefined {
  const [packed, setPacked] = useState<{ text: string; wire: string }>();
  const isPacked = layers.length > 1 || (layers.length === 1 && layers[0] !== 'base64');
  const wrapping = layers.join();
  useEffect(() => {
    if (!isPacked) return;
    let isCurrent = true;
    void wrapText(text, wrapping.split(',') as Layer[]).then((wire) => isCurrent && setPacked({ text, wire }));
    return () => {
      isCurrent = false;
    };
  }, [text, isPacked, wrapping]);
  if (!isPacked) return layers.length === 0 ? text : encodeBase64(text);
  return packed?.text === text ? packed.wire : undefined;
}
