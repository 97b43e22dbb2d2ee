import type { ConnectionInput } from './parsed-connection';

/** Made up: 64 bytes each. */
export const KEY = `${'k3Y/'.repeat(21)}+Q==`;
export const KEY2 = `${'sEc+'.repeat(21)}/g==`;
/** A signature of 32 bytes, as it is in an address. */
export const SIG = `${'c2lnbmF0dXJl'.repeat(3)}k3Y%2BL8A%3D`;
export const AT = 'https://harborlane.queue.core.windows.net';

/** What was recognised, without secrets, in one line. */
export function told(input: ConnectionInput): string {
  if (input.kind === 'nothing') return 'nothing';
  if (input.kind === 'several') {
    return input.choices.map(({ label, input: one }) => `${label}: ${told(one)}`).join(' | ');
  }
  const problems = input.problems.map(({ message }) => `; ${message}`).join('');
  if (input.kind === 'unknown') return problems.slice(2);
  const { kind, account, endpoint } = input;
  const from = 'from' in input ? ` from ${input.from}` : '';
  const queue = 'queue' in input ? ` for ${input.queue}` : '';
  return `${kind}${from}${queue} of ${account || '?'} at ${endpoint || '?'}${problems}`;
}

/** Everything but the two fields that are for secrets. */
export const withoutSecrets = (input: ConnectionInput) =>
  JSON.stringify(input, (name, value: unknown) => (name === 'key' || name === 'token' ? undefined : value));
