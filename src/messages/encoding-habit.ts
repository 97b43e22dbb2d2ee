import { guessBase64 } from '@/azure/bodies/base64';
import type { Message } from '@/azure/protocol/model';

/** The encoding of a queue's messages: `share` of the last `count` use `encoding`. */
export type EncodingHabit = { encoding: 'text' | 'base64'; share: number; count: number };

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
