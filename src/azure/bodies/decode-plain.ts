import { guessBase64, packingOf, readableText } from './base64';
import type { Limits } from './budget';
import { structured, textStage } from './meaning';
import type { DecodedBody } from './model';
import { mayBeEncoded } from './preview';

/**
 * Decodes a text that is JSON, XML or words, as it is or in Base64, in one look at its characters; undefined for any other,
 * which `decodeBody` decodes. Never throws.
 */
export function decodePlain(text: string, limits: Pick<Limits, 'tokens'>): DecodedBody | undefined {
  if (text === '') return { stages: [textStage(text)], format: 'EMPTY' };
  const plain = structured(text, limits);
  if (plain) {
    const { stage, ...rest } = plain;
    return { stages: stage.kind === 'text' ? [stage] : [textStage(text), stage], ...rest };
  }
  const bytes = guessBase64(text);
  if (!bytes) return isToExamine(text) ? undefined : { stages: [textStage(text)], format: 'TEXT' };
  const inner = packingOf(bytes) ? undefined : readableText(bytes);
  if (inner === undefined) return undefined;
  const read = structured(inner, limits);
  if (!read && isToExamine(inner)) return undefined;
  const { stage, ...rest } = read ?? { stage: textStage(inner) };
  return {
    stages: [{ kind: 'base64', label: 'Base64', text }, stage],
    format: 'BASE64',
    ...rest,
    ...(stage.kind === 'text' && { format: 'BASE64' }),
  };
}

/** A longer text overflows the stack of the regular expression engine. */
const MOST_CHARACTERS = 100_000;

const isToExamine = (text: string) => text.length > MOST_CHARACTERS || mayBeEncoded(text);
