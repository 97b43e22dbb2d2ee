import { encodeBase64 } from '@/azure/bodies/decode-body';
import { type Layer, wrapText } from '@/azure/bodies/encode-layers';
import type { Draft } from '@/azure/protocol/model';
import { useAsync } from '@/ui/browser/use-async';
import { type MessageForm, toDraft } from './message-form';

/** The message text of a text in its layers; undefined while it is packed. */
export function useWireText(text: string, layers: readonly Layer[]): string | undefined {
  const isPacked = layers.length > 1 || (layers.length === 1 && layers[0] !== 'base64');
  const { value } = useAsync(isPacked ? [text, layers.join()] : undefined, () => wrapText(text, layers));
  if (!isPacked) return layers.length === 0 ? text : encodeBase64(text);
  return value;
}

const NONE: readonly Layer[] = [];

/** The message of a form. `draft` has no text while that is packed; `completeDraft` waits for it. */
export function useFormDraft(form: MessageForm): { draft: Draft; completeDraft: () => Promise<Draft> } {
  const { body, layers = NONE } = form;
  const text = body.kind === 'text' ? body.text : '';
  const packed = useWireText(text, layers);
  const isPacked = layers.length > 0;
  const draft = toDraft(form, isPacked ? (packed ?? '') : undefined);
  return {
    draft,
    completeDraft: async () => (isPacked && packed === undefined ? toDraft(form, await wrapText(text, layers)) : draft),
  };
}
