import type { Layer } from '@/azure/body-layers';

const LAYER_NAMES: Record<Layer, string> = { base64: 'Base64', gzip: 'gzip', zlib: 'zlib' };

/** What saving does to the text besides sending it. */
export function layersNote(layers: readonly Layer[]) {
  if (layers.length === 0) return 'Saved as plain text, as it was';
  const names = layers.map((layer) => LAYER_NAMES[layer]).toReversed();
  return layers.length === 1
    ? 'Saved as Base64, as it was'
    : `Packed again on saving: ${names.join(', then ')}, as it was`;
}
