import { SANDBOX } from './sandbox-account';
import { createSigner } from './signer';

type Fields = Readonly<Record<string, string>>;

const sign = createSigner(SANDBOX.key);
const toToken = (fields: Fields) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** For a day from 2 January 2026 on. */
const TERMS = { sv: '2024-11-04', se: '2026-01-03T00:00:00Z' };

/** An account SAS, good for all that queues can do unless told otherwise; its layout is that of `sv`. */
export async function accountSas(change: Fields = {}): Promise<string> {
  const fields: Fields = { ...TERMS, ss: 'q', srt: 'sco', sp: 'rwdlacup', ...change };
  const { sp = '', ss = '', srt = '', st = '', se = '', sip = '', spr = '', sv = '' } = fields;
  const scope = sv >= '2020-12-06' ? '\n' : '';
  const sig = await sign(`sandbox\n${[sp, ss, srt, st, se, sip, spr, sv].join('\n')}\n${scope}`);
  return toToken({ ...fields, sig });
}

/** A SAS of one queue. */
export async function queueSas(queue: string, change: Fields = {}): Promise<string> {
  const fields: Fields = { ...TERMS, sp: 'raup', ...change };
  const { sp = '', st = '', se = '', si = '', sip = '', spr = '', sv = '' } = fields;
  const sig = await sign(`${[sp, st, se, `/queue/sandbox/${queue}`, si, sip, spr].join('\n')}\n${sv}`);
  return toToken({ ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')), sig });
}
