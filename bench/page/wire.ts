import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { recordExchange } from '@/state/activity/request-log';
import { bareFetch, importBareKey } from './bare-fetch';
import { interleaved, type Rounds, type Timings } from './interleaved';

export type WireBench = {
  endpoint: string;
  /** Holds 32 messages; only peeked. */
  peeked: string;
  /** Gets every message that is put. */
  filled: string;
  /** Of the messages put. */
  text: string;
  rounds: Rounds;
};

/** The whole client, its exchanges logged as in the app, against a bare request of the same bytes. */
export async function measureWire({ endpoint, peeked, filled, text, rounds }: WireBench) {
  const { account: name } = EMULATOR;
  const credential = { kind: 'key', key: await importKey(EMULATOR.key) } as const;
  const account = connect({ account: name, endpoint, credential }, { observe: recordExchange('bench') });
  const key = await importBareKey();

  const peek: Timings = await interleaved(
    () => account.peekMessages(peeked, { count: 32 }),
    () =>
      bareFetch(key, {
        method: 'GET',
        url: `${endpoint}/${peeked}/messages?peekonly=true&numofmessages=32`,
        resource: `/${name}/${name}/${peeked}/messages\nnumofmessages:32\npeekonly:true`,
      }),
    rounds,
  );
  const put: Timings = await interleaved(
    () => account.sendMessage(filled, { text }),
    () =>
      bareFetch(key, {
        method: 'POST',
        url: `${endpoint}/${filled}/messages`,
        resource: `/${name}/${name}/${filled}/messages`,
        body: `<?xml version="1.0" encoding="utf-8"?><QueueMessage><MessageText>${text}</MessageText></QueueMessage>`,
      }),
    rounds,
  );
  return { peek, put };
}
