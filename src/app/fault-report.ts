import { DOTS, maskSecrets } from '@/azure/protocol/mask-secrets';

/** What a developer needs. Addresses are cut back to their file: the place may name a queue, which is nobody's business. */
export function faultReport({ name, message, stack = '' }: Error) {
  // Engines begin the stack with the message, whose lines may look like frames.
  const frames = stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /:\d+:\d+/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/https?:\/\/[^\s)?#]*\/([^/\s)?#]*)(?:[?#][^\s)]*?)?(:\d+:\d+)/g, '$1$2'));
  return maskAll([`${name}: ${message}`, ...frames].join('\n'));
}

/** A report is shown to others, so that any long run of Base64 is hidden with what looks like a secret. */
const maskAll = (text: string) => maskSecrets(text).replace(/[\w+/%-]{40,}={0,2}/g, DOTS);
