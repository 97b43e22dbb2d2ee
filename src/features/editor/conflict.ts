import { isJson, isXml } from '@/azure/bodies/decode-body';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { ChangedBy } from '@/messages/drafts';

/**
 * How what is written stands to what the message says now.
 * - `none`: the message says what the draft began with.
 * - `checking`: it says something else; whether that is what is written here is known once that is packed.
 * - `arrived`: it says what is written here.
 * - `conflict`: somebody changed it, and nobody has decided what becomes of it.
 * - `uncertain`: two answers that overlapped show two texts, and nobody can say which is the newer.
 * - `decided`: a person chose to save over what it says now.
 */
export type Conflict = 'none' | 'checking' | 'arrived' | 'conflict' | 'uncertain' | 'decided';

type Texts = {
  /** The message text that the draft began with. */
  base: string;
  /** The message text as it is now; undefined where that is not known any more. */
  now: string | undefined;
  /** What would be saved; undefined while it is packed. */
  mine: string | undefined;
  /** The text that the person chose to save over. */
  over: string | undefined;
  isUndecided: boolean;
};

export function conflictOf({ base, now, mine, over, isUndecided }: Texts): Conflict {
  if (now === undefined) return 'none';
  if (over === now) return 'decided';
  if (isUndecided) return 'uncertain';
  if (now === base) return 'none';
  if (mine === undefined) return 'checking';
  return now === mine ? 'arrived' : 'conflict';
}

/** The message text that a save is seen to replace; with any other nothing is sent. */
export const replacedBy = (conflict: Conflict, { base, now }: Pick<Texts, 'base' | 'now'>): string | undefined =>
  conflict === 'decided' || conflict === 'arrived' ? now : base;

/** Whether there are three texts to be compared. */
export const isCompared = (conflict: Conflict): boolean =>
  conflict === 'conflict' || conflict === 'decided' || conflict === 'uncertain';

/** Why nothing can be saved before a decision; undefined when there is nothing to decide. */
export function undecidedReason(conflict: Conflict): string | undefined {
  switch (conflict) {
    case 'conflict':
      return 'The text has changed. Choose which one to keep first';
    case 'uncertain':
      return 'What the message says now is not certain. Choose whether to save over it first';
    case 'checking':
      return 'Packing the text';
    case 'none':
    case 'arrived':
    case 'decided':
      return undefined;
  }
}

/** Who changed the text, as a sentence. */
export function whoChanged(by: ChangedBy | undefined): string {
  switch (by?.who) {
    case 'consumer':
      return 'Another consumer changed it.';
    case 'otherTab':
      return 'Another tab of this browser changed it.';
    case 'us':
      return by.work === undefined ? 'An earlier save of this tab changed it.' : `${by.work} in this tab changed it.`;
    case undefined:
      return 'It is not known who changed it.';
  }
}

/** What the choices are called: what a person did in another window is hardly "theirs". */
export const choiceText = (by: ChangedBy | undefined) =>
  by?.who === 'us'
    ? { use: 'Use the new text', save: 'Save over the new text' }
    : { use: 'Use theirs', save: 'Save over their text' };

/** Two texts to be read side by side: laid out, where the layout does not hide the only difference. */
export function comparable(one: string, other: string): [string, string] {
  const laidOut = [readable(one), readable(other)] as const;
  return laidOut[0] === laidOut[1] ? [one, other] : [...laidOut];
}

const readable = (text: string): string => (isJson(text) ? prettyJson(text) : isXml(text) ? prettyXml(text) : text);
