import { create } from 'zustand';

/** A dialog that one feature asks for and another draws; `app/dialogs.tsx` introduces them. */
export type OpenDialog =
  | { kind: 'addMessage'; connection: string; queue: string; text?: string }
  | { kind: 'editMessage'; connection: string; queue: string; messageId: string }
  | { kind: 'createQueue'; connection: string; name?: string }
  | { kind: 'deleteQueue'; connection: string; queue: string }
  | { kind: 'clearQueue'; connection: string; queue: string }
  | { kind: 'queueMetadata'; connection: string; queue: string }
  | { kind: 'forgetConnection'; connection: string }
  | { kind: 'chooseQueue'; connection: string }
  | { kind: 'sandbox' }
  | { kind: 'commands' }
  | { kind: 'shortcuts' };

const store = create<{ open: OpenDialog | undefined }>(() => ({ open: undefined }));

export const useOpenDialog = () => store((state) => state.open);
export const openDialog = (open: OpenDialog) => store.setState({ open });
export const closeDialog = () => store.setState({ open: undefined });
