import { toBase64 } from './base64';

/** What services do about receipts, each in its own way. */
export type ReceiptRules = {
  /**
   * The refusal of a receipt that is not the current one of a message that is there: 404 `MessageNotFound` at Azure, as
   * for a message that is not there, and 400 `PopReceiptMismatch` at the emulator, as in Azure's list of error codes.
   */
  void: 'MessageNotFound' | 'PopReceiptMismatch';
  /**
   * Whether all messages of one Get have the same receipt, as at Azure and at the emulator. The documentation promises
   * neither that nor the opposite.
   */
  shared: boolean;
};

/** Azure's. The emulator's are `{ void: 'PopReceiptMismatch', shared: true }`; the other two are nobody's. */
export const AZURE_RECEIPTS: ReceiptRules = { void: 'MessageNotFound', shared: true };

/** Milliseconds from 1601, where Windows file times begin, to 1970. */
const FROM_1601 = 11_644_473_600_000;
const PARTS = 2 ** 24;

/**
 * A pop receipt as Azure's look: Base64 of two words, a word that is 0 there, and the time of next visibility as a
 * Windows file time, 20 bytes in all. That of an Update begins with another word and has the dequeue count behind, which
 * makes 24. The number, modulo 2³², stands where Azure has 0, because time that is held or goes in milliseconds does not
 * set apart the receipts of messages that are visible again at the same moment.
 */
export function toReceipt(visibleAt: number, number: number, dequeueCount?: number): string {
  // In steps of 100 ns the time has more bits than a number holds exactly, so it is multiplied in two parts.
  const milliseconds = visibleAt + FROM_1601;
  const low = (milliseconds % PARTS) * 10_000;
  const high = Math.floor(milliseconds / PARTS) * 10_000 + Math.floor(low / PARTS);
  const lowWord = (high % 256) * PARTS + (low % PARTS);
  const isOfUpdate = dequeueCount !== undefined;
  const bytes = new DataView(new ArrayBuffer(isOfUpdate ? 24 : 20));
  bytes.setUint32(0, isOfUpdate ? 3 : 2, true);
  bytes.setUint32(4, 3, true);
  bytes.setUint32(8, number, true);
  bytes.setUint32(12, lowWord, true);
  bytes.setUint32(16, Math.floor(high / 256), true);
  if (isOfUpdate) bytes.setUint32(20, dequeueCount, true);
  return toBase64(new Uint8Array(bytes.buffer));
}

/** Whether a text can be a receipt at all; whose it is, only the message can tell. */
export const isReceipt = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text);
