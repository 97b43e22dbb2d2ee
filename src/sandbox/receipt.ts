import { toBase64 } from './base64';

/** Differences between services in handling receipts. */
export type ReceiptRules = {
  /**
   * Error code for a receipt that is not the current one of an existing message: 404 `MessageNotFound` at Azure, as for a missing
   * message, and 400 `PopReceiptMismatch` at the emulator, as in Azure's list of error codes.
   */
  void: 'MessageNotFound' | 'PopReceiptMismatch';
  /**
   * True when all messages of one Get have the same receipt, as at Azure and at the emulator. Not documented.
   */
  shared: boolean;
};

/** Rules of Azure. The emulator's are `{ void: 'PopReceiptMismatch', shared: true }`; no service has the other two. */
export const AZURE_RECEIPTS: ReceiptRules = { void: 'MessageNotFound', shared: true };

/** From 1601, the epoch of Windows file times, to 1970. */
const FROM_1601_MS = 11_644_473_600_000;
const PARTS = 2 ** 24;

/**
 * Makes a pop receipt in Azure's form: Base64 of two words, a word that is 0 at Azure, and the time of next visibility as a
 * Windows file time, 20 bytes in all. That of an Update begins with another word and has the dequeue count at its end, which
 * makes 24. The number, modulo 2³², replaces Azure's 0, since with a paused clock or whole milliseconds the times of different
 * receipts can be equal.
 */
export function toReceipt(visibleAt: number, number: number, dequeueCount?: number): string {
  // A time in steps of 100 ns exceeds the exact integers of a number, so it is computed in two parts.
  const milliseconds = visibleAt + FROM_1601_MS;
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

/** True when a text has the form of a receipt. */
export const isReceipt = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text);
