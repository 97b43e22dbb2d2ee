import type { Message } from '@/azure/account';
import { guessFormat, type Preview } from '@/azure/body';
import { insideOf } from './inside-texts';

const previews = new WeakMap<Message, Preview>();

/** Format and one-line preview of a message: of what is inside when that is packed and was unpacked already. */
export function previewOf(message: Message): Preview {
  const guess = previews.get(message) ?? guessFormat(message.text);
  const preview = (guess.isPacked && insideOf(message.text)?.preview) || guess;
  previews.set(message, preview);
  return preview;
}
