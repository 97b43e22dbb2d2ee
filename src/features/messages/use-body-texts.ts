import { useEffect, useState } from 'react';
import type { Message } from '@/azure/account';
import { decodeBody } from '@/azure/body';

const texts = new WeakMap<Message, string>();

/** Decoded text of a message as far as it is known yet; empty for bytes. */
const textOf = (message: Message) => texts.get(message) ?? '';

/** Decodes all messages while `wanted`, so that a filter finds what is inside Base64 and gzip. */
export function useBodyTexts(messages: readonly Message[], wanted: boolean) {
  'use memo';
  const [, setDecoded] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    const control = new AbortController();
    const unknown = messages.filter((message) => !texts.has(message));
    void Promise.all(
      unknown.map(async (message) => {
        const { stages } = await decodeBody(message.text, { signal: control.signal });
        texts.set(message, stages.at(-1)?.text ?? '');
      }),
    ).then(
      () => unknown.length > 0 && setDecoded((before) => before + unknown.length),
      () => {
        // Aborted: the filter or the rows changed.
      },
    );
    return () => control.abort();
  }, [messages, wanted]);
  return textOf;
}
