import { parseConnectionInput } from '@/azure/connection-input/parse-connection-input';
import type { ConnectionInput, ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { type MaskedText, unmask } from './masked-text';

/** What is in the box. */
export const parseDraft = (draft: MaskedText, now?: number): ConnectionInput =>
  parseConnectionInput(unmask(draft), now);

/** The one of several that was chosen, or what there is. */
export function chosenOf(input: ConnectionInput, chosen: number | undefined): ConnectionInput {
  if (input.kind !== 'several' || chosen === undefined) return input;
  return input.choices[chosen]?.input ?? input;
}

/** The connection in what was recognised, if it is one. */
export const foundIn = (input: ConnectionInput): ParsedConnection | undefined =>
  input.kind === 'nothing' || input.kind === 'unknown' || input.kind === 'several' ? undefined : input;
