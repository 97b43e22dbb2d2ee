import { StorageSharedKeyCredential, type WebResource } from '@azure/storage-queue';
import type { Request } from '@playwright/test';

/** Records the text that the official client signs. */
class Witness extends StorageSharedKeyCredential {
  text = '';
  override computeHMACSHA256(stringToSign: string) {
    this.text = stringToSign;
    return super.computeHMACSHA256(stringToSign);
  }
}

/**
 * What the official client signs for a request that the page has sent, and what comes of it.
 * @returns the string to sign and the value of `authorization`
 */
export async function officialSignature(request: Request, account: string, key: string) {
  const sent = new Map(Object.entries(await request.allHeaders()));
  sent.delete('authorization');
  const headers = {
    get: (name: string) => sent.get(name.toLowerCase()),
    // The client would date the request again; this one has its date.
    set: (name: string, value: string | number) =>
      name.toLowerCase() === 'x-ms-date' || sent.set(name.toLowerCase(), `${value}`),
    headersArray: () => [...sent].map(([name, value]) => ({ name, value })),
  };
  const witness = new Witness(account, key);
  const next = { sendRequest: (resource: unknown) => Promise.resolve(resource) };
  const policy = witness.create(next as never, {} as never);
  await policy.sendRequest({
    method: request.method(),
    url: request.url(),
    body: request.postData() ?? undefined,
    headers,
  } as unknown as WebResource);
  return { stringToSign: witness.text, authorization: sent.get('authorization') };
}
