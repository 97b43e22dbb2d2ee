import { encodeBase64 } from '@/azure/bodies/decode-body';
import { type Layer, wrapText } from '@/azure/bodies/encode-layers';
import { useAsync } from '@/ui/browser/use-async';

/** The text as it travels in its layers; undefined while it is being packed. */
export function useWireText(text: string, layers: readonly Layer[]): string | undefined {
  const isPacked = layers.length > 1 || (layers.length === 1 && layers[0] !== 'base64');
  const { value } = useAsync(isPacked ? [text, layers.join()] : undefined, () => wrapText(text, layers));
  if (!isPacked) return layers.length === 0 ? text : encodeBase64(text);
  return value;
}
