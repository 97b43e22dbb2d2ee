import { DOTS, maskSecrets } from '@/azure/protocol/mask-secrets';

/** The error as text for a developer. Addresses are cut to their file, because a route names queues. */
export function faultReport({ name, message, stack = '' }: Error) {
  // The stack begins with the message, whose lines may look like frames.
  const frames = stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /:\d+:\d+/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/https?:\/\/[^\s)?#]*\/([^/\s)?#]*)(?:[?#][^\s)]*?)?(:\d+:\d+)/g, '$1$2'));
  return maskAll([`${name}: ${message}`, ...frames].join('\n'));
}

/** Masks secrets and every long run of Base64, because reports are passed on. */
const maskAll = (text: string) => maskSecrets(text).replace(/[\w+/%-]{40,}={0,2}/g, DOTS);
