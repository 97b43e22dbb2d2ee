import type { Layer } from '@/azure/body-layers';
import { keptDrafts } from './kept-drafts';

/** A text under edit. */
export type EditDraft = {
  /** The message text that it started from. */
  wire: string;
  /** That text without its layers. */
  original: string;
  text: string;
  /** To put back on saving. */
  layers: Layer[];
};

/** What an edit begins with: the message, or what was left of an earlier edit. */
export type OpenedText = EditDraft & {
  isRestored: boolean;
  /** Why it is edited as it came, although more can be read in it. */
  raw?: string | undefined;
};

export const editDrafts = keptDrafts<EditDraft>('edit message');
