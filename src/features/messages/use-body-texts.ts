import { useEffect, useState } from 'react';
import type { Message } from '@/azure/account';
import { insideOf, lookInside } from './inside-texts';

/** Decoded text of a message as far as it is known yet; empty for bytes. */
const textOf = (message: Message) => insideOf(message.text)?.text ?? '';

/**
 * Decodes all messages while `wanted`, so that a filter finds what is inside Base64 and gzip, and a sort knows formats.
 * Gives the decoded text of a message; the function is another one once more is known.
 */
export function useBodyTexts(messages: readonly Message[], wanted: boolean) {
  'use memo';
  const [bodyOf, setBodyOf] = useState(() => textOf);
  useEffect(() => {
    if (!wanted) return;
    let isCurrent = true;
    async function lookInsideAll() {
      const unknown = messages.filter(({ text }) => !insideOf(text));
      await Promise.all(unknown.map(({ text }) => lookInside(text)));
      if (isCurrent && unknown.length > 0) setBodyOf(() => (message: Message) => textOf(message));
    }
    void lookInsideAll();
    return () => {
      isCurrent = false;
    };
  }, [messages, wanted]);
  return bodyOf;
}
