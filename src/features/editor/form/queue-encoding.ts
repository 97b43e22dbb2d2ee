import type { EncodingHabit } from '@/messages/encoding-habit';
import { counted } from '@/words/counts';
import type { Encoding } from './message-form';

/** The hint under the choice of encoding. */
export function encodingHint(habit: EncodingHabit | undefined, chosen: Encoding): string {
  if (!habit) return chosen === 'base64' ? 'As Azure Functions expect it' : 'Sent as it is written';
  const { encoding, share, count } = habit;
  const name = encoding === 'base64' ? 'Base64' : 'text';
  if (share < count) return `${share} of the last ${count} are ${name}`;
  const last = count === 1 ? 'the last message' : `the last ${counted(count, 'message')}`;
  if (chosen === encoding) return `Matches ${last}`;
  return count === 1 ? `The last message is ${name}` : `The last ${count} are ${name}`;
}
