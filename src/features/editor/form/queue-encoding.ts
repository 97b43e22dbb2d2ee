import { guessBase64 } from '@/azure/bodies/base64';
import type { Message } from '@/azure/protocol/model';
import type { Encoding } from './message-form';

/** The encoding of a queue's messages: `share` of the last `count` use `encoding`. */
export type EncodingHabit = { encoding: Encoding; share: number; count: number };

/** The encoding that most of the given messages use; undefined without any. Consumers expect one or the other. */
export function encodingHabit(messages: readonly Pick<Message, 'text'>[]): EncodingHabit | undefined {
  const nonEmpty = messages.filter(({ text }) => text !== '');
  if (nonEmpty.length === 0) return undefined;
  const base64 = nonEmpty.filter(({ text }) => guessBase64(text) !== undefined).length;
  const isBase64 = base64 * 2 > nonEmpty.length;
  return {
    encoding: isBase64 ? 'base64' : 'text',
    share: isBase64 ? base64 : nonEmpty.length - base64,
    count: nonEmpty.length,
  };
}

/** The hint under the choice of encoding. */
export function encodingHint(habit: EncodingHabit | undefined, chosen: Encoding): string {
  if (!habit) return chosen === 'base64' ? 'As Azure Functions expect it' : 'Sent as it is written';
  const { encoding, share, count } = habit;
  const name = encoding === 'base64' ? 'Base64' : 'text';
  if (share < count) return `${share} of the last ${count} are ${name}`;
  const last = count === 1 ? 'the last message' : `the last ${count} messages`;
  if (chosen === encoding) return `Matches ${last}`;
  return count === 1 ? `The last message is ${name}` : `The last ${count} are ${name}`;
}
