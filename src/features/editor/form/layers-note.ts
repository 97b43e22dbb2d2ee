import { BASE64_FORM, type Layer, NULS } from '@/azure/bodies/encode-layers';

type PlainLayer = Exclude<Layer, `${typeof BASE64_FORM}${string}` | `${typeof NULS}${string}`>;

const LAYER_NAMES: Record<PlainLayer, string> = {
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
  'python-bytes': 'Python bytes',
  'json-string': 'JSON string',
  'json-string-ascii': 'JSON string',
  'json-string-net': 'JSON string',
  'json-string-php': 'JSON string',
  'json-string-bare': 'JSON string',
  'xml-escapes': 'XML escapes',
  'xml-escapes-apos': 'XML escapes',
  'xml-escapes-39': 'XML escapes',
  'xml-escapes-x27': 'XML escapes',
  'xml-escapes-034': 'XML escapes',
  'xml-escapes-34': 'XML escapes',
  'xml-escapes-text': 'XML escapes',
};

/** The name of a layer. Base64 that was written in lines, without padding or in the URL alphabet is written so again. */
function nameOf(layer: Layer): string {
  if (layer.startsWith(BASE64_FORM)) return 'Base64 of the same form';
  return layer.startsWith(NULS) ? 'trailing NUL' : LAYER_NAMES[layer as PlainLayer];
}

/** Says how saving encodes the text. */
export function layersNote(layers: readonly Layer[], raw?: string) {
  if (layers.length === 0) return raw === undefined ? 'Saved as plain text, as before' : 'Saved as it is written here';
  return layers.length === 1
    ? `Saved as ${layerNames(layers)}, as before`
    : `Encoded again on saving: ${layerNames(layers)}, as before`;
}

/** The names of layers in the order in which they are applied: `gzip, then Base64`. */
export const layerNames = (layers: readonly Layer[]): string => layers.map(nameOf).toReversed().join(', then ');
