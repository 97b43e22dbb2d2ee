import type { Layer } from '@/azure/bodies/encode-layers';

const LAYER_NAMES: Record<Layer, string> = {
  base64: 'Base64',
  gzip: 'gzip',
  zlib: 'zlib',
  deflate: 'deflate',
  hex: 'hex',
  HEX: 'hex',
  url: 'URL-encoded',
  'url-strict': 'URL-encoded',
  'url-form': 'URL-encoded',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'utf-16le-bom': 'UTF-16',
  'utf-16be-bom': 'UTF-16',
};

/** Says how saving encodes the text. */
export function layersNote(layers: readonly Layer[], raw?: string) {
  if (layers.length === 0) return raw === undefined ? 'Saved as plain text, as before' : 'Saved as it is written here';
  return layers.length === 1
    ? `Saved as ${layerNames(layers)}, as before`
    : `Encoded again on saving: ${layerNames(layers)}, as before`;
}

/** The names of layers in the order in which they are applied: `gzip, then Base64`. */
export const layerNames = (layers: readonly Layer[]): string =>
  layers
    .map((layer) => LAYER_NAMES[layer])
    .toReversed()
    .join(', then ');
