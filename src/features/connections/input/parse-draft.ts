import { parseConnectionInput } from '@/azure/connection-input/parse-connection-input';
import type { ConnectionInput, ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { type MaskedText, unmask } from './masked-text';

/** The input in a masked text. */
export const parseDraft = (draft: MaskedText): ConnectionInput => parseConnectionInput(unmask(draft));

/** The chosen one of several connections, or the input itself. */
export function chosenOf(input: ConnectionInput, chosen: number | undefined): ConnectionInput {
  if (input.kind !== 'several' || chosen === undefined) return input;
  return input.choices[chosen]?.input ?? input;
}

/** The connection in an input, if it is one. */
export const connectionIn = (input: ConnectionInput): ParsedConnection | undefined =>
  input.kind === 'nothing' || input.kind === 'unknown' || input.kind === 'several' ? undefined : input;
