import { create } from 'zustand';
import type { Layer } from '@/azure/bodies/encode-layers';
import type { Step } from '@/azure/bodies/model';
import type { Asked } from '@/samples/read-exchange';

/** What narrows the rows of the grid, as data, and what it leaves of those that are loaded. */
export type ScopeFilter = {
  text: string;
  chips: { leased: boolean; poison: number | undefined; expiring: boolean };
  expressions: readonly string[];
  picked: { column: string; key: string } | undefined;
  /** The decode steps of all bodies, and of single messages by their ids. */
  steps: readonly Step[] | undefined;
  own: readonly (readonly [id: string, steps: readonly Step[] | undefined])[];
  /** Messages that are loaded. */
  loaded: number;
  /** Ids of those of them that match, in the order in which they are shown, and how many of these are leased to this tab. */
  matching: readonly string[];
  inHand: number;
  /** Why it cannot be asked about messages that are not loaded, as a sentence. */
  problem?: string | undefined;
};

/** Chosen messages of a queue, or all of them. */
export type MessageScope = {
  connectionId: string;
  queue: string;
  ids?: readonly string[];
  /** Visible messages from the front up to the last chosen one, as far as known. */
  reach?: number;
  /** What a filter leaves of the loaded messages, where one is on: the dialog asks whether these are meant, or all. */
  shown?: { ids: readonly string[]; reach: number };
  /** The answer, once it is that what the filter leaves is meant. */
  isShownMeant?: boolean;
  /** The filter that is on: the dialog offers all that match, also those not loaded. */
  filter?: ScopeFilter;
  /** The answer, once it is that. */
  isMatchingMeant?: boolean;
};
export type ChosenMessages = MessageScope & { ids: readonly string[] };

/** The dialogs of jobs, in one lazy chunk. */
export type JobDialog =
  | ({ kind: 'moveMessages'; action: 'move' | 'copy' | 'redrive' | 'requeue' } & MessageScope)
  /** `goesOn`: the id of the journal of a job that was cut off, whose change of texts is asked for again. */
  | ({ kind: 'workOnMessages'; goesOn?: string } & MessageScope)
  | ({ kind: 'deleteMessages' } & MessageScope)
  | ({ kind: 'exportMessages' } & MessageScope)
  /** `goesOn`: the id of the journal of an import that was cut off. */
  | { kind: 'importMessages'; connectionId: string; queue: string; file?: File; goesOn?: string }
  | { kind: 'clearQueues'; connectionId: string }
  | { kind: 'sendCopies'; connectionId: string; queue: string; ids?: readonly string[]; text?: string }
  | { kind: 'templates'; connectionId: string; queue: string }
  | ({ kind: 'changeText' } & MessageScope)
  | ({ kind: 'setVisibility' } & MessageScope)
  | { kind: 'addAgain'; connectionId: string; queue: string; deletion?: number }
  | {
      kind: 'jobFailures';
      job: number;
      /** Key of the line of its report that is shown alone. */
      line?: string;
    }
  /** `job`: the id of its journal. */
  | { kind: 'doubtfulItems'; job: string }
  | { kind: 'jobs' };

/** A dialog that one feature opens and another renders; `app/open-dialog.tsx` maps them. */
export type OpenDialog =
  | { kind: 'addMessage'; connectionId: string; queue: string; text?: string; layers?: readonly Layer[] }
  | { kind: 'editMessage'; connectionId: string; queue: string; messageId: string }
  | { kind: 'leaseMessage'; connectionId: string; queue: string; messageId: string; ahead: number; thenEdit: boolean }
  | { kind: 'createQueue'; connectionId: string; name?: string }
  | { kind: 'deleteQueue'; connectionId: string; queue: string }
  | { kind: 'clearQueue'; connectionId: string; queue: string }
  | { kind: 'queueMetadata'; connectionId: string; queue: string }
  | { kind: 'accessPolicies'; connectionId: string; queue: string }
  | { kind: 'serviceProperties'; connectionId: string; tab?: 'replication' }
  | { kind: 'connectionDetails'; connectionId: string }
  | { kind: 'forgetConnection'; connectionId: string }
  | { kind: 'connectionAccess'; connectionId: string }
  | { kind: 'allowChanges'; connectionId: string }
  | { kind: 'passphrase'; mode: 'set' | 'change' | 'remove' | 'unlock' }
  | { kind: 'forgetAll' }
  | { kind: 'sasReader'; connectionId: string }
  | { kind: 'sasMaker'; connectionId: string; queue?: string }
  | { kind: 'checkConnection'; connectionId: string }
  | { kind: 'chooseQueue'; connectionId: string }
  | {
      kind: 'copyAs';
      connectionId: string;
      queue?: string;
      ids?: readonly string[];
      /** A request that was sent, in place of what can be asked for. */
      asked?: Asked;
    }
  | JobDialog
  | { kind: 'sandbox' }
  | { kind: 'commands' }
  | { kind: 'shortcuts' };

const store = create<{ open: OpenDialog | undefined }>(() => ({ open: undefined }));

export const useOpenDialog = () => store((state) => state.open);

export const currentDialog = () => store.getState().open;
export const openDialog = (open: OpenDialog) => store.setState({ open });
export const closeDialog = () => store.setState({ open: undefined });
