import { importKey, sign, stringToSign } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { interleaved, type Rounds } from './interleaved';

/** Signing a peek from its parts, against Web Crypto alone on the bytes that come of it. */
export async function measureSigning(rounds: Rounds) {
  const { account, key: base64, endpoint } = EMULATOR;
  const key = await importKey(base64);
  const request = {
    method: 'GET',
    url: `${endpoint}/orders/messages?peekonly=true&numofmessages=32`,
    headers: {
      'x-ms-date': new Date(0).toUTCString(),
      'x-ms-version': '2024-11-04',
      'x-ms-client-request-id': '0b1f6c4e-1',
    },
    bodyLength: 0,
    account,
  };
  const bytes = new TextEncoder().encode(stringToSign(request));
  return interleaved(
    () => sign(key, stringToSign(request)),
    () => crypto.subtle.sign('HMAC', key, bytes),
    rounds,
  );
}
