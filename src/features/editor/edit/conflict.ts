import { isJson, isXml } from '@/azure/bodies/decode-body';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { ChangedBy } from '@/messages/drafts';

/**
 * How a draft relates to the current text of its message.
 * - `none`: the text is the one that the draft began with.
 * - `checking`: the text is another; whether it equals the draft is known once that is packed.
 * - `arrived`: the text equals the draft.
 * - `conflict`: somebody changed the text, and the person has not chosen yet.
 * - `uncertain`: two answers that overlapped show two texts, and which is newer is not known.
 * - `decided`: the person chose to save over the current text.
 */
export type Conflict = 'none' | 'checking' | 'arrived' | 'conflict' | 'uncertain' | 'decided';

type Texts = {
  /** The message text that the draft began with. */
  base: string;
  /** The current message text; undefined when it is no longer known. */
  now: string | undefined;
  /** The message text that would be saved; undefined while it is packed. */
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

/** The message text that a save replaces in the person's eyes; over any other nothing is sent. */
export const replacedBy = (conflict: Conflict, { base, now }: Pick<Texts, 'base' | 'now'>): string | undefined =>
  conflict === 'decided' || conflict === 'arrived' ? now : base;

/** True when the three texts are shown side by side. */
export const isCompared = (conflict: Conflict): boolean =>
  conflict === 'conflict' || conflict === 'decided' || conflict === 'uncertain';

/** Why nothing can be saved before the person chose; undefined when there is no choice. */
export function undecidedReason(conflict: Conflict): string | undefined {
  switch (conflict) {
    case 'conflict':
      return 'The text has changed. Choose which one to keep first';
    case 'uncertain':
      return 'The current text is not certain. Choose whether to save over it first';
    case 'checking':
      return 'Packing the text';
    case 'none':
    case 'arrived':
    case 'decided':
      return undefined;
  }
}

/** Says who changed the text. */
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

/** The labels of the choices; a change of this person is not "theirs". */
export const choiceText = (by: ChangedBy | undefined) =>
  by?.who === 'us'
    ? { use: 'Use the new text', save: 'Save over the new text' }
    : { use: 'Use theirs', save: 'Save over their text' };

/** Two texts to compare: formatted, unless the format hides their only difference. */
export function comparable(one: string, other: string): [string, string] {
  const formatted = [format(one), format(other)] as const;
  return formatted[0] === formatted[1] ? [one, other] : [...formatted];
}

/** Characters of a text that is formatted for it; a message holds fewer unless it is packed. */
const MOST_FORMATTED = 65_536;

function format(text: string): string {
  if (text.length > MOST_FORMATTED) return text;
  return isJson(text) ? prettyJson(text) : isXml(text) ? prettyXml(text) : text;
}
