import { recogniseConnection } from '@/azure/recognise-connection';
import type { Recognised } from '@/azure/recognised';
import { type SealedText, unseal } from './sealed-text';

const NAME_AND_KEY = /^\s*([a-z0-9]{3,24})[\s,:]+([A-Za-z0-9+/]{86}==)\s*$/;

/** What is in the box, also when it is an account name with its key behind it. */
export function recogniseDraft(draft: SealedText, now?: number): Recognised {
  const text = unseal(draft);
  const [, name, key] = NAME_AND_KEY.exec(text) ?? [];
  return recogniseConnection(name && key ? `AccountName=${name};AccountKey=${key}` : text, now);
}
