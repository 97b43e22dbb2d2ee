import { recogniseConnection } from '@/azure/connection-input/parse-connection-input';
import type { FoundConnection, Recognised } from '@/azure/connection-input/parsed-connection';
import { type SealedText, unseal } from './masked-text';

/** What is in the box. */
export const recogniseDraft = (draft: SealedText, now?: number): Recognised => recogniseConnection(unseal(draft), now);

/** The one of several that was chosen, or what there is. */
export function chosenOf(recognised: Recognised, chosen: number | undefined): Recognised {
  if (recognised.kind !== 'several' || chosen === undefined) return recognised;
  return recognised.choices[chosen]?.recognised ?? recognised;
}

/** The connection in what was recognised, if it is one. */
export const foundIn = (recognised: Recognised): FoundConnection | undefined =>
  recognised.kind === 'nothing' || recognised.kind === 'unknown' || recognised.kind === 'several'
    ? undefined
    : recognised;
