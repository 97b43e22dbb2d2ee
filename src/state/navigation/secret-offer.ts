import type { ClipboardEvent, DragEvent } from 'react';
import { create } from 'zustand';
import { holdsSecret } from '@/azure/protocol/mask-secrets';

/** A secret that came where it would land in the address or in a storage. It is in memory alone. */
export type SecretOffer =
  /** Given by the person in a field. */
  | { from: 'field'; text: string }
  /** In a link, which may be anybody's: its text is dropped. */
  | { from: 'link' };

const store = create<{ offer: SecretOffer | undefined; handed: string | undefined }>(() => ({
  offer: undefined,
  handed: undefined,
}));

export const useSecretOffer = () => store(({ offer }) => offer);
export const offerSecret = (offer: SecretOffer): void => store.setState({ offer });
/** Drops the offer, which is on screen now. */
export const endSecretOffer = (): void => store.setState({ offer: undefined });

/** Hands the text of an offer to the connect form. */
export const handToConnect = (handed: string): void => store.setState({ handed });
export const useHandedText = () => store(({ handed }) => handed);
export const forgetHandedText = (): void => store.setState({ handed: undefined });

/** True, and the secret is offered to Connect, for a text that must not be stored. */
export function isOfferedSecret(text: string): boolean {
  if (!holdsSecret(text)) return false;
  offerSecret({ from: 'field', text });
  return true;
}

/** For fields whose text lands in the address, in a storage or on screen: a secret that is pasted or dropped does not get in. */
export const REFUSES_SECRETS = {
  onPaste: (event: ClipboardEvent) => refuse(event, event.clipboardData),
  onDrop: (event: DragEvent) => refuse(event, event.dataTransfer),
};

function refuse(event: ClipboardEvent | DragEvent, data: DataTransfer): void {
  if (isOfferedSecret(data.getData('text/plain'))) event.preventDefault();
}
