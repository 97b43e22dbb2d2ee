import { toBase64 } from './base64';

/** Milliseconds from 1601, where Windows file times begin, to 1970. */
const FROM_1601 = 11_644_473_600_000;
const PARTS = 2 ** 24;

/**
 * A pop receipt as Azure's look: Base64 of 20 bytes that end in the time of next visibility as a Windows file time. The
 * number, modulo 2³², sets apart the receipts of messages that are visible again at the same moment.
 */
export function toReceipt(visibleAt: number, number: number): string {
  // In steps of 100 ns the time has more bits than a number holds exactly, so it is multiplied in two parts.
  const milliseconds = visibleAt + FROM_1601;
  const low = (milliseconds % PARTS) * 10_000;
  const high = Math.floor(milliseconds / PARTS) * 10_000 + Math.floor(low / PARTS);
  const lowWord = (high % 256) * PARTS + (low % PARTS);
  const bytes = new DataView(new ArrayBuffer(20));
  bytes.setUint32(0, 2, true);
  bytes.setUint32(4, 3, true);
  bytes.setUint32(8, number, true);
  bytes.setUint32(12, lowWord, true);
  bytes.setUint32(16, Math.floor(high / 256), true);
  return toBase64(new Uint8Array(bytes.buffer));
}

/** Whether a text can be a receipt at all; whose it is, only the message can tell. */
export const isReceipt = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text);
