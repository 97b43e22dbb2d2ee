import { type Layer, wrapText } from '@/azure/bodies/encode-layers';
import type { Draft } from '@/azure/protocol/model';
import { type MessageForm, toDraft } from './message-form';
import { useWireText } from './use-wire-text';

const NONE: readonly Layer[] = [];

/** What a form sends. `draft` has no text while that is being packed; `whole` waits for it. */
export function useFormDraft(form: MessageForm): { draft: Draft; whole: () => Promise<Draft> } {
  const { body, layers = NONE } = form;
  const text = body.kind === 'text' ? body.text : '';
  const packed = useWireText(text, layers);
  const isPacked = layers.length > 0;
  const draft = toDraft(form, isPacked ? (packed ?? '') : undefined);
  return {
    draft,
    whole: async () => (isPacked && packed === undefined ? toDraft(form, await wrapText(text, layers)) : draft),
  };
}
