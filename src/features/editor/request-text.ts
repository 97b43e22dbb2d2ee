import { bodyOf, type Call, SERVICE_VERSION, urlOf } from '@/azure/wire/signed-request';

/** A call as text, to paste into a note or a tool; without date and credentials. */
export const requestText = (endpoint: string, call: Call) =>
  [
    `${call.method} ${urlOf(endpoint, call)}`,
    'Content-Type: application/xml',
    `x-ms-version: ${SERVICE_VERSION}`,
    '',
    bodyOf(call) ?? '',
  ].join('\n');

/** A long text with its middle left out: `… 55,814 more characters`. */
export function elide(text: string, most: number): { head: string; left: number; tail: string } {
  if (text.length <= most) return { head: text, left: 0, tail: '' };
  const tail = Math.floor(most / 8);
  return { head: text.slice(0, most - tail), left: text.length - most, tail: text.slice(text.length - tail) };
}
