import { create } from 'zustand';
import type { Layer } from '@/azure/bodies/encode-layers';

/** Messages of a queue that something is done with: these, or all of them. */
export type MessageScope = {
  connection: string;
  queue: string;
  ids?: readonly string[];
  /** Visible messages from the front up to the last of these, as far as is known. */
  reach?: number;
};
export type ChosenMessages = MessageScope & { ids: readonly string[] };

/** The dialogs of jobs, all in one chunk that comes late. */
export type JobDialog =
  | ({ kind: 'moveMessages'; action: 'move' | 'copy' | 'redrive' } & MessageScope)
  | ({ kind: 'deleteMessages' } & ChosenMessages)
  | ({ kind: 'exportMessages' } & MessageScope)
  | { kind: 'importMessages'; connection: string; queue: string; file?: File }
  | { kind: 'clearQueues'; connection: string }
  | { kind: 'sendCopies'; connection: string; queue: string; ids?: readonly string[]; text?: string }
  | { kind: 'templates'; connection: string; queue: string }
  | ({ kind: 'changeText' } & MessageScope)
  | ({ kind: 'setVisibility' } & MessageScope)
  | { kind: 'addAgain'; connection: string; queue: string; deletion?: number }
  | { kind: 'jobFailures'; job: number }
  | { kind: 'jobs' };

/** A dialog that one feature asks for and another draws; `app/dialogs.tsx` introduces them. */
export type OpenDialog =
  | { kind: 'addMessage'; connection: string; queue: string; text?: string; layers?: readonly Layer[] }
  | { kind: 'editMessage'; connection: string; queue: string; messageId: string }
  | { kind: 'createQueue'; connection: string; name?: string }
  | { kind: 'deleteQueue'; connection: string; queue: string }
  | { kind: 'clearQueue'; connection: string; queue: string }
  | { kind: 'queueMetadata'; connection: string; queue: string }
  | { kind: 'accessPolicies'; connection: string; queue: string }
  | { kind: 'serviceProperties'; connection: string; tab?: 'replication' }
  | { kind: 'connectionDetails'; connection: string }
  | { kind: 'forgetConnection'; connection: string }
  | { kind: 'connectionAccess'; connection: string }
  | { kind: 'allowChanges'; connection: string }
  | { kind: 'passphrase'; mode: 'set' | 'change' | 'remove' | 'unlock' }
  | { kind: 'forgetAll' }
  | { kind: 'sasReader'; connection: string }
  | { kind: 'sasMaker'; connection: string; queue?: string }
  | { kind: 'checkConnection'; connection: string }
  | { kind: 'chooseQueue'; connection: string }
  | JobDialog
  | { kind: 'sandbox' }
  | { kind: 'commands' }
  | { kind: 'shortcuts' };

const store = create<{ open: OpenDialog | undefined }>(() => ({ open: undefined }));

export const useOpenDialog = () => store((state) => state.open);
/** The dialog that is open now. */
export const currentDialog = () => store.getState().open;
export const openDialog = (open: OpenDialog) => store.setState({ open });
export const closeDialog = () => store.setState({ open: undefined });
