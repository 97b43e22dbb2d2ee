import type { Limits } from '@/azure/bodies/budget';
import { decodeBody } from '@/azure/bodies/decode-body';
import { decodePlain } from '@/azure/bodies/decode-plain';
import type { DecodedBody } from '@/azure/bodies/model';
import { contentOf, innerCandidates } from './may-be-inner';

/*
 * An inner value is a string of a body that is a value of its own once it is decoded: JSON, XML, Base64, packed data. What a
 * string holds is decided here alone, for the details, the columns, the filter and expressions.
 */

/** Values inside values inside a body that are read. */
export const MOST_LEVELS = 8;
/** Of one body. A packed one can come to a thousand times its size. */
const MOST_INNER = { values: 200, packed: 32, characters: 1024 * 1024 };

/** How the texts inside one body may be read. */
export type InnerOptions = { limits: Limits; signal?: AbortSignal | undefined };

/**
 * The decode chain of a string of a body; undefined when it is text and nothing else, and for bytes that are not named.
 * Bounded as `decodeBody`. Rejects only when `signal` aborts.
 */
export async function innerValue(content: string, options: InnerOptions): Promise<DecodedBody | undefined> {
  const body = decodePlain(content, options.limits) ?? (await decodeBody(content, options));
  return isValue(body) ? body : undefined;
}

function isValue({ stages, format }: DecodedBody): boolean {
  const last = stages.at(-1);
  if (stages.length < 2 || !last) return false;
  if (last.text !== undefined) return format !== 'TEXT' || last.text !== stages[0]?.text;
  // Keys, signatures and digests are bytes in Base64, too.
  return stages.length > 2 || last.label !== 'Binary';
}

/** The names of the steps of an inner value: `Base64 → JSON`. */
export const chainOf = ({ stages }: DecodedBody): string =>
  stages.flatMap(({ label }, index) => (index === 0 && label === 'Text' ? [] : label)).join(' → ');

/** What is left of the work that the inner values of one body may cause. */
export type InnerWork = { values: number; packed: number; characters: number };
export const innerWork = (): InnerWork => ({ ...MOST_INNER });
/** What reading ended at, to follow "stopped: ". */
const TOO_MANY_INNER = 'more inner values than one message may have';

/** An inner value, or undefined; `false` when there is no work left. Pays for what it reads. */
export async function paidInnerValue(
  content: string,
  options: InnerOptions,
  work: InnerWork,
): Promise<DecodedBody | undefined | false> {
  if (--work.values < 0) return false;
  const plain = decodePlain(content, options.limits);
  if (!plain && --work.packed < 0) return false;
  const body = plain ?? (await decodeBody(content, options));
  if (!isValue(body)) return undefined;
  work.characters -= body.stages.at(-1)?.text?.length ?? 0;
  return work.characters < 0 ? false : body;
}

/** The texts of the inner values of a body, those inside them included. `stopped`: as of `DecodedBody`. */
export async function innerTexts(text: string, options: InnerOptions): Promise<{ texts: string[]; stopped?: string }> {
  const texts: string[] = [];
  const work = innerWork();
  const stopped = await collect(text, options, work, texts, 1);
  return stopped ? { texts, stopped: TOO_MANY_INNER } : { texts };
}

/** True when there was no work left. */
async function collect(
  text: string,
  options: InnerOptions,
  work: InnerWork,
  texts: string[],
  level: number,
): Promise<boolean> {
  for (const { start, end } of innerCandidates(text)) {
    const content = contentOf(text, start, end);
    if (content === undefined) continue;
    // One after the other, since they pay from one purse.
    const body = await paidInnerValue(content, options, work);
    if (body === false) return true;
    const inner = body?.stages.at(-1)?.text;
    if (inner === undefined) continue;
    texts.push(inner);
    if (level >= MOST_LEVELS || !/^\s*[{[]/.test(inner.slice(0, 64))) continue;
    if (await collect(inner, options, work, texts, level + 1)) return true;
  }
  return false;
}
